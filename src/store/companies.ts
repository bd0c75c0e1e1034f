// Statements on companies, the tenants.
import {sql} from 'kysely';
import type {CompanyTx, Tx} from '../db/transaction.ts';

export type CompanyRow = {readonly id: string; readonly name: string; readonly zone: string};

/** The company of this transaction itself. A taken name violates `companies_name`. */
export async function insertCompany(tx: CompanyTx, name: string): Promise<CompanyRow> {
  const company = {id: tx.companyId, name, zone: 'UTC'};
  await sql`insert into companies (id, name, zone) values (${company.id}, ${name}, ${company.zone})`.execute(tx);
  return company;
}

export async function findCompany(tx: CompanyTx): Promise<CompanyRow | undefined> {
  const {rows} = await sql<CompanyRow>`select id, name, zone from companies where id = ${tx.companyId}`.execute(tx);
  return rows[0];
}

/** As owner: looks through all companies. Index: companies_name. */
export async function findCompanyByName(tx: Tx, name: string): Promise<CompanyRow | undefined> {
  const {rows} = await sql<CompanyRow>`
    select id, name, zone from companies where lower(name) = lower(${name})`.execute(tx);
  return rows[0];
}

/** As owner: the company that was made first. */
export async function findFirstCompany(tx: Tx): Promise<CompanyRow | undefined> {
  const {rows} = await sql<CompanyRow>`select id, name, zone from companies order by id limit 1`.execute(tx);
  return rows[0];
}
