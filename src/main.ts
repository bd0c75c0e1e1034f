// The command line: `npm run muster -- <command>`. Exit codes: 0 well, 1 finished with failures, 2 wrong usage, 78 the
// settings are not right.
import {Command, CommanderError, Option} from 'commander';
import {createKey} from './command/api-key.ts';
import {listConnectors} from './command/connectors.ts';
import {doctor} from './command/doctor.ts';
import {version} from './command/package.ts';
import {type RunOptions, run} from './command/run.ts';
import {serve} from './command/serve.ts';
import {say} from './command/terminal.ts';
import {type Config, configExitCode, describeProblems, loadConfig} from './config.ts';
import {demo} from './demo.ts';
import {asMusterError} from './errors.ts';
import {createLog, type Log} from './log.ts';
import {roles} from './model/role.ts';
import {startHub} from './start.ts';

const failed = 1;
const usage = 2;

const program = new Command('muster')
  .description('Carries people from the systems that recruit and manage them to the systems that pay them.')
  .version(version)
  .exitOverride()
  .showHelpAfterError();

program
  .command('serve')
  .description('API, web app and worker')
  .action(() => configured((config, log) => serve(config, log, {api: true, worker: true})));
program
  .command('api')
  .description('API and web app only')
  .action(() => configured((config, log) => serve(config, log, {api: true, worker: false})));
program
  .command('worker')
  .description('worker only')
  .action(() => configured((config, log) => serve(config, log, {api: false, worker: true})));
program
  .command('migrate')
  .description('bring the database up to date and end')
  .action(() => configured(async (config, log) => (await startHub(config, log))[Symbol.asyncDispose]()));
program
  .command('demo')
  .description('a sample company of 1,000 people and an emulated Hectre')
  .option('--once', 'end after the run; 0 when each sample record ended as it should')
  .action(async (options: {once?: boolean}) => {
    process.exitCode = await demo(createLog('warn'), options.once === true);
  });
program
  .command('run')
  .description('preview a sync, or run it with --save')
  .argument('<sync>', 'name or id')
  .option('--save', 'write to the destination')
  .option('--only <ids>', 'only these records, ids separated by commas')
  .option('--watch', 'follow the run to its end')
  .option('--json', 'one JSON document on stdout')
  .option('--company <name>', 'where several companies have a sync of that name')
  .action((sync: string, options: RunOptions) => configured((config, log) => run(config, log, sync, options)));
program
  .command('connectors')
  .description('list what Muster can talk to')
  .option('--json', 'one JSON document on stdout')
  .action((options: {json?: boolean}) => listConnectors(options.json === true));
program
  .command('doctor')
  .description('say whether this installation can work')
  .option('--json', 'one JSON document on stdout')
  .action((options: {json?: boolean}) => configured((config, log) => doctor(config, log, options.json === true)));
const apiKey = program.command('api-key').description('keys for scripts and other systems');
apiKey
  .command('create')
  .description('make a key; it is the last word printed')
  .requiredOption('--company <name>', 'made if it is new')
  .addOption(new Option('--role <role>', 'what the key may do').choices(roles).makeOptionMandatory())
  .action(({company, role}: {company: string; role: (typeof roles)[number]}) =>
    configured((config, log) => createKey(config, log, company, role)),
  );

/** Runs a command with the settings of the environment; a number it answers is the exit code. */
async function configured(command: (config: Config, log: Log) => Promise<unknown>): Promise<void> {
  const loaded = await loadConfig();
  if (!loaded.ok) {
    say(describeProblems(loaded.problems));
    process.exitCode = configExitCode;
    return;
  }
  const code = await command(loaded.config, createLog('warn'));
  process.exitCode = typeof code === 'number' ? code : 0;
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : usage;
  else {
    const {code, message, hint} = asMusterError(error);
    say(`${message}${hint ? `\n  ${hint}` : ''}`);
    if (code === 'bug.unexpected') createLog('error').error('command.failed', {error});
    process.exitCode = code.startsWith('database.') || code.startsWith('config.') ? configExitCode : failed;
  }
}
