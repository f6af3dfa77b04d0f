-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who people are and how they prove it. What is personal is sealed (AES-256-GCM, see Server/Secrets); what must be found
-- by equality has a blind index beside it.

-- Keys of sealed fields, wrapped by the master key, which is never in the database. The newest seals.
create table data_keys (
  id int primary key,
  wrapped bytea not null,
  created_at timestamptz not null default now()
);

-- Keys of access tokens. A key is published before it signs and verifies until the last token it signed has ended.
create table signing_keys (
  id text primary key,
  public_key bytea not null,
  sealed_seed bytea not null,
  signs_from timestamptz not null,
  retired_at timestamptz,
  created_at timestamptz not null default now()
);

create table contacts (
  account text not null references accounts,
  kind text not null constraint contacts_kind_known check (kind in ('email', 'phone')),
  sealed bytea not null,
  blind bytea not null,
  proven_at timestamptz not null default now(),
  primary key (account, kind),
  constraint contacts_one_account unique (kind, blind)
);

create table admin_scopes (
  account text not null references accounts,
  scope text not null constraint admin_scopes_known check (scope in ('moderation', 'finance', 'support', 'config')),
  granted_at timestamptz not null default now(),
  primary key (account, scope)
);

-- One-time codes: hashed with a key that is not in the database, for ten minutes and five tries.
create table sign_in_codes (
  id text primary key,
  kind text not null,
  blind bytea not null,
  sealed_contact bytea not null,
  hash bytea not null,
  tries int not null default 0,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default now()
);
create index sign_in_codes_by_age on sign_in_codes (expires_at);

-- Token buckets that all servers share: what is left, in thousandths, at a moment.
create table sign_in_limits (
  name bytea primary key,
  left_milli bigint not null,
  at timestamptz not null
);
create index sign_in_limits_by_age on sign_in_limits (at);

create table sessions (
  id text primary key constraint sessions_id_shape check (id ~ '^ses_[0-9a-z]{16}$'),
  account text not null references accounts,
  device text not null,
  proven_at timestamptz,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  ended_at timestamptz,
  end_reason text
);
create index sessions_by_account on sessions (account, last_used_at desc) where ended_at is null;
create index sessions_ended on sessions (ended_at) where ended_at is not null;
create index sessions_idle on sessions (last_used_at);

create function announce_ended_session() returns trigger language plpgsql as $$
begin
  perform pg_notify('ended_sessions', new.id);
  return null;
end $$;
create trigger sessions_announced after update of ended_at on sessions for each row
  when (old.ended_at is null and new.ended_at is not null) execute function announce_ended_session();

-- Spent ones are kept: one that comes again tells of a thief, and ends the session.
create table refresh_tokens (
  hash bytea primary key,
  session text not null references sessions on delete cascade,
  issued_at timestamptz not null default now(),
  spent_at timestamptz
);
create index refresh_tokens_by_session on refresh_tokens (session);

create table two_factor (
  account text primary key references accounts,
  sealed_secret bytea not null,
  confirmed_at timestamptz,
  -- The last time step whose code was taken: no code works twice.
  last_step bigint not null default 0,
  created_at timestamptz not null default now()
);

create table recovery_codes (
  account text not null references accounts,
  hash bytea not null,
  used_at timestamptz,
  primary key (account, hash)
);

-- Devices that ask to be signed in through a page (RFC 8628). Of both codes there are hashes only.
create table device_grants (
  device_hash bytea primary key,
  user_hash bytea not null constraint device_grants_user_code_unique unique,
  device text not null,
  expires_at timestamptz not null,
  -- How long the device is to wait between two questions: longer each time that it does not.
  interval_seconds int not null,
  last_asked_at timestamptz,
  decision text constraint device_grants_decision_known check (decision in ('agreed', 'denied')),
  account text references accounts,
  -- Carried into the session: a second factor that was proven on the page.
  proven_at timestamptz,
  redeemed_at timestamptz,
  constraint device_grants_decided_by_somebody check ((decision is null) = (account is null))
);
create index device_grants_by_age on device_grants (expires_at);

-- Somebody waits for a code: it does not queue behind pictures and imports.
alter table jobs add column is_urgent boolean not null default false;
drop index jobs_ready;
create index jobs_ready on jobs (is_urgent desc, run_at, id) where dead_at is null;
