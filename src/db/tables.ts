// The rows of every table, written from the catalog: do not edit. A changed migration changes it:
// node test/support/write-schema.ts
import type {ColumnType} from 'kysely';

/** An instant. Read to the millisecond; compare instants in SQL. */
export type Instant = ColumnType<Date, Date | string, Date | string>;

/** Read parsed, written as JSON text: pg would turn a plain array into an SQL array. */
export type Json = ColumnType<unknown, string, string>;

/** May be left out of an insert: the column has a default. */
export type Defaulted<T> =
  T extends ColumnType<infer Select, infer Insert, infer Update>
    ? ColumnType<Select, Insert | undefined, Update>
    : ColumnType<T, T | undefined, T>;

export type ApiKeysRow = {
  company_id: string;
  id: string;
  name: string;
  key_hash: Buffer;
  role: 'owner' | 'admin' | 'operator' | 'reviewer' | 'viewer' | 'auditor';
  expires_at: Instant | null;
  revoked_at: Instant | null;
  last_used_at: Instant | null;
  created_at: Defaulted<Instant>;
};

export type AuditRow = {
  company_id: string;
  id: string;
  actor: string;
  action: string;
  subject: string;
  detail: Json;
  at: Defaulted<Instant>;
};

export type CallsRow = {
  company_id: string;
  id: string;
  connection_id: string;
  run_id: string | null;
  event_id: string | null;
  attempt: number;
  method: string;
  path: string;
  status: number | null;
  outcome: string;
  duration_ms: number;
  request: Json | null;
  response: Json | null;
  at: Instant;
};

export type ChangesRow = {
  company_id: string;
  sync_id: string;
  record_id: string;
  at: Defaulted<Instant>;
};

export type ClaimsRow = {
  company_id: string;
  connection_id: string;
  resource: string;
  hash: Buffer;
  event_id: string;
  claimed_at: Defaulted<Instant>;
};

export type CompaniesRow = {
  id: string;
  name: string;
  zone: Defaulted<string>;
  created_at: Defaulted<Instant>;
};

export type ConnectionsRow = {
  company_id: string;
  id: string;
  name: string;
  connector: string;
  settings: Json;
  status: 'pending' | 'connected' | 'inactive';
  reason_code: string | null;
  reason_params: Json | null;
  checked_at: Instant | null;
  created_at: Defaulted<Instant>;
};

export type DataKeysRow = {
  company_id: string;
  wrapped: Buffer;
  created_at: Defaulted<Instant>;
};

export type EventsRow = {
  company_id: string;
  id: string;
  run_id: string;
  sync_id: string;
  record_id: string;
  person_id: string | null;
  external_id: string;
  leg: string;
  parent_id: string | null;
  destination_id: string | null;
  operation: 'show' | 'create' | 'update' | 'link' | 'deactivate' | 'reactivate';
  phase: 'complete' | 'skipped' | 'error';
  status: number | null;
  reason_code: string | null;
  reason_params: Json | null;
  values: Json;
  before: Json | null;
  issues: Json;
  attempt: number;
  record_hash: Buffer;
  at: Defaulted<Instant>;
  duration_ms: number | null;
};

export type FileChunksRow = {
  company_id: string;
  file_id: string;
  seq: number;
  bytes: Buffer;
};

export type FilesRow = {
  company_id: string;
  id: string;
  connection_id: string;
  run_id: string | null;
  direction: 'in' | 'out';
  resource: string;
  name: string;
  media_type: string;
  headers: Json | null;
  size_bytes: number;
  sha256: Buffer;
  status: 'received' | 'reading' | 'complete' | 'failed';
  reason_code: string | null;
  reason_params: Json | null;
  rows: Defaulted<number>;
  accepted: Defaulted<number>;
  issue_count: Defaulted<number>;
  issues: Json | null;
  created_by: string;
  created_at: Defaulted<Instant>;
};

export type FollowUpsRow = {
  company_id: string;
  event_id: string;
  event_run_id: string;
  run_id: string;
  record_id: string;
  leg: string;
  kind: 'retry' | 'decision';
};

export type IdempotencyKeysRow = {
  company_id: string;
  key: string;
  request_hash: Buffer;
  status: number | null;
  response: Json | null;
  created_at: Defaulted<Instant>;
};

export type IdentifiersRow = {
  company_id: string;
  connection_id: string;
  resource: string;
  hash: Buffer;
  external_id: string;
  seen_at: Defaulted<Instant>;
};

export type IssuesRow = {
  company_id: string;
  run_id: string;
  code: string;
  event_id: string;
  level: 'error' | 'warning' | 'info';
  field: Defaulted<string>;
};

export type LinksRow = {
  company_id: string;
  id: string;
  connection_id: string;
  resource: string;
  destination_id: string;
  entity: string;
  record_id: string;
  person_id: string | null;
  confirmed: Json | null;
  inactive_at: Instant | null;
  created_by: string;
  created_at: Defaulted<Instant>;
};

export type LooksRow = {
  company_id: string;
  connection_id: string;
  resource: string;
  complete_at: Instant;
};

export type MembersRow = {
  company_id: string;
  id: string;
  user_id: string;
  name: string;
  role: 'owner' | 'admin' | 'operator' | 'reviewer' | 'viewer' | 'auditor';
  created_at: Defaulted<Instant>;
};

export type MigrationsRow = {
  name: string;
  sha256: string;
  applied_at: Defaulted<Instant>;
};

export type OpenEventsRow = {
  company_id: string;
  id: string;
  run_id: string;
  sync_id: string;
  record_id: string;
  person_id: string | null;
  external_id: string;
  leg: string;
  parent_id: string | null;
  destination_id: string | null;
  operation: 'show' | 'create' | 'update' | 'link' | 'deactivate' | 'reactivate';
  phase: 'queued' | 'in_progress' | 'held';
  status: number | null;
  reason_code: string | null;
  reason_params: Json | null;
  values: Json;
  before: Json | null;
  issues: Json;
  attempt: Defaulted<number>;
  record_hash: Buffer;
  at: Defaulted<Instant>;
  duration_ms: number | null;
  connection_id: string;
  resource: string;
  entity: string;
  key_hashes: Buffer[];
  draw: Defaulted<number>;
  due_at: Defaulted<Instant>;
  in_doubt_since: Instant | null;
  last_status: number | null;
  claimed_at: Instant | null;
};

export type OutcomesRow = {
  company_id: string;
  sync_id: string;
  leg: string;
  record_id: string;
  record_hash: Buffer;
  context: Buffer;
  settled: boolean;
  phase: string;
  status: number | null;
  reason_hash: Buffer;
  errors: number;
  warnings: number;
  infos: number;
  event_id: string;
};

export type PersonsRow = {
  company_id: string;
  id: string;
  created_at: Defaulted<Instant>;
};

export type PlanItemsRow = {
  company_id: string;
  id: string;
  run_id: string;
  sync_id: string;
  record_id: string;
  person_id: string | null;
  external_id: string;
  leg: string;
  parent_id: string | null;
  destination_id: string | null;
  operation: 'show' | 'create' | 'update' | 'link' | 'deactivate' | 'reactivate';
  phase: 'complete' | 'held' | 'skipped' | 'error';
  status: number | null;
  reason_code: string | null;
  reason_params: Json | null;
  values: Json;
  before: Json | null;
  issues: Json;
  attempt: number;
  record_hash: Buffer;
  at: Defaulted<Instant>;
  duration_ms: number | null;
};

export type PlanKeysRow = {
  company_id: string;
  run_id: string;
  hash: Buffer;
  record_id: string;
};

export type RecordPartsRow = {
  company_id: string;
  record_id: string;
  part: string;
  part_record_id: string;
};

export type RecordsRow = {
  company_id: string;
  id: string;
  connection_id: string;
  resource: string;
  external_id: string;
  person_id: string | null;
  name: string;
  data: Json;
  identifiers: Json | null;
  issues: Json | null;
  own_hash: Buffer;
  hash: Buffer;
  staged_at: Defaulted<Instant>;
  gone_at: Instant | null;
};

export type RunSeenRow = {
  company_id: string;
  reading: string;
  chunk: string;
  record_ids: string[];
  at: Defaulted<Instant>;
};

export type RunsRow = {
  company_id: string;
  id: string;
  sync_id: string;
  sync_version: number;
  save: boolean;
  inputs: Json;
  today: string;
  started_by: string;
  status: 'queued' | 'running' | 'waiting' | 'held' | 'complete' | 'failed' | 'cancelled';
  stage: 'read' | 'plan' | 'deliver' | 'done';
  reason_code: string | null;
  reason_params: Json | null;
  resume: Json | null;
  lease: string | null;
  lease_until: Instant | null;
  queued_at: Defaulted<Instant>;
  started_at: Instant | null;
  finished_at: Instant | null;
  cancel_requested_by: string | null;
  total: Defaulted<number>;
  created: Defaulted<number>;
  updated: Defaulted<number>;
  linked: Defaulted<number>;
  deactivated: Defaulted<number>;
  unchanged: Defaulted<number>;
  skipped: Defaulted<number>;
  held: Defaulted<number>;
  failures: Defaulted<number>;
  errors: Defaulted<number>;
  warnings: Defaulted<number>;
  infos: Defaulted<number>;
  repeated: Defaulted<number>;
  schedule_id: string | null;
  slot_at: Instant | null;
};

export type SchedulesRow = {
  company_id: string;
  id: string;
  sync_id: string;
  name: string;
  cron: string;
  zone: string;
  save: boolean;
  inputs: Json;
  enabled: boolean;
  next_at: Instant | null;
  last_skipped_at: Instant | null;
  skipped_code: string | null;
  skipped_params: Json | null;
  created_by: string;
  created_at: Defaulted<Instant>;
};

export type SecretsRow = {
  company_id: string;
  connection_id: string;
  name: string;
  sealed: Buffer;
  replaced_at: Defaulted<Instant>;
};

export type SyncVersionsRow = {
  company_id: string;
  sync_id: string;
  version: number;
  definition: Json;
  created_by: string;
  created_at: Defaulted<Instant>;
};

export type SyncsRow = {
  company_id: string;
  id: string;
  name: string;
  source_connection_id: string;
  destination_connection_id: string;
  version: number;
  created_at: Defaulted<Instant>;
};

export type AuthAccountsRow = {
  id: string;
  account_id: string;
  provider_id: string;
  user_id: string;
  access_token: string | null;
  refresh_token: string | null;
  id_token: string | null;
  access_token_expires_at: Instant | null;
  refresh_token_expires_at: Instant | null;
  scope: string | null;
  password: string | null;
  created_at: Defaulted<Instant>;
  updated_at: Instant;
};

export type AuthOwnerLinksRow = {
  token_hash: Buffer;
  expires_at: Instant;
};

export type AuthRateLimitsRow = {
  id: string;
  key: string;
  count: number;
  last_request: number;
};

export type AuthSessionsRow = {
  id: string;
  expires_at: Instant;
  token: string;
  created_at: Defaulted<Instant>;
  updated_at: Instant;
  ip_address: string | null;
  user_agent: string | null;
  user_id: string;
};

export type AuthUsersRow = {
  id: string;
  name: string;
  email: string;
  email_verified: boolean;
  image: string | null;
  created_at: Defaulted<Instant>;
  updated_at: Defaulted<Instant>;
};

export type AuthVerificationsRow = {
  id: string;
  identifier: string;
  value: string;
  expires_at: Instant;
  created_at: Defaulted<Instant>;
  updated_at: Defaulted<Instant>;
};

export type Tables = {
  api_keys: ApiKeysRow;
  audit: AuditRow;
  calls: CallsRow;
  changes: ChangesRow;
  claims: ClaimsRow;
  companies: CompaniesRow;
  connections: ConnectionsRow;
  data_keys: DataKeysRow;
  events: EventsRow;
  file_chunks: FileChunksRow;
  files: FilesRow;
  follow_ups: FollowUpsRow;
  idempotency_keys: IdempotencyKeysRow;
  identifiers: IdentifiersRow;
  issues: IssuesRow;
  links: LinksRow;
  looks: LooksRow;
  members: MembersRow;
  migrations: MigrationsRow;
  open_events: OpenEventsRow;
  outcomes: OutcomesRow;
  persons: PersonsRow;
  plan_items: PlanItemsRow;
  plan_keys: PlanKeysRow;
  record_parts: RecordPartsRow;
  records: RecordsRow;
  run_seen: RunSeenRow;
  runs: RunsRow;
  schedules: SchedulesRow;
  secrets: SecretsRow;
  sync_versions: SyncVersionsRow;
  syncs: SyncsRow;
  'auth.accounts': AuthAccountsRow;
  'auth.owner_links': AuthOwnerLinksRow;
  'auth.rate_limits': AuthRateLimitsRow;
  'auth.sessions': AuthSessionsRow;
  'auth.users': AuthUsersRow;
  'auth.verifications': AuthVerificationsRow;
};
