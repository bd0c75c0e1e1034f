// What `npm test` runs: every test file, three processes at a time. What takes longest begins first, so that nothing long is
// left alone at the end.
import {run} from 'node:test';
import {spec} from 'node:test/reporters';
import {api, filesOf, mapping, small} from './suites/together.ts';

const everything = ['src/**/*.test.ts', 'connectors/**/*.test.ts', 'test/**/*.test.ts', 'test/e2e/*.e2e.ts'];
const longest = [
  'test/e2e/pages.e2e.ts',
  'test/e2e/first-day.e2e.ts',
  'test/crash/kill.test.ts',
  'src/sync/outage.test.ts',
  'test/suites/api.ts',
  'test/suites/mapping.ts',
  'src/db/embedded.test.ts',
];

const together = new Set(filesOf([...api, ...mapping, ...small]));
const alone = filesOf(everything).filter(file => !together.has(file));
const files = [...new Set([...longest, ...alone, 'test/suites/small.ts'])];
const stream = run({files, concurrency: 3});
stream.on('test:fail', () => {
  process.exitCode = 1;
});
stream.compose(spec).pipe(process.stdout);
