// api-key create: a key for a script or another system. The key is the last word printed, and shown this once.
import {createApiKey} from '../auth/api-key.ts';
import {createCompany} from '../auth/company.ts';
import type {Config} from '../config.ts';
import {asOwner, inCompany} from '../db/transaction.ts';
import type {Log} from '../log.ts';
import type {Role} from '../model/role.ts';
import {startHub} from '../start.ts';
import {findCompanyByName} from '../store/companies.ts';
import {answer, say} from './terminal.ts';

/** Makes the company if it is new. */
export async function createKey(config: Config, log: Log, companyName: string, role: Role): Promise<void> {
  await using started = await startHub(config, log);
  const {db} = started.hub;
  const known = await asOwner(db, tx => findCompanyByName(tx, companyName));
  if (!known) say(`Made the company ${companyName}.`);
  const company = known ?? (await createCompany(db, companyName));
  const {key} = await inCompany(db, company.id, tx =>
    createApiKey(tx, 'command line', {name: `Made by command line (${role})`, role}),
  );
  answer(`${role} of ${company.name}, shown this once: ${key}`);
}
