-- Registers of millions of cards (decision 42).

-- A month's depreciation changes every card. With room on the page for a second version of each, the change stays on the
-- page and touches no index; the versions of the month before are cleared on the way.
alter table assets.card set (fillfactor = 45, autovacuum_vacuum_scale_factor = 0.02);
-- What the last month that was closed charged: told by the very update that charges it.
alter table assets.card add column charged_fen bigint not null default 0;

-- What came over from another organ, which a month before that does not count.
create index card_taken_over on assets.card (organ_id, taken_over_on) where taken_over_on is not null;

-- Judged after the change, and only where it may matter: a trigger before it would lock each of millions of cards twice.
drop trigger keep_removed on assets.card;
create trigger keep_removed after update of removed_on, state, organ_id on assets.card for each row when (old.removed_on is not null)
  execute function assets.keep_removed();

-- Charges come in by month, so that is how they lie: a month is written at the end of each index, whatever lies before it.
alter table assets.depreciation drop constraint depreciation_pkey;
drop index assets.depreciation_organ;
alter table assets.depreciation add primary key (month, card_id);
create index depreciation_organ on assets.depreciation (month, organ_id, card_id);

-- The same without numeric arithmetic.
create or replace function assets.accumulated_through(base_fen bigint, base_months integer, base_in date, base_before_fen bigint, month date)
returns bigint language sql immutable parallel safe as $$
  select base_before_fen + case
    when base_months is null or month < base_in then 0
    when (date_part('year', month) - date_part('year', base_in)) * 12 + date_part('month', month) - date_part('month', base_in) + 1 >= base_months then base_fen
    else least(base_fen, ((date_part('year', month) - date_part('year', base_in)) * 12 + date_part('month', month) - date_part('month', base_in) + 1)::bigint
      * ((base_fen * 2 + base_months) / (base_months * 2)))
  end $$;

-- What each organ has of each class, in rows that are only added: the sum of the rows is the truth at every moment, and
-- nobody who registers a card waits for another. Closing a month adds an organ's rows together.
create table assets.class_sum (
  organ_id uuid not null,
  jurisdiction_code text not null,
  class_code text collate "C" not null,
  class_edition text not null,
  cards bigint not null,
  quantity bigint not null,
  -- Of the quantity.
  idle bigint not null,
  cost_fen bigint not null,
  accumulated_fen bigint not null
);
create index class_sum_organ on assets.class_sum (organ_id);
create index class_sum_level on assets.class_sum (jurisdiction_code);
select kernel.guard_rows('assets.class_sum', $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$);
insert into assets.class_sum
  select organ_id, jurisdiction_code, class_code, class_edition, count(*), sum(quantity), coalesce(sum(quantity) filter (where state = 'idle'), 0),
    sum(cost_fen), sum(accumulated_fen)
  from assets.card where removed_on is null group by 1, 2, 3, 4;

create function assets.add_to_sums() returns trigger language plpgsql set search_path = '' as $$
begin
  insert into assets.class_sum
    select organ_id, jurisdiction_code, class_code, class_edition, count(*), sum(quantity), coalesce(sum(quantity) filter (where state = 'idle'), 0),
      sum(cost_fen), sum(accumulated_fen)
    from came_in where removed_on is null group by 1, 2, 3, 4;
  return null;
end $$;
create trigger add_to_sums after insert on assets.card referencing new table as came_in for each statement
  execute function assets.add_to_sums();

create function assets.change_sums() returns trigger language plpgsql set search_path = '' as $$
begin
  insert into assets.class_sum
    select organ_id, jurisdiction_code, class_code, class_edition, sum(sign), sum(sign * quantity),
      coalesce(sum(sign * quantity) filter (where state = 'idle'), 0), sum(sign * cost_fen), sum(sign * accumulated_fen)
    from (select -1 as sign, old.* union all select 1, new.*) t
    where removed_on is null group by 1, 2, 3, 4;
  return null;
end $$;
-- A month's charge adds to the sums of whole organs by itself (store/depreciation.ts) and names none of these columns.
create trigger change_sums after update of organ_id, jurisdiction_code, class_code, class_edition, quantity, state, cost_fen, removed_on
  on assets.card for each row
  when ((old.organ_id, old.jurisdiction_code, old.class_code, old.class_edition, old.quantity, old.state, old.cost_fen, old.removed_on)
    is distinct from (new.organ_id, new.jurisdiction_code, new.class_code, new.class_edition, new.quantity, new.state, new.cost_fen, new.removed_on))
  execute function assets.change_sums();
