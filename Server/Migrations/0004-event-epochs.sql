-- SPDX-License-Identifier: GPL-3.0-or-later
-- A place in the feed is a transaction id, and those belong to one PostgreSQL cluster and one history of it: restored
-- elsewhere, or to an earlier time, a database counts on from other numbers, and what its clients have seen may never
-- have happened. Each such life of the database is an epoch with a feed of its own.

create table event_epochs (
  number bigint generated always as identity primary key,
  -- Random, so that no two copies of a database share one.
  epoch text not null unique,
  -- The cluster, its timeline, which a recovery to a point in time and a failover change, and the database in it.
  place text not null,
  began_at timestamptz not null default now()
);

-- The epoch of this place; made when the database finds itself somewhere else than before. Not on a standby.
create function settle_event_epoch() returns text language plpgsql as $$
declare
  here text;
  latest event_epochs;
begin
  select concat_ws('/', c.system_identifier, left(pg_walfile_name(pg_current_wal_lsn()), 8), d.oid) into here
  from pg_control_system() c, pg_database d
  where d.datname = current_database();
  select * into latest from event_epochs order by number desc limit 1;
  if latest.place = here then
    return latest.epoch;
  end if;
  -- Of several who notice at the same time one makes it; the others wait and read it.
  perform pg_advisory_xact_lock(hashtextextended('event epoch', 7));
  select * into latest from event_epochs order by number desc limit 1;
  if latest.place = here then
    return latest.epoch;
  end if;
  insert into event_epochs (epoch, place)
  values (left(replace(gen_random_uuid()::text, '-', ''), 10), here)
  returning epoch into latest.epoch;
  return latest.epoch;
end $$;

alter table events add column epoch text not null default settle_event_epoch();
alter table events drop constraint events_pkey, add primary key (epoch, transaction, number);
drop index events_by_shop;
create index events_by_shop on events (shop, epoch, transaction, number);
