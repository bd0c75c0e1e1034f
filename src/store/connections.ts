// Statements on connections. Status and reason are only written together: a connected one has nothing to explain.
import {sql} from 'kysely';
import type {CompanyTx} from '../db/transaction.ts';
import type {Reason} from '../model/event.ts';
import type {JsonObject} from '../std/json.ts';
import {afterAllIds, oneMore, type PageOf, type PageRequest, pageFrom} from './page.ts';

export type ConnectionStatus = 'pending' | 'connected' | 'inactive';

export type ConnectionRow = {
  readonly id: string;
  readonly name: string;
  readonly connector: string;
  readonly settings: JsonObject;
  readonly status: ConnectionStatus;
  /** Why it is pending or inactive. */
  readonly reason: Reason | null;
  readonly checkedAt: Date | null;
  readonly createdAt: Date;
};

export type NewConnection = Pick<ConnectionRow, 'id' | 'name' | 'connector' | 'settings' | 'status' | 'reason'>;

const columns = sql`id, name, connector, settings, status, checked_at as "checkedAt", created_at as "createdAt",
  case when reason_code is not null then json_build_object('code', reason_code, 'params', reason_params) end as reason`;

/** A connected one counts as checked now. A taken name violates `connections_name`. */
export async function insertConnection(tx: CompanyTx, connection: NewConnection): Promise<ConnectionRow> {
  const {id, name, connector, settings, status, reason} = connection;
  const {rows} = await sql<ConnectionRow>`
    insert into connections (company_id, id, name, connector, settings, status, reason_code, reason_params, checked_at)
    values (${tx.companyId}, ${id}, ${name}, ${connector}, ${JSON.stringify(settings)}::json, ${status},
      ${reason?.code ?? null}, ${paramsOf(reason)}::json, case when ${status} = 'connected' then now() end)
    returning ${columns}`.execute(tx);
  return only(rows);
}

export async function findConnection(tx: CompanyTx, connectionId: string): Promise<ConnectionRow | undefined> {
  const {rows} = await sql<ConnectionRow>`
    select ${columns} from connections where company_id = ${tx.companyId} and id = ${connectionId}`.execute(tx);
  return rows[0];
}

/** The same, held until the transaction ends: nobody changes its status meanwhile. It must be there. */
export async function lockConnection(tx: CompanyTx, connectionId: string): Promise<ConnectionRow> {
  const {rows} = await sql<ConnectionRow>`
    select ${columns} from connections where company_id = ${tx.companyId} and id = ${connectionId} for share`.execute(
    tx,
  );
  return only(rows);
}

/** The newest first. */
export async function listConnections(tx: CompanyTx, page: PageRequest): Promise<PageOf<ConnectionRow>> {
  const {rows} = await sql<ConnectionRow>`
    select ${columns} from connections
    where company_id = ${tx.companyId} and id < ${page.cursor ?? afterAllIds}
    order by id desc limit ${oneMore(page)}`.execute(tx);
  return pageFrom(rows, page);
}

/** Undefined when there is none. A taken name violates `connections_name`. */
export async function updateConnection(
  tx: CompanyTx,
  connection: Pick<ConnectionRow, 'id' | 'name' | 'settings'>,
): Promise<ConnectionRow | undefined> {
  const {rows} = await sql<ConnectionRow>`
    update connections set name = ${connection.name}, settings = ${JSON.stringify(connection.settings)}::json
    where company_id = ${tx.companyId} and id = ${connection.id}
    returning ${columns}`.execute(tx);
  return rows[0];
}

export type StatusChange = {readonly before: ConnectionStatus; readonly connection: ConnectionRow};

/** After a check that passed. Undefined when the connection is gone. */
export async function markConnected(tx: CompanyTx, connectionId: string): Promise<StatusChange | undefined> {
  const {rows} = await sql<ConnectionRow & {before: ConnectionStatus}>`
    with old as (select id as old_id, status as before from connections
      where company_id = ${tx.companyId} and id = ${connectionId} for update)
    update connections set status = 'connected', reason_code = null, reason_params = null, checked_at = now()
    from old where company_id = ${tx.companyId} and id = old.old_id
    returning old.before, ${columns}`.execute(tx);
  return asChange(rows[0]);
}

/** After a check that failed, or when its deliveries are stopped: a pending one stays pending, others become inactive. */
export async function markUnfit(
  tx: CompanyTx,
  connectionId: string,
  reason: Reason,
): Promise<StatusChange | undefined> {
  const {rows} = await sql<ConnectionRow & {before: ConnectionStatus}>`
    with old as (select id as old_id, status as before from connections
      where company_id = ${tx.companyId} and id = ${connectionId} for update)
    update connections set status = case status when 'pending' then 'pending' else 'inactive' end,
      reason_code = ${reason.code}, reason_params = ${paramsOf(reason)}::json, checked_at = now()
    from old where company_id = ${tx.companyId} and id = old.old_id
    returning old.before, ${columns}`.execute(tx);
  return asChange(rows[0]);
}

/** False when there is none. One that a sync uses violates a foreign key. What was learned of its system goes with it. */
export async function deleteConnection(tx: CompanyTx, connectionId: string): Promise<boolean> {
  for (const known of ['identifiers', 'links']) {
    await sql`
      delete from ${sql.table(known)} where company_id = ${tx.companyId} and connection_id = ${connectionId}`.execute(
      tx,
    );
  }
  const {rows} = await sql`
    delete from connections where company_id = ${tx.companyId} and id = ${connectionId} returning id`.execute(tx);
  return rows.length > 0;
}

/** Names of the syncs that read from it or write to it. Indexes: syncs_source, syncs_destination. */
export async function syncsUsing(tx: CompanyTx, connectionId: string): Promise<readonly string[]> {
  const {rows} = await sql<{name: string}>`
    select name from syncs where company_id = ${tx.companyId}
      and (source_connection_id = ${connectionId} or destination_connection_id = ${connectionId})
    order by name limit 20`.execute(tx);
  return rows.map(({name}) => name);
}

function asChange(row: (ConnectionRow & {before: ConnectionStatus}) | undefined): StatusChange | undefined {
  if (!row) return undefined;
  const {before, ...connection} = row;
  return {before, connection};
}

function paramsOf(reason: Reason | null): string | null {
  return reason && JSON.stringify(reason.params);
}

function only<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (!row) throw new Error('a row that must be there is not');
  return row;
}
