// Rewrites src/db/schema.sql and src/db/tables.ts from a freshly migrated database: node test/support/write-schema.ts
import {writeFile} from 'node:fs/promises';
import {migrate} from '../../src/db/migrate.ts';
import {readSchema} from '../../src/db/schema-catalog.ts';
import {schemaText} from '../../src/db/schema-dump.ts';
import {tableTypesText} from '../../src/db/table-types.ts';
import {asOwner} from '../../src/db/transaction.ts';
import {emptyTestDatabase} from './database.ts';

await using database = await emptyTestDatabase();
await migrate(database.db);
const schema = await asOwner(database.db, readSchema);
await writeFile(new URL('../../src/db/schema.sql', import.meta.url), schemaText(schema));
await writeFile(new URL('../../src/db/tables.ts', import.meta.url), tableTypesText(schema));
