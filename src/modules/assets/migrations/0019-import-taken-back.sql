-- A takeover that was a mistake is taken back: its cards stay with their history as registrations that were withdrawn, count
-- nowhere any more, and their numbers are free again.
alter table assets.card drop constraint card_state_check;
alter table assets.card add constraint card_state_check check (state in ('in-use', 'idle', 'repair', 'lent', 'leased', 'in-warehouse',
  'disposal-pending', 'disposal-approved', 'missing', 'disposed', 'replaced', 'withdrawn'));
alter table assets.card drop constraint card_gone;
alter table assets.card add constraint card_gone check ((removed_on is null) = (state not in ('disposed', 'replaced', 'withdrawn')));
create index card_import on assets.card (import_id, id) where import_id is not null;

alter table assets.event drop constraint event_kind_check;
alter table assets.event add constraint event_kind_check check (kind in ('registered', 'details', 'value', 'place', 'custody', 'state', 'organ',
  'removed', 'split', 'merged', 'formed', 'withdrawn'));

alter table assets.import add column taken_back_for text not null default '';
alter table assets.import drop constraint import_state_check;
alter table assets.import add constraint import_state_check check (state in ('reading', 'read', 'unreadable', 'applying', 'applied', 'withdrawing',
  'withdrawn'));
