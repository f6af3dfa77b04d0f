-- SPDX-License-Identifier: GPL-3.0-or-later
-- Profiles, address books, consents and guests. What is personal is sealed; a column that is, is called `sealed` or
-- `sealed_…` and stands in Server/Secrets/SealedColumns.swift.

-- A new key is known to every server before it seals anything.
alter table data_keys add column seals_from timestamptz not null default now();

-- Remembered answers hold what was answered: addresses, too.
delete from answered_requests;
alter table answered_requests rename column body to sealed_body;

-- Whoever has no row has said nothing; the name is the account's.
create table profiles (
  account text primary key references accounts,
  language text,
  currency text,
  -- JSON: the ways by which somebody wants to hear of each kind of thing.
  notifications text not null,
  version int not null,
  updated_at timestamptz not null default now()
);

create table addresses (
  id text primary key constraint addresses_id_shape check (id ~ '^adr_[0-9a-z]{16}$'),
  account text not null references accounts,
  -- In the clear: taxes and shipping choose by it.
  country text not null,
  -- The rest, as one document.
  sealed bytea not null,
  is_default_for_shipping boolean not null default false,
  is_default_for_billing boolean not null default false,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index addresses_by_account on addresses (account, created_at desc, id);
create unique index addresses_one_for_shipping on addresses (account) where is_default_for_shipping;
create unique index addresses_one_for_billing on addresses (account) where is_default_for_billing;

-- Every statement is kept; the newest of a kind holds.
create table consents (
  number bigint generated always as identity primary key,
  account text not null references accounts,
  kind text not null constraint consents_kind_known
    check (kind in ('terms', 'privacy', 'marketing_email', 'marketing_sms', 'personalisation')),
  is_given boolean not null,
  text_version text not null,
  -- Where it was said: the program's own words, and the session.
  place text not null,
  session text not null,
  at timestamptz not null default now()
);
create index consents_newest on consents (account, kind, number desc);

create function refuse_consent_change() returns trigger language plpgsql as $$
begin
  raise exception 'the record of consents is append-only' using errcode = 'integrity_constraint_violation';
end $$;
create trigger consents_append_only before update or delete or truncate on consents
  for each statement execute function refuse_consent_change();

create table guests (
  id text primary key constraint guests_id_shape check (id ~ '^gst_[0-9a-z]{16}$'),
  -- E-mail address and phone, as one document.
  sealed bytea not null,
  -- Of the e-mail address.
  blind bytea not null,
  -- Set once: whose the guest has become.
  account text references accounts,
  joined_at timestamptz,
  created_at timestamptz not null default now(),
  constraint guests_joined_whole check ((account is null) = (joined_at is null))
);
create index guests_to_join on guests (blind, id) where account is null;
create index guests_by_account on guests (account) where account is not null;
