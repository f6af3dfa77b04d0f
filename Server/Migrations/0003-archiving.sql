-- SPDX-License-Identifier: GPL-3.0-or-later
-- Archiving is a move that can be taken back: a product remembers where it stood.

-- Null of what is not archived, and of what was archived before this was kept: that is restored as a draft.
alter table products add column archived_from text
  constraint products_archived_from_known check (archived_from in ('draft', 'active'));
alter table products add constraint products_archived_from_archived
  check (archived_from is null or status = 'archived');
