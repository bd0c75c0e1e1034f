// A process that starts the embedded server and can be killed: node embedded-child.ts <data directory> <words…>
// Prints `started` or `adopted`; with `write` then commits rows 1, 2, 3… and prints each number once it is committed.
// With `stop` it stops the server and ends; otherwise it stays.
import {sql} from 'kysely';
import {connectDatabase} from '../../src/db/connect.ts';
import {startEmbedded} from '../../src/db/embedded.ts';
import {asOwner} from '../../src/db/transaction.ts';

const [dataDir = '', ...words] = process.argv.slice(2);
const server = await startEmbedded({dataDir, ephemeral: words.includes('ephemeral')});
console.log(server.adopted ? 'adopted' : 'started');
if (words.includes('stop')) {
  await server.stop();
} else if (words.includes('write')) {
  const db = await connectDatabase(server);
  await asOwner(db, tx => sql`create table if not exists written (n int)`.execute(tx));
  for (let n = 1; ; n += 1) {
    await asOwner(db, tx => sql`insert into written values (${n})`.execute(tx));
    console.log(n);
  }
} else {
  process.stdin.resume();
}
