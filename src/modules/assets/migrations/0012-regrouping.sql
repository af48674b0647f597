-- Cards that are split or merged 拆分、合并 (Art. 12): old ones end, new ones begin, and the money on both sides is the same.

-- 已拆并: ended by other cards that go on in its place.
alter table assets.card drop constraint card_state_check;
alter table assets.card add constraint card_state_check check (state in ('in-use', 'idle', 'repair', 'lent', 'leased', 'in-warehouse',
  'disposal-pending', 'disposal-approved', 'missing', 'disposed', 'replaced'));
alter table assets.card drop constraint card_check2;
alter table assets.card add constraint card_gone check ((removed_on is null) = (state not in ('disposed', 'replaced')));

-- Neither disposed nor replaced things come back.
create or replace function assets.keep_removed() returns trigger language plpgsql set search_path = '' as $$
begin
  if old.removed_on is not null and (new.removed_on is null or new.state <> old.state or new.organ_id <> old.organ_id) then
    raise exception 'asset card % is disposed of', old.id using errcode = 'check_violation', constraint = 'card_stays_removed';
  end if;
  return new;
end $$;

-- What the parts of a card are charged a month adds up to what the whole was: it is shared out, not rounded anew. Null where the
-- charge follows from what is left and its months.
alter table assets.card add column base_monthly bigint check (base_monthly >= 0);
drop function assets.accumulated_through(bigint, integer, date, bigint, date);
create function assets.accumulated_through(base_fen bigint, base_months integer, base_in date, base_before_fen bigint, base_monthly bigint, month date)
returns bigint language sql immutable parallel safe as $$
  select base_before_fen + case
    when base_months is null or month < base_in then 0
    when (date_part('year', month) - date_part('year', base_in)) * 12 + date_part('month', month) - date_part('month', base_in) + 1 >= base_months then base_fen
    else least(base_fen, ((date_part('year', month) - date_part('year', base_in)) * 12 + date_part('month', month) - date_part('month', base_in) + 1)::bigint
      * coalesce(base_monthly, (base_fen * 2 + base_months) / (base_months * 2)))
  end $$;

alter table assets.event drop constraint event_kind_check;
alter table assets.event add constraint event_kind_check check (kind in ('registered', 'details', 'value', 'place', 'custody', 'state', 'organ',
  'removed', 'split', 'merged', 'formed'));
-- What the depreciation of a card that was formed goes on from.
alter table assets.event add column base jsonb;
alter table assets.event add constraint event_base check ((kind = 'formed') = (base is not null));

create table assets.regrouping (
  id uuid primary key,
  organ_id uuid not null,
  jurisdiction_code text not null,
  kind text not null check (kind in ('split', 'merge')),
  effective_on date not null,
  reason text not null,
  document text not null default '',
  recorded_at timestamptz not null,
  recorded_by text not null
);
-- Cards of both sides as they were on the day.
create table assets.regrouped_card (
  regrouping_id uuid not null references assets.regrouping (id),
  card_id uuid not null references assets.card (id),
  organ_id uuid not null,
  jurisdiction_code text not null,
  side text not null check (side in ('before', 'after')),
  number text not null,
  name text not null,
  unit text not null,
  quantity integer not null,
  cost_fen bigint not null,
  accumulated_fen bigint not null check (accumulated_fen between 0 and cost_fen),
  primary key (regrouping_id, card_id)
);
-- A card ends once and begins once.
create unique index regrouped_card_side on assets.regrouped_card (card_id, side);
revoke update, delete, truncate on assets.regrouping, assets.regrouped_card from yunbao_app;
select kernel.guard_rows(t, $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$)
  from unnest(array['assets.regrouping', 'assets.regrouped_card']::regclass[]) t;
