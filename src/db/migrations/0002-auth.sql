-- Who someone is: the tables of better-auth's core, as its own compileMigrations() writes them (a test holds them equal),
-- with our names. They cross companies, so muster_app has no right to any of them; only the owner's pool reads them.

create schema if not exists auth;

create table auth.users (
  id text collate "C" not null primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null,
  image text,
  created_at timestamptz default current_timestamp not null,
  updated_at timestamptz default current_timestamp not null
);

create table auth.sessions (
  id text not null primary key,
  expires_at timestamptz not null,
  token text not null unique,
  created_at timestamptz default current_timestamp not null,
  updated_at timestamptz not null,
  ip_address text,
  user_agent text,
  user_id text collate "C" not null references auth.users (id) on delete cascade
);
create index sessions_user_id_idx on auth.sessions (user_id);

create table auth.accounts (
  id text not null primary key,
  account_id text not null,
  provider_id text not null,
  user_id text collate "C" not null references auth.users (id) on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz default current_timestamp not null,
  updated_at timestamptz not null
);
create index accounts_user_id_idx on auth.accounts (user_id);

create table auth.verifications (
  id text not null primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz default current_timestamp not null,
  updated_at timestamptz default current_timestamp not null
);
create index verifications_identifier_idx on auth.verifications (identifier);

create table auth.rate_limits (
  id text not null primary key,
  key text not null unique,
  count integer not null,
  last_request bigint not null
);

-- Ours: the one-time links that make the first owner. Only hashes; all go when one is used.
create table auth.owner_links (
  token_hash bytea primary key check (length(token_hash) = 32),
  expires_at timestamptz not null
);

alter table members add foreign key (user_id) references auth.users (id) on delete cascade;

-- A company is made in its own transaction, together with what it has from the start.
grant insert on companies to muster_app;
