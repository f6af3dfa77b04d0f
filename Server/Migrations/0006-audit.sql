-- SPDX-License-Identifier: GPL-3.0-or-later
-- What was done to what and by whom, chained by hashes: each entry's hash covers the one before, so that an entry cannot
-- be changed, left out or slipped in without breaking all after it.

create table audit_log (
  number bigint primary key,
  at_microseconds bigint not null,
  -- An account's id, `system`, or the name of a command.
  actor text not null,
  action text not null,
  subject text not null,
  -- A JSON object, as written: its bytes are hashed.
  detail text not null,
  previous bytea not null,
  hash bytea not null
);
create index audit_log_by_subject on audit_log (subject, number);
create index audit_log_by_actor on audit_log (actor, number);

-- What is hashed: every field with its length before it, so that no two entries spell the same.
create function audit_text(number bigint, at bigint, actor text, action text, subject text, detail text)
returns bytea language sql immutable as $$
  select convert_to(string_agg(octet_length(field) || ':' || field, ',' order by place), 'UTF8')
  from unnest(array[number::text, at::text, actor, action, subject, detail]) with ordinality fields(field, place)
$$;

-- Appends an entry. The lock is held until the transaction ends, so that entries are chained in the order they commit.
create function append_audit(actor text, action text, subject text, detail text) returns bigint language plpgsql as $$
declare
  last audit_log%rowtype;
  place bigint;
  moment bigint;
  before bytea;
begin
  perform pg_advisory_xact_lock(7235419682);
  select * into last from audit_log order by number desc limit 1;
  place := coalesce(last.number, 0) + 1;
  before := coalesce(last.hash, sha256(convert_to('souk audit log', 'UTF8')));
  moment := (extract(epoch from clock_timestamp()) * 1000000)::bigint;
  insert into audit_log (number, at_microseconds, actor, action, subject, detail, previous, hash)
  values (place, moment, actor, action, subject, detail, before,
    sha256(before || audit_text(place, moment, actor, action, subject, detail)));
  return place;
end $$;

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only' using errcode = 'integrity_constraint_violation';
end $$;
create trigger audit_log_append_only before update or delete or truncate on audit_log
  for each statement execute function refuse_audit_change();
