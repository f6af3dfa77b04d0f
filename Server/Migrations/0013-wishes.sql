-- SPDX-License-Identifier: GPL-3.0-or-later
-- Wishlists, and what people have looked at where they have agreed to that.

create table wishlists (
  id text primary key constraint wishlists_id_shape check (id ~ '^wsl_[0-9a-z]{16}$'),
  account text not null references accounts,
  name text not null,
  -- Whoever knows it sees the list: 160 random bits.
  share text constraint wishlists_share_unique unique,
  version int not null default 1,
  created_at timestamptz not null default now(),
  constraint wishlists_of_account unique (id, account)
);
create index wishlists_by_account on wishlists (account, created_at, id);

create table wishes (
  wishlist text not null,
  account text not null,
  product text not null references products on delete cascade,
  -- How it was then: its title, what it cost, and whether there was none left.
  title text not null,
  price bigint not null,
  currency text not null,
  was_sold_out boolean not null,
  note text,
  added_at timestamptz not null,
  primary key (wishlist, product),
  constraint wishes_list_of_account foreign key (wishlist, account) references wishlists (id, account) on delete cascade
);
create index wishes_newest on wishes (wishlist, added_at desc, product desc);
create index wishes_by_product on wishes (product);

create table product_views (
  account text not null references accounts,
  product text not null references products on delete cascade,
  seen_at timestamptz not null,
  primary key (account, product)
);
create index product_views_newest on product_views (account, seen_at desc, product desc);
create index product_views_by_product on product_views (product);
