-- The core of Muster: companies and who may act in them, connections, syncs, runs, records, the ledger of events.
-- Every row belongs to one company, every table of rows is under forced row-level security, every state is a CHECK,
-- and what must be unique is a unique index. Ids sort by time and are compared byte by byte.

create extension if not exists pg_trgm;

-- ---------------------------------------------------------------------------------------------------------------
-- Companies and who may act in them

create table companies (
  id text collate "C" primary key,
  name text not null check (length(name) between 1 and 200),
  zone text not null default 'UTC',
  created_at timestamptz not null default now()
);
create unique index companies_name on companies (lower(name));

create table members (
  company_id text collate "C" not null references companies (id) on delete cascade,
  id text collate "C" not null,
  user_id text collate "C" not null,
  -- as history shows it; the tables of sign-in belong to no company, so the application's role cannot read them
  name text not null,
  role text not null check (role in ('owner', 'admin', 'operator', 'reviewer', 'viewer', 'auditor')),
  created_at timestamptz not null default now(),
  primary key (company_id, id),
  unique (company_id, user_id)
);
create index members_user on members (user_id);

-- Never deleted: an old key must stay nameable in the audit.
create table api_keys (
  company_id text collate "C" not null references companies (id) on delete cascade,
  id text collate "C" not null,
  name text not null,
  key_hash bytea not null check (length(key_hash) = 32),
  role text not null check (role in ('owner', 'admin', 'operator', 'reviewer', 'viewer', 'auditor')),
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (company_id, id)
);
create unique index api_keys_hash on api_keys (key_hash);

create table audit (
  company_id text collate "C" not null references companies (id) on delete cascade,
  id text collate "C" not null,
  actor text not null,
  action text not null,
  subject text not null,
  detail json not null,
  at timestamptz not null default now(),
  primary key (company_id, id)
);

-- A creating POST sent twice with one key answers the same twice.
create table idempotency_keys (
  company_id text collate "C" not null references companies (id) on delete cascade,
  key text not null check (length(key) between 1 and 200),
  request_hash bytea not null,
  status int,
  response json,
  created_at timestamptz not null default now(),
  primary key (company_id, key)
);

-- ---------------------------------------------------------------------------------------------------------------
-- Connections and their secrets

create table connections (
  company_id text collate "C" not null references companies (id) on delete cascade,
  id text collate "C" not null,
  name text not null check (length(name) between 1 and 120),
  connector text not null,
  settings json not null,
  status text not null check (status in ('pending', 'connected', 'inactive')),
  -- why it is pending or inactive; a connected one has nothing to explain
  reason_code text,
  reason_params json,
  checked_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (company_id, id),
  check (status <> 'connected' or (reason_code is null and checked_at is not null)),
  check ((reason_code is null) = (reason_params is null))
);
create unique index connections_name on connections (company_id, lower(name));

-- One data key per company, wrapped by the installation's key; secrets are bound to connection and name (vault.ts).
create table data_keys (
  company_id text collate "C" primary key references companies (id) on delete cascade,
  wrapped bytea not null,
  created_at timestamptz not null default now()
);

create table secrets (
  company_id text collate "C" not null,
  connection_id text collate "C" not null,
  name text not null,
  sealed bytea not null,
  replaced_at timestamptz not null default now(),
  primary key (company_id, connection_id, name),
  foreign key (company_id, connection_id) references connections (company_id, id) on delete cascade
);

-- ---------------------------------------------------------------------------------------------------------------
-- Syncs: the current version is named here, its content is in sync_versions for ever

create table syncs (
  company_id text collate "C" not null references companies (id) on delete cascade,
  id text collate "C" not null,
  name text not null check (length(name) between 1 and 120),
  source_connection_id text collate "C" not null,
  destination_connection_id text collate "C" not null,
  version int not null check (version >= 1),
  created_at timestamptz not null default now(),
  primary key (company_id, id),
  foreign key (company_id, source_connection_id) references connections (company_id, id) on delete restrict,
  foreign key (company_id, destination_connection_id) references connections (company_id, id) on delete restrict
);
create unique index syncs_name on syncs (company_id, lower(name));
create index syncs_source on syncs (company_id, source_connection_id);
create index syncs_destination on syncs (company_id, destination_connection_id);

create table sync_versions (
  company_id text collate "C" not null,
  sync_id text collate "C" not null,
  version int not null,
  definition json not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  primary key (company_id, sync_id, version),
  foreign key (company_id, sync_id) references syncs (company_id, id) on delete cascade
);

-- ---------------------------------------------------------------------------------------------------------------
-- People and records: the latest snapshot of what each system says

create table persons (
  company_id text collate "C" not null references companies (id) on delete cascade,
  id text collate "C" not null,
  created_at timestamptz not null default now(),
  primary key (company_id, id)
);

-- own_hash covers the record's own data; hash also covers the records that it refers to, so that whoever looks for
-- change looks at one column. data keeps references as {"$ref": "P-1"} where a part is a record of its own.
create table records (
  company_id text collate "C" not null references companies (id) on delete cascade,
  id text collate "C" not null,
  connection_id text collate "C" not null,
  resource text not null,
  external_id text collate "C" not null check (length(external_id) between 1 and 200),
  person_id text collate "C",
  name text not null,
  data json not null,
  identifiers json,
  issues json,
  own_hash bytea not null,
  hash bytea not null,
  staged_at timestamptz not null default now(),
  gone_at timestamptz,
  primary key (id, company_id),
  foreign key (company_id, connection_id) references connections (company_id, id) on delete cascade,
  foreign key (company_id, person_id) references persons (company_id, id)
);
create unique index records_external on records (external_id, connection_id, resource, company_id);
create index records_order on records (company_id, connection_id, resource, id);
create index records_person on records (person_id);
create index records_name on records using gin (lower(name) gin_trgm_ops);

-- Which record each part of a record is: the application's person, its job.
create table record_parts (
  company_id text collate "C" not null,
  record_id text collate "C" not null,
  part text not null,
  part_record_id text collate "C" not null,
  primary key (record_id, part, company_id),
  foreign key (company_id, record_id) references records (company_id, id) on delete cascade,
  foreign key (company_id, part_record_id) references records (company_id, id) on delete cascade
);
create index record_parts_part on record_parts (part_record_id);

-- What identifies a record in a system: keyed hashes of normalised key values, learned from reading it, looking it
-- up or writing it. The values themselves are not here.
create table identifiers (
  company_id text collate "C" not null,
  connection_id text collate "C" not null,
  resource text not null,
  hash bytea not null,
  external_id text collate "C" not null,
  seen_at timestamptz not null default now(),
  primary key (hash, external_id, connection_id, resource, company_id)
);

-- When the whole of a destination was last listed, so that a preview need not list it again at once.
create table looks (
  company_id text collate "C" not null,
  connection_id text collate "C" not null,
  resource text not null,
  complete_at timestamptz not null,
  primary key (company_id, connection_id, resource),
  foreign key (company_id, connection_id) references connections (company_id, id) on delete cascade
);

-- This source entity is that destination record. The entity is the record itself (its id), or where a leg has a key of
-- its own, the source connection and the key's value; then record_id is the first record that named it.
create table links (
  company_id text collate "C" not null,
  id text collate "C" not null,
  connection_id text collate "C" not null,
  resource text not null,
  destination_id text collate "C" not null,
  entity text collate "C" not null,
  record_id text collate "C" not null,
  person_id text collate "C",
  -- the values that the destination is known to have, as they were written: what a later run compares with
  confirmed json,
  -- deactivated there by a sync, since then
  inactive_at timestamptz,
  created_by text not null,
  created_at timestamptz not null default now(),
  primary key (id, company_id)
);
create unique index links_entity on links (entity, connection_id, resource, company_id);
create index links_record on links (record_id);
create index links_destination on links (destination_id, connection_id, resource);

-- ---------------------------------------------------------------------------------------------------------------
-- Runs

create table runs (
  company_id text collate "C" not null,
  id text collate "C" not null,
  sync_id text collate "C" not null,
  sync_version int not null,
  save boolean not null,
  inputs json not null,
  -- the calendar date on which this run's mappings look
  today date not null,
  started_by text not null,
  status text not null check (status in ('queued', 'running', 'waiting', 'held', 'complete', 'failed', 'cancelled')),
  stage text not null check (stage in ('read', 'plan', 'deliver', 'done')),
  reason_code text,
  reason_params json,
  -- where reading and planning go on: {read: the source's resume point, chunk: pages read, plan: last record planned}
  resume json,
  -- the worker that has the run now; a worker that finds another here stops
  lease text,
  lease_until timestamptz,
  queued_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  cancel_requested_by text,
  total int not null default 0,
  created int not null default 0,
  updated int not null default 0,
  linked int not null default 0,
  deactivated int not null default 0,
  unchanged int not null default 0,
  skipped int not null default 0,
  held int not null default 0,
  failures int not null default 0,
  errors int not null default 0,
  warnings int not null default 0,
  infos int not null default 0,
  -- how many of total have no event here, since what there is to say is what their event of an earlier run says
  repeated int not null default 0,
  primary key (company_id, id),
  foreign key (company_id, sync_id, sync_version) references sync_versions (company_id, sync_id, version) on delete cascade,
  check ((status in ('complete', 'failed', 'cancelled')) = (finished_at is not null)),
  check ((stage = 'done') = (finished_at is not null)),
  check (status <> 'queued' or started_at is null),
  check ((lease is null) = (lease_until is null)),
  check (status <> 'waiting' or reason_code is not null),
  check ((reason_code is null) = (reason_params is null))
);
-- One run of a sync at a time, previews aside.
create unique index runs_one_active on runs (company_id, sync_id) where save and status in ('running', 'waiting', 'held');
create index runs_sync on runs (company_id, sync_id, id);
create index runs_open on runs (company_id, status) where status in ('queued', 'running', 'waiting', 'held');

-- What one reading of a whole source saw, one row a chunk, replaceable when a chunk is read again. A reading is a run
-- or a pushed snapshot. Never unlogged: emptied by a crash it would make everybody look gone.
create table run_seen (
  company_id text collate "C" not null references companies (id) on delete cascade,
  reading text not null,
  chunk text not null,
  record_ids text[] not null,
  at timestamptz not null default now(),
  primary key (company_id, reading, chunk)
);

-- Records that changed, for the syncs that send on change: from the save until a plan has decided about them.
create table changes (
  company_id text collate "C" not null,
  sync_id text collate "C" not null,
  record_id text collate "C" not null,
  at timestamptz not null default clock_timestamp(),
  primary key (sync_id, record_id, company_id)
);

-- Sure keys taken by the records of one plan: the first record by id has it. Emptied when the plan is done.
create table plan_keys (
  company_id text collate "C" not null,
  run_id text collate "C" not null,
  hash bytea not null,
  record_id text collate "C" not null,
  primary key (hash, run_id, company_id)
);

-- ---------------------------------------------------------------------------------------------------------------
-- The ledger. Events that are not final live in open_events; the final ones are moved to events in one statement and
-- never change again. plan_items are the events of previews. The three share their first columns, in this order.
--
-- Tables that get a row for each record sent have no foreign keys (half of what a row costs; store/ deletes what must
-- go), and their indexes begin with what is looked for, not with the company: on tables that were filled a moment ago
-- the planner has no statistics yet, takes any index that begins with the company for a good one, and reads it whole.

create table open_events (
  company_id text collate "C" not null,
  id text collate "C" not null,
  run_id text collate "C" not null,
  sync_id text collate "C" not null,
  record_id text collate "C" not null,
  person_id text collate "C",
  external_id text not null,
  leg text not null,
  parent_id text collate "C",
  destination_id text,
  operation text not null check (operation in ('show', 'create', 'update', 'link', 'deactivate', 'reactivate')),
  phase text not null check (phase in ('queued', 'in_progress', 'held')),
  status int check (status is null),
  reason_code text,
  reason_params json,
  "values" json not null,
  -- what the fields of "values" had in the destination, where that is known
  before json,
  issues json not null,
  -- how often it was sent; what Muster's own end or the connection's cut short is not counted
  attempt int not null default 0 check (attempt >= 0),
  record_hash bytea not null,
  at timestamptz not null default now(),
  duration_ms int,
  -- from here on: only while open
  connection_id text collate "C" not null,
  resource text not null,
  entity text collate "C" not null,
  -- keyed hashes of its sure match keys
  key_hashes bytea[] not null,
  -- how often it was drawn or taken from a dead worker: an outcome counts only for the draw that it is the outcome of
  draw int not null default 0,
  -- not to be drawn before
  due_at timestamptz not null default now(),
  -- a call has left whose outcome is not known, since then
  in_doubt_since timestamptz,
  -- the destination's answer to the last attempt, where there was one
  last_status int,
  claimed_at timestamptz,
  primary key (id, company_id),
  check ((phase = 'in_progress') = (claimed_at is not null)),
  check (phase <> 'held' or reason_code is not null)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
create index open_events_run on open_events (run_id, phase, id);
create index open_events_record on open_events (record_id, id);

create table events (
  company_id text collate "C" not null,
  id text collate "C" not null,
  run_id text collate "C" not null,
  sync_id text collate "C" not null,
  record_id text collate "C" not null,
  person_id text collate "C",
  external_id text not null,
  leg text not null,
  parent_id text collate "C",
  destination_id text,
  operation text not null check (operation in ('show', 'create', 'update', 'link', 'deactivate', 'reactivate')),
  phase text not null check (phase in ('complete', 'skipped', 'error')),
  status int,
  reason_code text,
  reason_params json,
  "values" json not null,
  -- what the fields of "values" had in the destination, where that is known
  before json,
  issues json not null,
  attempt int not null check (attempt >= 0),
  record_hash bytea not null,
  at timestamptz not null default now(),
  duration_ms int,
  primary key (id, company_id),
  check (case phase when 'complete' then status in (100, 200, 201, 204) and status is not null
                    when 'error' then status between 400 and 599 and status is not null
                    else status is null end)
) partition by range (id);
create index events_run on events (run_id, id);
create index events_run_phase on events (run_id, phase, operation, id);
create index events_record on events (record_id, id);

create table plan_items (
  company_id text collate "C" not null,
  id text collate "C" not null,
  run_id text collate "C" not null,
  sync_id text collate "C" not null,
  record_id text collate "C" not null,
  person_id text collate "C",
  external_id text not null,
  leg text not null,
  parent_id text collate "C",
  destination_id text,
  operation text not null check (operation in ('show', 'create', 'update', 'link', 'deactivate', 'reactivate')),
  phase text not null check (phase in ('complete', 'held', 'skipped', 'error')),
  status int,
  reason_code text,
  reason_params json,
  "values" json not null,
  -- what the fields of "values" had in the destination, where that is known
  before json,
  issues json not null,
  attempt int not null check (attempt >= 0),
  record_hash bytea not null,
  at timestamptz not null default now(),
  duration_ms int,
  primary key (id, company_id),
  check (case phase when 'complete' then status in (100, 200, 204) and status is not null
                    when 'error' then status between 400 and 599 and status is not null
                    else status is null end)
) partition by range (id);
create index plan_items_run on plan_items (run_id, phase, operation, id);

-- For filters by problem: events keep their issues themselves, this finds them.
create table issues (
  company_id text collate "C" not null,
  run_id text collate "C" not null,
  code text not null,
  event_id text collate "C" not null,
  level text not null check (level in ('error', 'warning', 'info')),
  field text not null default '',
  primary key (run_id, code, event_id, field, company_id)
);

create table calls (
  company_id text collate "C" not null,
  id text collate "C" not null,
  connection_id text collate "C" not null,
  run_id text collate "C",
  event_id text collate "C",
  attempt int not null,
  method text not null,
  path text not null,
  status int,
  outcome text not null,
  duration_ms int not null,
  request json,
  response json,
  at timestamptz not null,
  primary key (company_id, id)
);
create index calls_event on calls (event_id) where event_id is not null;

-- One row for the source entity and one per sure match key of a record that is being written: whoever holds it writes,
-- whoever does not waits. Kept while the outcome is in doubt or the event is held.
create table claims (
  company_id text collate "C" not null,
  connection_id text collate "C" not null,
  resource text not null,
  hash bytea not null,
  event_id text collate "C" not null,
  claimed_at timestamptz not null default now(),
  primary key (hash, connection_id, resource, company_id)
);
create index claims_event on claims (event_id);

-- What became of each record in each leg of a sync the last time with save: what a later run compares with. A record
-- whose hash and context are these need not be looked at again, unless its outcome is one that another try may change.
create table outcomes (
  company_id text collate "C" not null,
  sync_id text collate "C" not null,
  leg text not null,
  record_id text collate "C" not null,
  record_hash bytea not null,
  context bytea not null,
  settled boolean not null,
  phase text not null,
  status int,
  reason_hash bytea not null,
  errors int not null,
  warnings int not null,
  infos int not null,
  event_id text collate "C" not null,
  primary key (sync_id, leg, record_id, company_id)
);

-- ---------------------------------------------------------------------------------------------------------------
-- Files received and written

create table files (
  company_id text collate "C" not null,
  id text collate "C" not null,
  connection_id text collate "C" not null,
  run_id text collate "C",
  direction text not null check (direction in ('in', 'out')),
  resource text not null,
  name text not null,
  media_type text not null,
  headers json,
  size_bytes bigint not null,
  sha256 bytea not null,
  status text not null check (status in ('received', 'reading', 'complete', 'failed')),
  reason_code text,
  reason_params json,
  rows int not null default 0,
  accepted int not null default 0,
  issue_count int not null default 0,
  issues json,
  created_by text not null,
  created_at timestamptz not null default now(),
  primary key (company_id, id),
  foreign key (company_id, connection_id) references connections (company_id, id) on delete cascade,
  check ((status = 'failed') = (reason_code is not null))
);
create index files_latest on files (company_id, connection_id, direction, resource, id);

create table file_chunks (
  company_id text collate "C" not null,
  file_id text collate "C" not null,
  seq int not null,
  bytes bytea not null,
  primary key (company_id, file_id, seq),
  foreign key (company_id, file_id) references files (company_id, id) on delete cascade
);

-- ---------------------------------------------------------------------------------------------------------------
-- Tenancy: forced on every table above. The application's role sees one company at a time; the owner, in the few
-- modules that need it (key look-up, watchdog, retention), sets '*'. The setting is read in a subquery, which is run once a
-- statement and not once a row.

do $$
declare name text;
begin
  foreach name in array array[
    'members', 'api_keys', 'audit', 'idempotency_keys', 'connections', 'data_keys', 'secrets', 'syncs', 'sync_versions',
    'persons', 'records', 'record_parts', 'identifiers', 'looks', 'links', 'runs', 'run_seen', 'changes', 'plan_keys', 'open_events', 'events',
    'plan_items', 'issues', 'calls', 'claims', 'outcomes', 'files', 'file_chunks'
  ] loop
    execute format('alter table %I enable row level security, force row level security', name);
    execute format($policy$create policy company on %I using (company_id = (select current_setting('muster.company_id', true))
      or (select current_setting('muster.company_id', true) = '*' and current_user <> 'muster_app'))$policy$, name);
    execute format('grant select, insert, update, delete on %I to muster_app', name);
  end loop;
end $$;

alter table companies enable row level security, force row level security;
create policy company on companies using (id = (select current_setting('muster.company_id', true))
  or (select current_setting('muster.company_id', true) = '*' and current_user <> 'muster_app'));
grant select, update on companies to muster_app;

-- Histories are only added to.
revoke update, delete on audit, events from muster_app;

-- Name search. Under a policy, trigram operators never use their index (they are not leakproof); this function runs as
-- the owner and says the company itself.
create function find_records(wanted text, most int) returns setof text
language sql stable security definer set search_path = public, pg_temp as $$
  select id from records
  where company_id = current_setting('muster.company_id', true)
    and lower(name) like '%' || replace(replace(replace(lower(wanted), '\', '\\'), '%', '\%'), '_', '\_') || '%'
  order by id desc limit most
$$;
revoke all on function find_records from public;
grant execute on function find_records to muster_app;
