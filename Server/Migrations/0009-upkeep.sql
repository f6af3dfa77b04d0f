-- SPDX-License-Identifier: GPL-3.0-or-later
-- Values are sealed anew by the key of their row, which is text. The place that an attempt was sealed for is the same as
-- before: the SHA-256 of its state, in hexadecimal.
alter table provider_attempts alter column state_hash type text using encode(state_hash, 'hex');
alter table provider_attempts rename column state_hash to id;

-- Guests whom nobody can be any more are forgotten by their age.
create index guests_by_age on guests (created_at) where account is null;
