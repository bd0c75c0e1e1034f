-- The schema after all migrations, written from the catalog: read it, do not run or edit it.
-- A changed migration changes it: node test/support/write-schema.ts

create extension pg_trgm;

create schema auth;

create table api_keys (
  company_id text collate "C" not null,
  id text collate "C" not null,
  name text not null,
  key_hash bytea not null,
  role text not null,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  last_used_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  constraint api_keys_pkey PRIMARY KEY (company_id, id),
  constraint api_keys_key_hash_check CHECK ((length(key_hash) = 32)),
  constraint api_keys_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'operator'::text, 'reviewer'::text, 'viewer'::text, 'auditor'::text]))),
  constraint api_keys_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX api_keys_hash ON api_keys USING btree (key_hash);
alter table api_keys enable row level security, force row level security;
create policy company on api_keys using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant delete, insert, select, update on api_keys to muster_app;

create table audit (
  company_id text collate "C" not null,
  id text collate "C" not null,
  actor text not null,
  action text not null,
  subject text not null,
  detail json not null,
  at timestamp with time zone default now() not null,
  constraint audit_pkey PRIMARY KEY (company_id, id),
  constraint audit_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(id) ON DELETE CASCADE
);
alter table audit enable row level security, force row level security;
create policy company on audit using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant insert, select on audit to muster_app;

create table calls (
  company_id text collate "C" not null,
  id text collate "C" not null,
  connection_id text collate "C" not null,
  run_id text collate "C",
  event_id text collate "C",
  attempt integer not null,
  method text not null,
  path text not null,
  status integer,
  outcome text not null,
  duration_ms integer not null,
  request json,
  response json,
  at timestamp with time zone not null,
  constraint calls_pkey PRIMARY KEY (company_id, id)
);
CREATE INDEX calls_event ON calls USING btree (event_id) WHERE (event_id IS NOT NULL);
alter table calls enable row level security, force row level security;
create policy company on calls using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant delete, insert, select, update on calls to muster_app;

create table changes (
  company_id text collate "C" not null,
  sync_id text collate "C" not null,
  record_id text collate "C" not null,
  at timestamp with time zone default clock_timestamp() not null,
  constraint changes_pkey PRIMARY KEY (sync_id, record_id, company_id)
);
alter table changes enable row level security, force row level security;
create policy company on changes using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant delete, insert, select, update on changes to muster_app;

create table claims (
  company_id text collate "C" not null,
  connection_id text collate "C" not null,
  resource text not null,
  hash bytea not null,
  event_id text collate "C" not null,
  claimed_at timestamp with time zone default now() not null,
  constraint claims_pkey PRIMARY KEY (hash, connection_id, resource, company_id)
);
CREATE INDEX claims_event ON claims USING btree (event_id);
alter table claims enable row level security, force row level security;
create policy company on claims using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant delete, insert, select, update on claims to muster_app;

create table companies (
  id text collate "C" not null,
  name text not null,
  zone text default 'UTC'::text not null,
  created_at timestamp with time zone default now() not null,
  constraint companies_pkey PRIMARY KEY (id),
  constraint companies_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
);
CREATE UNIQUE INDEX companies_name ON companies USING btree (lower(name));
alter table companies enable row level security, force row level security;
create policy company on companies using (((id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant insert, select, update on companies to muster_app;

create table connections (
  company_id text collate "C" not null,
  id text collate "C" not null,
  name text not null,
  connector text not null,
  settings json not null,
  status text not null,
  reason_code text,
  reason_params json,
  checked_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  constraint connections_pkey PRIMARY KEY (company_id, id),
  constraint connections_check CHECK (((status <> 'connected'::text) OR ((reason_code IS NULL) AND (checked_at IS NOT NULL)))),
  constraint connections_check1 CHECK (((reason_code IS NULL) = (reason_params IS NULL))),
  constraint connections_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120))),
  constraint connections_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'connected'::text, 'inactive'::text]))),
  constraint connections_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX connections_name ON connections USING btree (company_id, lower(name));
alter table connections enable row level security, force row level security;
create policy company on connections using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant delete, insert, select, update on connections to muster_app;

create table data_keys (
  company_id text collate "C" not null,
  wrapped bytea not null,
  created_at timestamp with time zone default now() not null,
  constraint data_keys_pkey PRIMARY KEY (company_id),
  constraint data_keys_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(id) ON DELETE CASCADE
);
alter table data_keys enable row level security, force row level security;
create policy company on data_keys using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant delete, insert, select, update on data_keys to muster_app;

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
  operation text not null,
  phase text not null,
  status integer,
  reason_code text,
  reason_params json,
  values json not null,
  before json,
  issues json not null,
  attempt integer not null,
  record_hash bytea not null,
  at timestamp with time zone default now() not null,
  duration_ms integer,
  constraint events_pkey PRIMARY KEY (id, company_id),
  constraint events_attempt_check CHECK ((attempt >= 0)),
  constraint events_check CHECK (
CASE phase
    WHEN 'complete'::text THEN ((status = ANY (ARRAY[100, 200, 201, 204])) AND (status IS NOT NULL))
    WHEN 'error'::text THEN (((status >= 400) AND (status <= 599)) AND (status IS NOT NULL))
    ELSE (status IS NULL)
END),
  constraint events_operation_check CHECK ((operation = ANY (ARRAY['show'::text, 'create'::text, 'update'::text, 'link'::text, 'deactivate'::text, 'reactivate'::text]))),
  constraint events_phase_check CHECK ((phase = ANY (ARRAY['complete'::text, 'skipped'::text, 'error'::text])))
) partition by RANGE (id);
CREATE INDEX events_record ON events USING btree (record_id, id);
CREATE INDEX events_run ON events USING btree (run_id, id);
CREATE INDEX events_run_phase ON events USING btree (run_id, phase, operation, id);
alter table events enable row level security, force row level security;
create policy company on events using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant insert, select on events to muster_app;

create table file_chunks (
  company_id text collate "C" not null,
  file_id text collate "C" not null,
  seq integer not null,
  bytes bytea not null,
  constraint file_chunks_pkey PRIMARY KEY (company_id, file_id, seq),
  constraint file_chunks_company_id_file_id_fkey FOREIGN KEY (company_id, file_id) REFERENCES files(company_id, id) ON DELETE CASCADE
);
alter table file_chunks enable row level security, force row level security;
create policy company on file_chunks using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant delete, insert, select, update on file_chunks to muster_app;

create table files (
  company_id text collate "C" not null,
  id text collate "C" not null,
  connection_id text collate "C" not null,
  run_id text collate "C",
  direction text not null,
  resource text not null,
  name text not null,
  media_type text not null,
  headers json,
  size_bytes bigint not null,
  sha256 bytea not null,
  status text not null,
  reason_code text,
  reason_params json,
  rows integer default 0 not null,
  accepted integer default 0 not null,
  issue_count integer default 0 not null,
  issues json,
  created_by text not null,
  created_at timestamp with time zone default now() not null,
  constraint files_pkey PRIMARY KEY (company_id, id),
  constraint files_check CHECK (((status = 'failed'::text) = (reason_code IS NOT NULL))),
  constraint files_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text]))),
  constraint files_status_check CHECK ((status = ANY (ARRAY['received'::text, 'reading'::text, 'complete'::text, 'failed'::text]))),
  constraint files_company_id_connection_id_fkey FOREIGN KEY (company_id, connection_id) REFERENCES connections(company_id, id) ON DELETE CASCADE
);
CREATE INDEX files_latest ON files USING btree (company_id, connection_id, direction, resource, id);
alter table files enable row level security, force row level security;
create policy company on files using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant delete, insert, select, update on files to muster_app;

create table follow_ups (
  company_id text collate "C" not null,
  event_id text collate "C" not null,
  event_run_id text collate "C" not null,
  run_id text collate "C" not null,
  record_id text collate "C" not null,
  leg text not null,
  kind text not null,
  constraint follow_ups_pkey PRIMARY KEY (event_id, run_id, company_id),
  constraint follow_ups_kind_check CHECK ((kind = ANY (ARRAY['retry'::text, 'decision'::text]))),
  constraint follow_ups_company_id_run_id_fkey FOREIGN KEY (company_id, run_id) REFERENCES runs(company_id, id) ON DELETE CASCADE
);
CREATE INDEX follow_ups_run ON follow_ups USING btree (run_id, record_id);
alter table follow_ups enable row level security, force row level security;
create policy company on follow_ups using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant delete, insert, select, update on follow_ups to muster_app;

create table idempotency_keys (
  company_id text collate "C" not null,
  key text not null,
  request_hash bytea not null,
  status integer,
  response json,
  created_at timestamp with time zone default now() not null,
  constraint idempotency_keys_pkey PRIMARY KEY (company_id, key),
  constraint idempotency_keys_key_check CHECK (((length(key) >= 1) AND (length(key) <= 200))),
  constraint idempotency_keys_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(id) ON DELETE CASCADE
);
alter table idempotency_keys enable row level security, force row level security;
create policy company on idempotency_keys using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant delete, insert, select, update on idempotency_keys to muster_app;

create table identifiers (
  company_id text collate "C" not null,
  connection_id text collate "C" not null,
  resource text not null,
  hash bytea not null,
  external_id text collate "C" not null,
  seen_at timestamp with time zone default now() not null,
  constraint identifiers_pkey PRIMARY KEY (hash, external_id, connection_id, resource, company_id)
);
alter table identifiers enable row level security, force row level security;
create policy company on identifiers using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant delete, insert, select, update on identifiers to muster_app;

create table issues (
  company_id text collate "C" not null,
  run_id text collate "C" not null,
  code text not null,
  event_id text collate "C" not null,
  level text not null,
  field text default ''::text not null,
  constraint issues_pkey PRIMARY KEY (run_id, code, event_id, field, company_id),
  constraint issues_level_check CHECK ((level = ANY (ARRAY['error'::text, 'warning'::text, 'info'::text])))
);
alter table issues enable row level security, force row level security;
create policy company on issues using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant delete, insert, select, update on issues to muster_app;

create table links (
  company_id text collate "C" not null,
  id text collate "C" not null,
  connection_id text collate "C" not null,
  resource text not null,
  destination_id text collate "C" not null,
  entity text collate "C" not null,
  record_id text collate "C" not null,
  person_id text collate "C",
  confirmed json,
  inactive_at timestamp with time zone,
  created_by text not null,
  created_at timestamp with time zone default now() not null,
  constraint links_pkey PRIMARY KEY (id, company_id)
);
CREATE INDEX links_destination ON links USING btree (destination_id, connection_id, resource);
CREATE UNIQUE INDEX links_entity ON links USING btree (entity, connection_id, resource, company_id);
CREATE INDEX links_record ON links USING btree (record_id);
alter table links enable row level security, force row level security;
create policy company on links using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant delete, insert, select, update on links to muster_app;

create table looks (
  company_id text collate "C" not null,
  connection_id text collate "C" not null,
  resource text not null,
  complete_at timestamp with time zone not null,
  constraint looks_pkey PRIMARY KEY (company_id, connection_id, resource),
  constraint looks_company_id_connection_id_fkey FOREIGN KEY (company_id, connection_id) REFERENCES connections(company_id, id) ON DELETE CASCADE
);
alter table looks enable row level security, force row level security;
create policy company on looks using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant delete, insert, select, update on looks to muster_app;

create table members (
  company_id text collate "C" not null,
  id text collate "C" not null,
  user_id text collate "C" not null,
  name text not null,
  role text not null,
  created_at timestamp with time zone default now() not null,
  constraint members_pkey PRIMARY KEY (company_id, id),
  constraint members_company_id_user_id_key UNIQUE (company_id, user_id),
  constraint members_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'operator'::text, 'reviewer'::text, 'viewer'::text, 'auditor'::text]))),
  constraint members_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(id) ON DELETE CASCADE,
  constraint members_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE
);
CREATE INDEX members_user ON members USING btree (user_id);
alter table members enable row level security, force row level security;
create policy company on members using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant delete, insert, select, update on members to muster_app;

create table migrations (
  name text collate "C" not null,
  sha256 text not null,
  applied_at timestamp with time zone default now() not null,
  constraint migrations_pkey PRIMARY KEY (name)
);

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
  operation text not null,
  phase text not null,
  status integer,
  reason_code text,
  reason_params json,
  values json not null,
  before json,
  issues json not null,
  attempt integer default 0 not null,
  record_hash bytea not null,
  at timestamp with time zone default now() not null,
  duration_ms integer,
  connection_id text collate "C" not null,
  resource text not null,
  entity text collate "C" not null,
  key_hashes bytea[] not null,
  draw integer default 0 not null,
  due_at timestamp with time zone default now() not null,
  in_doubt_since timestamp with time zone,
  last_status integer,
  claimed_at timestamp with time zone,
  constraint open_events_pkey PRIMARY KEY (id, company_id),
  constraint open_events_attempt_check CHECK ((attempt >= 0)),
  constraint open_events_check CHECK (((phase = 'in_progress'::text) = (claimed_at IS NOT NULL))),
  constraint open_events_check1 CHECK (((phase <> 'held'::text) OR (reason_code IS NOT NULL))),
  constraint open_events_operation_check CHECK ((operation = ANY (ARRAY['show'::text, 'create'::text, 'update'::text, 'link'::text, 'deactivate'::text, 'reactivate'::text]))),
  constraint open_events_phase_check CHECK ((phase = ANY (ARRAY['queued'::text, 'in_progress'::text, 'held'::text]))),
  constraint open_events_status_check CHECK ((status IS NULL))
) with (autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=5000, autovacuum_vacuum_cost_delay=0);
CREATE INDEX open_events_record ON open_events USING btree (record_id, id);
CREATE INDEX open_events_run ON open_events USING btree (run_id, phase, id);
alter table open_events enable row level security, force row level security;
create policy company on open_events using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant delete, insert, select, update on open_events to muster_app;

create table outcomes (
  company_id text collate "C" not null,
  sync_id text collate "C" not null,
  leg text not null,
  record_id text collate "C" not null,
  record_hash bytea not null,
  context bytea not null,
  settled boolean not null,
  phase text not null,
  status integer,
  reason_hash bytea not null,
  errors integer not null,
  warnings integer not null,
  infos integer not null,
  event_id text collate "C" not null,
  constraint outcomes_pkey PRIMARY KEY (sync_id, leg, record_id, company_id)
);
alter table outcomes enable row level security, force row level security;
create policy company on outcomes using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant delete, insert, select, update on outcomes to muster_app;

create table persons (
  company_id text collate "C" not null,
  id text collate "C" not null,
  created_at timestamp with time zone default now() not null,
  constraint persons_pkey PRIMARY KEY (company_id, id),
  constraint persons_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(id) ON DELETE CASCADE
);
alter table persons enable row level security, force row level security;
create policy company on persons using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant delete, insert, select, update on persons to muster_app;

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
  operation text not null,
  phase text not null,
  status integer,
  reason_code text,
  reason_params json,
  values json not null,
  before json,
  issues json not null,
  attempt integer not null,
  record_hash bytea not null,
  at timestamp with time zone default now() not null,
  duration_ms integer,
  constraint plan_items_pkey PRIMARY KEY (id, company_id),
  constraint plan_items_attempt_check CHECK ((attempt >= 0)),
  constraint plan_items_check CHECK (
CASE phase
    WHEN 'complete'::text THEN ((status = ANY (ARRAY[100, 200, 204])) AND (status IS NOT NULL))
    WHEN 'error'::text THEN (((status >= 400) AND (status <= 599)) AND (status IS NOT NULL))
    ELSE (status IS NULL)
END),
  constraint plan_items_operation_check CHECK ((operation = ANY (ARRAY['show'::text, 'create'::text, 'update'::text, 'link'::text, 'deactivate'::text, 'reactivate'::text]))),
  constraint plan_items_phase_check CHECK ((phase = ANY (ARRAY['complete'::text, 'held'::text, 'skipped'::text, 'error'::text])))
) partition by RANGE (id);
CREATE INDEX plan_items_run ON plan_items USING btree (run_id, phase, operation, id);
alter table plan_items enable row level security, force row level security;
create policy company on plan_items using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant delete, insert, select, update on plan_items to muster_app;

create table plan_keys (
  company_id text collate "C" not null,
  run_id text collate "C" not null,
  hash bytea not null,
  record_id text collate "C" not null,
  constraint plan_keys_pkey PRIMARY KEY (hash, run_id, company_id)
);
alter table plan_keys enable row level security, force row level security;
create policy company on plan_keys using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant delete, insert, select, update on plan_keys to muster_app;

create table record_parts (
  company_id text collate "C" not null,
  record_id text collate "C" not null,
  part text not null,
  part_record_id text collate "C" not null,
  constraint record_parts_pkey PRIMARY KEY (record_id, part, company_id),
  constraint record_parts_company_id_part_record_id_fkey FOREIGN KEY (company_id, part_record_id) REFERENCES records(company_id, id) ON DELETE CASCADE,
  constraint record_parts_company_id_record_id_fkey FOREIGN KEY (company_id, record_id) REFERENCES records(company_id, id) ON DELETE CASCADE
);
CREATE INDEX record_parts_part ON record_parts USING btree (part_record_id);
alter table record_parts enable row level security, force row level security;
create policy company on record_parts using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant delete, insert, select, update on record_parts to muster_app;

create table records (
  company_id text collate "C" not null,
  id text collate "C" not null,
  connection_id text collate "C" not null,
  resource text not null,
  external_id text collate "C" not null,
  person_id text collate "C",
  name text not null,
  data json not null,
  identifiers json,
  issues json,
  own_hash bytea not null,
  hash bytea not null,
  staged_at timestamp with time zone default now() not null,
  gone_at timestamp with time zone,
  constraint records_pkey PRIMARY KEY (id, company_id),
  constraint records_external_id_check CHECK (((length(external_id) >= 1) AND (length(external_id) <= 200))),
  constraint records_company_id_connection_id_fkey FOREIGN KEY (company_id, connection_id) REFERENCES connections(company_id, id) ON DELETE CASCADE,
  constraint records_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(id) ON DELETE CASCADE,
  constraint records_company_id_person_id_fkey FOREIGN KEY (company_id, person_id) REFERENCES persons(company_id, id)
);
CREATE UNIQUE INDEX records_external ON records USING btree (external_id, connection_id, resource, company_id);
CREATE INDEX records_name ON records USING gin (lower(name) gin_trgm_ops);
CREATE INDEX records_order ON records USING btree (company_id, connection_id, resource, id);
CREATE INDEX records_person ON records USING btree (person_id);
alter table records enable row level security, force row level security;
create policy company on records using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant delete, insert, select, update on records to muster_app;

create table run_seen (
  company_id text collate "C" not null,
  reading text not null,
  chunk text not null,
  record_ids text[] not null,
  at timestamp with time zone default now() not null,
  constraint run_seen_pkey PRIMARY KEY (company_id, reading, chunk),
  constraint run_seen_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(id) ON DELETE CASCADE
);
alter table run_seen enable row level security, force row level security;
create policy company on run_seen using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant delete, insert, select, update on run_seen to muster_app;

create table runs (
  company_id text collate "C" not null,
  id text collate "C" not null,
  sync_id text collate "C" not null,
  sync_version integer not null,
  save boolean not null,
  inputs json not null,
  today date not null,
  started_by text not null,
  status text not null,
  stage text not null,
  reason_code text,
  reason_params json,
  resume json,
  lease text,
  lease_until timestamp with time zone,
  queued_at timestamp with time zone default now() not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  cancel_requested_by text,
  total integer default 0 not null,
  created integer default 0 not null,
  updated integer default 0 not null,
  linked integer default 0 not null,
  deactivated integer default 0 not null,
  unchanged integer default 0 not null,
  skipped integer default 0 not null,
  held integer default 0 not null,
  failures integer default 0 not null,
  errors integer default 0 not null,
  warnings integer default 0 not null,
  infos integer default 0 not null,
  repeated integer default 0 not null,
  schedule_id text collate "C",
  slot_at timestamp with time zone,
  constraint runs_pkey PRIMARY KEY (company_id, id),
  constraint runs_check CHECK (((status = ANY (ARRAY['complete'::text, 'failed'::text, 'cancelled'::text])) = (finished_at IS NOT NULL))),
  constraint runs_check1 CHECK (((stage = 'done'::text) = (finished_at IS NOT NULL))),
  constraint runs_check2 CHECK (((status <> 'queued'::text) OR (started_at IS NULL))),
  constraint runs_check3 CHECK (((lease IS NULL) = (lease_until IS NULL))),
  constraint runs_check4 CHECK (((status <> 'waiting'::text) OR (reason_code IS NOT NULL))),
  constraint runs_check5 CHECK (((reason_code IS NULL) = (reason_params IS NULL))),
  constraint runs_check6 CHECK (((schedule_id IS NULL) OR (slot_at IS NOT NULL))),
  constraint runs_stage_check CHECK ((stage = ANY (ARRAY['read'::text, 'plan'::text, 'deliver'::text, 'done'::text]))),
  constraint runs_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'waiting'::text, 'held'::text, 'complete'::text, 'failed'::text, 'cancelled'::text]))),
  constraint runs_company_id_schedule_id_fkey FOREIGN KEY (company_id, schedule_id) REFERENCES schedules(company_id, id) ON DELETE SET NULL (schedule_id),
  constraint runs_company_id_sync_id_sync_version_fkey FOREIGN KEY (company_id, sync_id, sync_version) REFERENCES sync_versions(company_id, sync_id, version) ON DELETE CASCADE
);
CREATE UNIQUE INDEX runs_one_active ON runs USING btree (company_id, sync_id) WHERE (save AND (status = ANY (ARRAY['running'::text, 'waiting'::text, 'held'::text])));
CREATE INDEX runs_open ON runs USING btree (company_id, status) WHERE (status = ANY (ARRAY['queued'::text, 'running'::text, 'waiting'::text, 'held'::text]));
CREATE UNIQUE INDEX runs_slot ON runs USING btree (company_id, schedule_id, slot_at) WHERE (schedule_id IS NOT NULL);
CREATE INDEX runs_sync ON runs USING btree (company_id, sync_id, id);
alter table runs enable row level security, force row level security;
create policy company on runs using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant delete, insert, select, update on runs to muster_app;

create table schedules (
  company_id text collate "C" not null,
  id text collate "C" not null,
  sync_id text collate "C" not null,
  name text not null,
  cron text not null,
  zone text not null,
  save boolean not null,
  inputs json not null,
  enabled boolean not null,
  next_at timestamp with time zone,
  last_skipped_at timestamp with time zone,
  skipped_code text,
  skipped_params json,
  created_by text not null,
  created_at timestamp with time zone default now() not null,
  constraint schedules_pkey PRIMARY KEY (company_id, id),
  constraint schedules_check CHECK ((enabled = (next_at IS NOT NULL))),
  constraint schedules_check1 CHECK (((last_skipped_at IS NULL) = (skipped_code IS NULL))),
  constraint schedules_check2 CHECK (((skipped_code IS NULL) = (skipped_params IS NULL))),
  constraint schedules_cron_check CHECK (((length(cron) >= 9) AND (length(cron) <= 200))),
  constraint schedules_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120))),
  constraint schedules_zone_check CHECK (((length(zone) >= 1) AND (length(zone) <= 60))),
  constraint schedules_company_id_sync_id_fkey FOREIGN KEY (company_id, sync_id) REFERENCES syncs(company_id, id) ON DELETE CASCADE
);
CREATE INDEX schedules_due ON schedules USING btree (next_at) WHERE enabled;
CREATE INDEX schedules_sync ON schedules USING btree (company_id, sync_id);
alter table schedules enable row level security, force row level security;
create policy company on schedules using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant delete, insert, select, update on schedules to muster_app;

create table secrets (
  company_id text collate "C" not null,
  connection_id text collate "C" not null,
  name text not null,
  sealed bytea not null,
  replaced_at timestamp with time zone default now() not null,
  constraint secrets_pkey PRIMARY KEY (company_id, connection_id, name),
  constraint secrets_company_id_connection_id_fkey FOREIGN KEY (company_id, connection_id) REFERENCES connections(company_id, id) ON DELETE CASCADE
);
alter table secrets enable row level security, force row level security;
create policy company on secrets using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant delete, insert, select, update on secrets to muster_app;

create table sync_versions (
  company_id text collate "C" not null,
  sync_id text collate "C" not null,
  version integer not null,
  definition json not null,
  created_by text not null,
  created_at timestamp with time zone default now() not null,
  constraint sync_versions_pkey PRIMARY KEY (company_id, sync_id, version),
  constraint sync_versions_company_id_sync_id_fkey FOREIGN KEY (company_id, sync_id) REFERENCES syncs(company_id, id) ON DELETE CASCADE
);
alter table sync_versions enable row level security, force row level security;
create policy company on sync_versions using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant delete, insert, select, update on sync_versions to muster_app;

create table syncs (
  company_id text collate "C" not null,
  id text collate "C" not null,
  name text not null,
  source_connection_id text collate "C" not null,
  destination_connection_id text collate "C" not null,
  version integer not null,
  created_at timestamp with time zone default now() not null,
  constraint syncs_pkey PRIMARY KEY (company_id, id),
  constraint syncs_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120))),
  constraint syncs_version_check CHECK ((version >= 1)),
  constraint syncs_company_id_destination_connection_id_fkey FOREIGN KEY (company_id, destination_connection_id) REFERENCES connections(company_id, id) ON DELETE RESTRICT,
  constraint syncs_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(id) ON DELETE CASCADE,
  constraint syncs_company_id_source_connection_id_fkey FOREIGN KEY (company_id, source_connection_id) REFERENCES connections(company_id, id) ON DELETE RESTRICT
);
CREATE INDEX syncs_destination ON syncs USING btree (company_id, destination_connection_id);
CREATE UNIQUE INDEX syncs_name ON syncs USING btree (company_id, lower(name));
CREATE INDEX syncs_source ON syncs USING btree (company_id, source_connection_id);
alter table syncs enable row level security, force row level security;
create policy company on syncs using (((company_id = ( SELECT current_setting('muster.company_id'::text, true) AS current_setting)) OR ( SELECT ((current_setting('muster.company_id'::text, true) = '*'::text) AND (CURRENT_USER <> 'muster_app'::name)))));
grant delete, insert, select, update on syncs to muster_app;

create table auth.accounts (
  id text not null,
  account_id text not null,
  provider_id text not null,
  user_id text collate "C" not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp with time zone,
  refresh_token_expires_at timestamp with time zone,
  scope text,
  password text,
  created_at timestamp with time zone default CURRENT_TIMESTAMP not null,
  updated_at timestamp with time zone not null,
  constraint accounts_pkey PRIMARY KEY (id),
  constraint accounts_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE
);
CREATE INDEX accounts_user_id_idx ON auth.accounts USING btree (user_id);

create table auth.owner_links (
  token_hash bytea not null,
  expires_at timestamp with time zone not null,
  constraint owner_links_pkey PRIMARY KEY (token_hash),
  constraint owner_links_token_hash_check CHECK ((length(token_hash) = 32))
);

create table auth.rate_limits (
  id text not null,
  key text not null,
  count integer not null,
  last_request bigint not null,
  constraint rate_limits_pkey PRIMARY KEY (id),
  constraint rate_limits_key_key UNIQUE (key)
);

create table auth.sessions (
  id text not null,
  expires_at timestamp with time zone not null,
  token text not null,
  created_at timestamp with time zone default CURRENT_TIMESTAMP not null,
  updated_at timestamp with time zone not null,
  ip_address text,
  user_agent text,
  user_id text collate "C" not null,
  constraint sessions_pkey PRIMARY KEY (id),
  constraint sessions_token_key UNIQUE (token),
  constraint sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE
);
CREATE INDEX sessions_user_id_idx ON auth.sessions USING btree (user_id);

create table auth.users (
  id text collate "C" not null,
  name text not null,
  email text not null,
  email_verified boolean not null,
  image text,
  created_at timestamp with time zone default CURRENT_TIMESTAMP not null,
  updated_at timestamp with time zone default CURRENT_TIMESTAMP not null,
  constraint users_pkey PRIMARY KEY (id),
  constraint users_email_key UNIQUE (email)
);

create table auth.verifications (
  id text not null,
  identifier text not null,
  value text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone default CURRENT_TIMESTAMP not null,
  updated_at timestamp with time zone default CURRENT_TIMESTAMP not null,
  constraint verifications_pkey PRIMARY KEY (id)
);
CREATE INDEX verifications_identifier_idx ON auth.verifications USING btree (identifier);

CREATE OR REPLACE FUNCTION public.find_records(wanted text, most integer)
 RETURNS SETOF text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select id from records
  where company_id = current_setting('muster.company_id', true)
    and lower(name) like '%' || replace(replace(replace(lower(wanted), '\', '\\'), '%', '\%'), '_', '\_') || '%'
  order by id desc limit most
$function$;
