-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the search index has to look at again. Triggers write it in the transaction of the change, so no way of changing a
-- product can forget it. A place in the feed is the oldest transaction that was open: see events.

create table search_changes (
  epoch text not null,
  transaction bigint not null default pg_current_xact_id()::text::bigint,
  number bigint generated always as identity,
  -- One of the two.
  product text,
  shop text,
  at timestamptz not null default now(),
  primary key (epoch, transaction, number)
);

-- Changes of transactions up to here are forgotten: an index that is further behind is built anew.
create table search_cuts (
  epoch text primary key,
  transaction bigint not null
);

create function note_products_for_search() returns trigger language plpgsql as $$
declare
  here text := settle_event_epoch();
begin
  insert into search_changes (epoch, product) select here, id from changed;
  if found then perform pg_notify('search', ''); end if;
  return null;
end $$;

create trigger products_search_added after insert on products
  referencing new table as changed for each statement execute function note_products_for_search();
create trigger products_search_changed after update on products
  referencing new table as changed for each statement execute function note_products_for_search();
create trigger products_search_removed after delete on products
  referencing old table as changed for each statement execute function note_products_for_search();

-- All that a shop sells says the shop's name and country.
create function note_shops_for_search() returns trigger language plpgsql as $$
declare
  here text := settle_event_epoch();
begin
  insert into search_changes (epoch, shop) select here, id from changed;
  if found then perform pg_notify('search', ''); end if;
  return null;
end $$;

create trigger shops_search_changed after update on shops
  referencing new table as changed for each statement execute function note_shops_for_search();
