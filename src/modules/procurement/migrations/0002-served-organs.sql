-- What the authority buys for other organs (Art. 22) is on their way too: they count it as on order and see where it stands.
alter table procurement.purchase add column served_organ_ids uuid[] not null default '{}';
update procurement.purchase p set served_organ_ids =
  array(select distinct i.served_organ_id from procurement.item i where i.purchase_id = p.id);

drop policy of_the_app on procurement.purchase;
drop policy of_the_owner on procurement.purchase;
drop policy of_the_reader on procurement.purchase;
select kernel.guard_rows('procurement.purchase',
  $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())
    or served_organ_ids @> array[(select kernel.own_organ())]$$,
  $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$);
create index item_card_item on procurement.item_card (item_id);
