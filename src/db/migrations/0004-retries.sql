-- What a person made of an event: tried again, or decided. The event that came of it is the record's in that run; so each
-- of the two can name the other, and who asked for it and when is what the run says.

create table follow_ups (
  company_id text collate "C" not null,
  -- the event before, and its run
  event_id text collate "C" not null,
  event_run_id text collate "C" not null,
  -- the run in which it goes on, and as what
  run_id text collate "C" not null,
  record_id text collate "C" not null,
  leg text not null,
  kind text not null check (kind in ('retry', 'decision')),
  primary key (event_id, run_id, company_id),
  foreign key (company_id, run_id) references runs (company_id, id) on delete cascade
);
create index follow_ups_run on follow_ups (run_id, record_id);

alter table follow_ups enable row level security, force row level security;
create policy company on follow_ups using (company_id = (select current_setting('muster.company_id', true))
  or (select current_setting('muster.company_id', true) = '*' and current_user <> 'muster_app'));
grant select, insert, update, delete on follow_ups to muster_app;
