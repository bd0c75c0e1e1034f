// doctor: says whether this installation can work, and what to do where it cannot.
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {sql} from 'kysely';
import type {Config} from '../config.ts';
import {asOwner} from '../db/transaction.ts';
import {asMusterError} from '../errors.ts';
import type {Log} from '../log.ts';
import {startHub} from '../start.ts';
import {distDir, version} from './package.ts';
import {answer} from './terminal.ts';

type Line = {readonly ok: boolean; readonly what: string; readonly mend?: string};

/** Answers 0 when all is well, else 1. */
export async function doctor(config: Config, log: Log, json: boolean): Promise<number> {
  const lines: Line[] = [
    {ok: true, what: `Muster ${version} on Node ${process.versions.node}`},
    existsSync(join(distDir, 'index.html'))
      ? {ok: true, what: 'The web app is built.'}
      : {ok: false, what: 'The web app is not built.', mend: 'Run: node setup.js'},
    await examineDatabase(config, log),
  ];
  if (json) answer(JSON.stringify(lines, null, 2));
  else
    for (const {ok, what, mend} of lines) answer(`${ok ? 'ok   ' : 'mend '} ${what}${mend ? `\n      ${mend}` : ''}`);
  return lines.every(({ok}) => ok) ? 0 : 1;
}

async function examineDatabase(config: Config, log: Log): Promise<Line> {
  try {
    await using started = await startHub(config, log);
    const {rows} = await asOwner(started.hub.db, tx =>
      sql<{version: string; size: string; waiting: number}>`
        select current_setting('server_version') as version, pg_size_pretty(pg_database_size(current_database())) as size,
          (select count(*) from open_events) as waiting`.execute(tx),
    );
    const [facts] = rows;
    const where = config.databaseUrl === undefined ? 'built in' : 'DATABASE_URL';
    return {
      ok: true,
      what: `PostgreSQL ${facts?.version} (${where}), ${facts?.size}, ${facts?.waiting} events under way`,
    };
  } catch (error) {
    const {message, hint} = asMusterError(error);
    return {ok: false, what: message, mend: hint};
  }
}
