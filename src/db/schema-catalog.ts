// What the database's own catalog says: the facts behind schema.sql and tables.ts. Left out are partitions, which are
// made as time goes by, and what belongs to PostgreSQL itself or to an extension.
import {sql} from 'kysely';
import type {Tx} from './transaction.ts';

export type Column = {
  readonly name: string;
  /** As PostgreSQL writes it: `timestamp with time zone`, `text[]`. */
  readonly type: string;
  readonly collation: string | null;
  /** The expression after `default`, or after `generated always as`. */
  readonly defaultsTo: string | null;
  readonly generated: boolean;
  readonly required: boolean;
};

export type Table = {
  /** With its schema, `auth.users`, unless that is `public`. */
  readonly name: string;
  /** `RANGE (id)`, or null for a plain table. */
  readonly partitionedBy: string | null;
  readonly options: readonly string[];
  readonly rowSecurity: 'off' | 'enabled' | 'forced';
  readonly columns: readonly Column[];
  /** `name definition`, without those that only say `not null`. */
  readonly constraints: readonly string[];
  /** Whole statements, without those that belong to a constraint. */
  readonly indexes: readonly string[];
  readonly triggers: readonly string[];
  readonly policies: readonly string[];
  /** `select, insert to muster_app`. */
  readonly grants: readonly string[];
};

export type Schema = {
  readonly extensions: readonly string[];
  /** Besides `public`. */
  readonly schemas: readonly string[];
  readonly tables: readonly Table[];
  /** Whole statements. */
  readonly views: readonly string[];
  readonly functions: readonly string[];
};

/** Reads it all, every list in a fixed order, so that equal schemas give equal facts on every machine. */
export async function readSchema(tx: Tx): Promise<Schema> {
  const {rows: extensions} = await sql<{name: string}>`
    select extname as name from pg_extension where extname <> 'plpgsql' order by extname collate "C"`.execute(tx);
  const {rows: schemas} = await sql<{name: string}>`
    select nspname as name from pg_namespace where nspname in (${ownSchemas}) and nspname <> 'public'
    order by nspname collate "C"`.execute(tx);
  const {rows: tables} = await tablesQuery.execute(tx);
  const {rows: views} = await viewsQuery.execute(tx);
  const {rows: functions} = await functionsQuery.execute(tx);
  return {
    extensions: extensions.map(({name}) => name),
    schemas: schemas.map(({name}) => name),
    tables,
    views: views.map(({statement}) => statement),
    functions: functions.map(({statement}) => statement),
  };
}

type Statement = {readonly statement: string};

const ownSchemas = sql`select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'`;
const inOwnSchema = sql`nspname in (${ownSchemas})`;
const tableName = sql`case nspname when 'public' then '' else nspname || '.' end || relname`;

// The parts of a table, each as one JSON array in a fixed order.
const columns = sql`select json_agg(json_build_object(
    'name', attname, 'type', format_type(atttypid, atttypmod), 'collation', nullif(collname, 'default'),
    'defaultsTo', pg_get_expr(adbin, adrelid), 'generated', attgenerated <> '', 'required', attnotnull) order by attnum)
  from pg_attribute
  left join pg_attrdef on adrelid = attrelid and adnum = attnum
  left join pg_collation on pg_collation.oid = attcollation and attcollation <> (select typcollation from pg_type where oid = atttypid)
  where attrelid = c.oid and attnum > 0 and not attisdropped`;

const constraints = sql`select json_agg(conname || ' ' || pg_get_constraintdef(oid)
    order by position(contype in 'puxcf'), conname collate "C")
  from pg_constraint where conrelid = c.oid and contype in ('p', 'u', 'x', 'c', 'f')`;

const indexes = sql`select json_agg(pg_get_indexdef(indexrelid) order by indexrelid::regclass::text collate "C")
  from pg_index where indrelid = c.oid and not exists (
    select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))`;

const triggers = sql`select json_agg(pg_get_triggerdef(oid) order by tgname collate "C")
  from pg_trigger where tgrelid = c.oid and not tgisinternal`;

const policies = sql`select json_agg(format('create policy %I on ', polname) || ${tableName}
    || case polpermissive when true then '' else ' as restrictive' end
    || case polcmd when '*' then '' else ' for ' || (array['select', 'insert', 'update', 'delete'])[position(polcmd in 'rawd')] end
    || case when polroles = '{0}' then '' else ' to ' || (
         select string_agg(quote_ident(rolname), ', ' order by rolname collate "C") from pg_roles where oid = any(polroles)) end
    || coalesce(' using (' || pg_get_expr(polqual, polrelid) || ')', '')
    || coalesce(' with check (' || pg_get_expr(polwithcheck, polrelid) || ')', '') order by polname collate "C")
  from pg_policy where polrelid = c.oid`;

// The owner's own rights are a matter of course; what an ordinary role may do is part of the schema.
const grants = sql`select json_agg(lower(rights) || ' to ' || grantee order by grantee collate "C") from (
    select coalesce(rolname, 'public') as grantee, string_agg(privilege_type, ', ' order by privilege_type collate "C") as rights
    from aclexplode(c.relacl) acl left join pg_roles on pg_roles.oid = acl.grantee
    where acl.grantee <> c.relowner group by 1) granted`;

const tablesQuery = sql<Table>`
  select ${tableName} as name, case relkind when 'p' then pg_get_partkeydef(c.oid) end as "partitionedBy",
    coalesce(to_json(reloptions), '[]') as options,
    case when not relrowsecurity then 'off' when relforcerowsecurity then 'forced' else 'enabled' end as "rowSecurity",
    coalesce((${columns}), '[]') as columns, coalesce((${constraints}), '[]') as constraints,
    coalesce((${indexes}), '[]') as indexes, coalesce((${triggers}), '[]') as triggers,
    coalesce((${policies}), '[]') as policies, coalesce((${grants}), '[]') as grants
  from pg_class c join pg_namespace n on n.oid = relnamespace
  where ${inOwnSchema} and relkind in ('r', 'p') and not relispartition
    and not exists (select from pg_depend where objid = c.oid and classid = 'pg_class'::regclass and deptype = 'e')
  order by nspname <> 'public', nspname collate "C", relname collate "C"`;

const viewsQuery = sql<Statement>`
  select format('create view %s%s as%s%s', ${tableName}, ' with (' || array_to_string(reloptions, ', ') || ')', E'\n', pg_get_viewdef(c.oid)) as statement
  from pg_class c join pg_namespace n on n.oid = relnamespace
  where ${inOwnSchema} and relkind in ('v', 'm')
    and not exists (select from pg_depend where objid = c.oid and classid = 'pg_class'::regclass and deptype = 'e')
  order by nspname <> 'public', nspname collate "C", relname collate "C"`;

const functionsQuery = sql<Statement>`
  select pg_get_functiondef(p.oid) as statement from pg_proc p join pg_namespace n on n.oid = pronamespace
  where ${inOwnSchema} and prokind in ('f', 'p')
    and not exists (select from pg_depend where objid = p.oid and classid = 'pg_proc'::regclass and deptype = 'e')
  order by p.oid::regprocedure::text collate "C"`;
