// The role muster_app, under which everything but the named owner modules runs: no login, no rights but those the
// migrations grant, subject to row-level security. It belongs to the server, so several databases share it.
import type pg from 'pg';
import {MusterError} from '../errors.ts';
import {sqlstate} from './sqlstate.ts';

/**
 * Makes muster_app unless it exists and lets the current user become it.
 * @throws MusterError `database.role_unsafe` when the user may do neither, or muster_app could pass over row-level security
 */
export async function ensureAppRole(session: pg.ClientBase): Promise<void> {
  try {
    await session.query(createQuery);
    const {rows} = await session.query<{safe: boolean; granted: boolean}>(stateQuery);
    if (rows[0]?.safe !== true) throw new MusterError('database.role_unsafe');
    if (!rows[0].granted) await session.query('grant muster_app to current_user');
  } catch (error) {
    if (sqlstate(error) === '42501') throw new MusterError('database.role_unsafe', {cause: error});
    throw error;
  }
}

// Another database's migration may make it at the same moment; whichever of the two errors that gives, it then exists.
const createQuery = `do $$ begin
  if not exists (select from pg_roles where rolname = 'muster_app') then
    create role muster_app nologin nosuperuser nobypassrls nocreatedb nocreaterole;
  end if;
exception when duplicate_object or unique_violation then null;
end $$`;

// Since version 16 who creates a role may grant it but not yet become it: 'SET' tells, which older versions do not know.
const stateQuery = `select not rolsuper and not rolbypassrls as safe,
  pg_has_role(current_user, oid, case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end) as granted
  from pg_roles where rolname = 'muster_app'`;
