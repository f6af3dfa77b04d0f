-- SPDX-License-Identifier: GPL-3.0-or-later
-- API keys, and administrators by API.

-- Of a key there is a hash only: its secret has 256 random bits, so a plain SHA-256 cannot be searched.
create table api_keys (
  id text primary key constraint api_keys_id_shape check (id ~ '^key_[0-9a-z]{16}$'),
  account text not null references accounts,
  name text not null,
  -- How its text begins, for people who have several.
  beginning text not null,
  hash bytea not null constraint api_keys_hash_unique unique,
  scopes text[] not null constraint api_keys_scopes_known
    check (cardinality(scopes) > 0
      and scopes <@ array['catalogue:read', 'catalogue:write', 'shop:write', 'events:read']),
  -- The only shop that it is for.
  shop text references shops,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  -- Written at most once a minute.
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_keys_by_account on api_keys (account, created_at desc, id) where revoked_at is null;
create index api_keys_revoked on api_keys (revoked_at) where revoked_at is not null;

create function announce_revoked_key() returns trigger language plpgsql as $$
begin
  perform pg_notify('revoked_keys', new.id);
  return null;
end $$;
create trigger api_keys_announced after update of revoked_at on api_keys for each row
  when (old.revoked_at is null and new.revoked_at is not null) execute function announce_revoked_key();

-- Changed with every grant, so that nobody gives or takes what somebody else has just changed.
alter table accounts add column scopes_version int not null default 0;

-- The log is read from its end: what was done lately of one kind, and what was done at a time.
create index audit_log_by_action on audit_log (action, number);
create index audit_log_by_time on audit_log (at_microseconds);
