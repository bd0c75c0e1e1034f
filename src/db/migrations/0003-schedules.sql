-- Schedules: a named, repeating start of a sync. `next_at` is the slot that is due next; whoever takes it starts its run and
-- moves it on in one transaction. A run says which slot it is for, and a unique index that a slot runs once.

create table schedules (
  company_id text collate "C" not null,
  id text collate "C" not null,
  sync_id text collate "C" not null,
  name text not null check (length(name) between 1 and 120),
  cron text not null check (length(cron) between 9 and 200),
  zone text not null check (length(zone) between 1 and 60),
  save boolean not null,
  inputs json not null,
  enabled boolean not null,
  -- a paused one is not due
  next_at timestamptz,
  -- the last slot for which no run was started, and why
  last_skipped_at timestamptz,
  skipped_code text,
  skipped_params json,
  created_by text not null,
  created_at timestamptz not null default now(),
  primary key (company_id, id),
  foreign key (company_id, sync_id) references syncs (company_id, id) on delete cascade,
  check (enabled = (next_at is not null)),
  check ((last_skipped_at is null) = (skipped_code is null)),
  check ((skipped_code is null) = (skipped_params is null))
);
create index schedules_due on schedules (next_at) where enabled;
create index schedules_sync on schedules (company_id, sync_id);

alter table runs
  add column schedule_id text collate "C",
  add column slot_at timestamptz,
  add foreign key (company_id, schedule_id) references schedules (company_id, id) on delete set null (schedule_id),
  add check (schedule_id is null or slot_at is not null);
create unique index runs_slot on runs (company_id, schedule_id, slot_at) where schedule_id is not null;

alter table schedules enable row level security, force row level security;
create policy company on schedules using (company_id = (select current_setting('muster.company_id', true))
  or (select current_setting('muster.company_id', true) = '*' and current_user <> 'muster_app'));
grant select, insert, update, delete on schedules to muster_app;
