-- SPDX-License-Identifier: GPL-3.0-or-later
-- People, shops, products and their pictures.

create table accounts (
  id text primary key constraint accounts_id_shape check (id ~ '^usr_[0-9a-z]{16}$'),
  name text not null,
  roles text[] not null,
  demo_person text constraint accounts_demo_person_unique unique,
  created_at timestamptz not null default now()
);

create table shops (
  id text primary key constraint shops_id_shape check (id ~ '^shp_[0-9a-z]{16}$'),
  slug text not null constraint shops_slug_unique unique,
  name text not null,
  tagline text not null,
  story text not null,
  city text not null,
  country text not null,
  currency text not null,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index shops_by_name on shops (name, id);

create table shop_members (
  shop text not null references shops,
  account text not null references accounts,
  role text not null constraint shop_members_role_known check (role in ('owner', 'staff')),
  primary key (shop, account)
);
create index shop_members_by_account on shop_members (account);

create table categories (
  path text primary key,
  name text not null
);

create table photos (
  id text primary key,
  width int not null,
  height int not null,
  created_at timestamptz not null default now()
);

create table products (
  id text primary key constraint products_id_shape check (id ~ '^prd_[0-9a-z]{16}$'),
  shop text not null references shops,
  sku text not null,
  title text not null,
  description text not null,
  price bigint not null constraint products_price_positive check (price > 0),
  stock int not null constraint products_stock_not_negative check (stock >= 0),
  category text not null constraint products_category_known references categories,
  tags text[] not null,
  materials text[] not null,
  status text not null constraint products_status_known check (status in ('draft', 'active', 'archived')),
  photo text references photos,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- The answers that lists and pages are made of, ready to be sent; written whenever the row is.
  card bytea not null,
  document bytea not null,
  -- Tags, materials and the maker's name, as words to be found.
  words text not null,
  search tsvector generated always as (
    setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', words), 'B')
    || setweight(to_tsvector('english', description), 'C')) stored,
  constraint products_sku_unique unique (shop, sku)
);
create index products_search on products using gin (search) where status = 'active';
create index products_newest on products (created_at desc, id) where status = 'active';
create index products_by_price on products (price, id) where status = 'active';
create index products_by_shop on products (shop, created_at desc, id);
create index products_by_category on products (category text_pattern_ops, created_at desc, id) where status = 'active';
