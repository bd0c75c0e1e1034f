// A new company, with the one connection that every company has from the start: its own directory of people.
import {type Db, inCompany} from '../db/transaction.ts';
import {newId} from '../std/ids.ts';
import {type CompanyRow, insertCompany} from '../store/companies.ts';
import {insertConnection} from '../store/connections.ts';

/** A taken name violates `companies_name`. */
export function createCompany(db: Db, name: string): Promise<CompanyRow> {
  return inCompany(db, newId('co'), async tx => {
    const company = await insertCompany(tx, name);
    await insertConnection(tx, {
      id: newId('con'),
      name: 'Directory',
      connector: 'directory',
      settings: {},
      status: 'connected',
      reason: null,
    });
    return company;
  });
}
