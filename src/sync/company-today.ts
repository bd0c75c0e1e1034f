// The calendar date that mappings look at: the company's, not the server's.
import type {CompanyTx} from '../db/transaction.ts';
import {findCompany} from '../store/companies.ts';

/** yyyy-MM-dd in the company's zone. */
export async function companyToday(tx: CompanyTx, now: Date): Promise<string> {
  const company = await findCompany(tx);
  return new Intl.DateTimeFormat('sv-SE', {timeZone: company?.zone ?? 'UTC'}).format(now); // Swedish dates are ISO 8601's
}
