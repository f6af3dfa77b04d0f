-- SPDX-License-Identifier: GPL-3.0-or-later
-- Where shops and products stand, what of it buyers see, and what waits for a moderator.

-- Shops that are open already were looked at by whoever opened the market.
alter table shops
  add column status text not null default 'approved'
    constraint shops_status_known
      check (status in ('draft', 'submitted', 'approved', 'rejected', 'suspended', 'dormant')),
  add column status_reason text,
  add column trust text not null default 'trusted'
    constraint shops_trust_known check (trust in ('new', 'trusted')),
  add constraint shops_reason_of_refused
    check ((status_reason is not null) = (status in ('rejected', 'suspended')));
alter table shops alter column status set default 'draft', alter column trust set default 'new';
drop index shops_by_name;
create index shops_by_name on shops (name, id) where status = 'approved';

alter table products drop constraint products_status_known, drop constraint products_archived_from_known;
alter table products
  add column status_reason text,
  -- A copy of the shop's, changed in the transaction that changes the shop's: what buyers see is found without a join.
  add column shop_status text not null default 'approved';
update products set status = 'out_of_stock' where status = 'active' and stock = 0;
-- The ready answers say it too.
update products
set document = convert_to(
  replace(convert_from(document, 'UTF8'), '"status":"active"', '"status":"out_of_stock"'), 'UTF8')
where status = 'out_of_stock';
update products set archived_from = 'out_of_stock' where archived_from = 'active' and stock = 0;
alter table products alter column shop_status drop default;
alter table products
  add constraint products_status_known
    check (status in ('draft', 'in_review', 'active', 'out_of_stock', 'archived', 'rejected')),
  add constraint products_archived_from_known
    check (archived_from in ('draft', 'in_review', 'active', 'out_of_stock', 'rejected')),
  add constraint products_sale_as_stocked
    check ((status <> 'active' or stock > 0) and (status <> 'out_of_stock' or stock = 0)),
  add constraint products_reason_of_refused
    check ((status_reason is not null) = ('rejected' in (status, coalesce(archived_from, '')))),
  -- The rules of Shared/Catalogue/ProductMoves.swift, said once more for the database; a test compares them.
  add column is_listed boolean not null generated always as (
    shop_status = 'approved' and status in ('active', 'out_of_stock')) stored,
  add column is_shown boolean not null generated always as (
    shop_status in ('approved', 'dormant')
    and (status in ('active', 'out_of_stock')
      or (status = 'archived' and coalesce(archived_from, 'active') in ('active', 'out_of_stock')))) stored;

drop index products_search, products_newest, products_by_price, products_by_category;
create index products_search on products using gin (search) where is_listed;
create index products_newest on products (created_at desc, id) where is_listed;
create index products_by_price on products (price, id) where is_listed;
create index products_by_category on products (category text_pattern_ops, created_at desc, id) where is_listed;

-- New words for a product that buyers see; null stays. One that was sent back is kept with the reason until its seller
-- says something new.
create table product_proposals (
  product text primary key references products on delete cascade,
  title text,
  description text,
  category text constraint product_proposals_category_known references categories,
  tags text[],
  materials text[],
  photo text references photos,
  status text not null default 'waiting' constraint product_proposals_status_known
    check (status in ('waiting', 'rejected')),
  reason text,
  version int not null default 1,
  created_at timestamptz not null default now(),
  constraint product_proposals_say_something
    check (num_nonnulls(title, description, category, tags, materials, photo) > 0),
  constraint product_proposals_reason_of_rejected check ((reason is not null) = (status = 'rejected'))
);

-- What waits for a moderator, and what was decided. An open item goes with a submitted shop, a product in review or a
-- waiting proposal: they come and go in one transaction.
create table moderation_items (
  id text primary key constraint moderation_items_id_shape check (id ~ '^mod_[0-9a-z]{16}$'),
  kind text not null constraint moderation_items_kind_known check (kind in ('shop', 'product', 'change')),
  -- The id of the shop or of the product.
  subject text not null,
  shop text not null references shops on delete cascade,
  -- Rises with every change of what is to be decided.
  version int not null default 1,
  opened_at timestamptz not null default now(),
  due_at timestamptz not null,
  claimed_by text references accounts,
  claimed_until timestamptz,
  closed_at timestamptz,
  outcome text constraint moderation_items_outcome_known check (outcome in ('approved', 'rejected', 'withdrawn')),
  decided_by text references accounts,
  reason text,
  constraint moderation_items_claimed_whole check ((claimed_by is null) = (claimed_until is null)),
  constraint moderation_items_closed_whole check ((closed_at is null) = (outcome is null))
);
create unique index moderation_items_one_open on moderation_items (kind, subject) where closed_at is null;
create index moderation_items_open on moderation_items (opened_at, id) where closed_at is null;
create index moderation_items_by_shop on moderation_items (shop);
