-- A card is in one procedure at a time: repair, disposal, intake of the warehouse, correction after a count, hand-over.
create table assets.engagement (
  card_id uuid primary key references assets.card (id),
  organ_id uuid not null,
  jurisdiction_code text not null,
  procedure text not null check (procedure in ('handover', 'repair', 'disposal', 'intake', 'count')),
  -- The record of the procedure, and where it is opened.
  record_id uuid not null,
  link text not null,
  engaged_on date not null
);
create index engagement_record on assets.engagement (record_id);
select kernel.guard_rows('assets.engagement', $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$);

insert into assets.engagement (card_id, organ_id, jurisdiction_code, procedure, record_id, link, engaged_on)
  select x.card_id, h.organ_id, h.jurisdiction_code, 'handover', h.id, '/assets/handovers/' || h.id, h.offered_on
  from assets.handover_card x join assets.handover h on h.id = x.handover_id where x.open;

-- 已批复: disposal is consented to and not yet carried out.
alter table assets.card drop constraint card_state_check;
alter table assets.card add constraint card_state_check check (state in ('in-use', 'idle', 'repair', 'lent', 'leased', 'in-warehouse',
  'disposal-pending', 'disposal-approved', 'missing', 'disposed'));
