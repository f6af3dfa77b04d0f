-- SPDX-License-Identifier: GPL-3.0-or-later
-- What every feature stands on: secrets, requests already answered, jobs and events.

create table server_secrets (
  name text primary key,
  value bytea not null,
  created_at timestamptz not null default now()
);

-- One row per Idempotency-Key that has been answered, written in the transaction of its effect.
create table answered_requests (
  principal text not null,
  key text not null,
  -- SHA-256 of method, path and body: the same key for another request is refused.
  fingerprint bytea not null,
  status int not null,
  headers text[] not null,
  body bytea not null,
  answered_at timestamptz not null default now(),
  primary key (principal, key)
);
create index answered_requests_by_age on answered_requests (answered_at);

create table jobs (
  id bigint generated always as identity primary key,
  kind text not null,
  payload text not null,
  run_at timestamptz not null default now(),
  attempts int not null default 0,
  last_error text,
  dead_at timestamptz,
  created_at timestamptz not null default now()
);
create index jobs_ready on jobs (run_at, id) where dead_at is null;
create index jobs_dead on jobs (dead_at) where dead_at is not null;

create function announce_job() returns trigger language plpgsql as $$
begin
  perform pg_notify('jobs', '');
  return null;
end $$;
create trigger jobs_announced after insert on jobs for each statement execute function announce_job();

-- Schedules ship enabled. A server that runs one holds it until leased_until.
create table schedules (
  name text primary key,
  every interval not null,
  next_at timestamptz not null default now(),
  leased_until timestamptz,
  last_started_at timestamptz,
  last_finished_at timestamptz,
  last_error text
);

-- Transactions still open when others are read may commit later: readers stop before the oldest of them.
create table events (
  transaction bigint not null default pg_current_xact_id()::text::bigint,
  number bigint generated always as identity,
  kind text not null,
  shop text not null,
  product text,
  at timestamptz not null default now(),
  primary key (transaction, number)
);
create index events_by_shop on events (shop, transaction, number);
create index events_by_age on events (at);

create function announce_event() returns trigger language plpgsql as $$
begin
  perform pg_notify('events', new.shop);
  return null;
end $$;
create trigger events_announced after insert on events for each row execute function announce_event();
