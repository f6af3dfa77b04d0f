-- SPDX-License-Identifier: GPL-3.0-or-later
-- Signing in with providers of identities (OpenID Connect).

-- Sign-ins that are under way, for ten minutes. What is to come back from the provider is hashed or sealed.
create table provider_attempts (
  state_hash bytea primary key,
  provider text not null,
  -- The browser that began it: nobody else can come back with it.
  visit_hash bytea not null,
  sealed bytea not null,
  expires_at timestamptz not null
);
create index provider_attempts_by_age on provider_attempts (expires_at);

-- Whose account it is that a provider speaks of.
create table provider_identities (
  issuer text not null,
  subject text not null,
  account text not null references accounts,
  linked_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  primary key (issuer, subject)
);
create index provider_identities_by_account on provider_identities (account);
