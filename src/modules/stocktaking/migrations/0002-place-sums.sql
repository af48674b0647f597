-- How far each place of a count is, kept beside its things: what a list of counts, the progress and each batch of a phone say
-- is a sum over a few hundred places, not over 200,000 things.
create table stocktaking.place_sum (
  count_id uuid not null,
  organ_id uuid not null,
  place text collate "C" not null,
  items integer not null,
  cost_fen bigint not null,
  -- With a result that stands; what counters disagree on is not among them.
  counted integer not null,
  disputed integer not null,
  same integer not null,
  mismatch integer not null,
  missing integer not null,
  idle integer not null,
  damaged integer not null,
  duplicate integer not null,
  missing_fen bigint not null,
  primary key (count_id, place)
);
select kernel.guard_rows('stocktaking.place_sum', $$organ_id = (select kernel.own_organ()) or exists (select from stocktaking.count c where c.id = count_id)$$);

create view stocktaking.reckoned_place_sum with (security_invoker = true) as
  select count_id, organ_id, place, count(*)::int as items, sum(cost_fen)::bigint as cost_fen, count(result)::int as counted,
    (count(*) filter (where disputed))::int as disputed, (count(*) filter (where result = 'same'))::int as same,
    (count(*) filter (where result = 'mismatch'))::int as mismatch, (count(*) filter (where result = 'missing'))::int as missing,
    (count(*) filter (where result = 'idle'))::int as idle, (count(*) filter (where result = 'damaged'))::int as damaged,
    (count(*) filter (where result = 'duplicate'))::int as duplicate,
    coalesce(sum(cost_fen) filter (where result = 'missing'), 0)::bigint as missing_fen
  from stocktaking.item group by 1, 2, 3;

insert into stocktaking.place_sum select * from stocktaking.reckoned_place_sum;

-- Things are only added while the book is frozen, and afterwards only their results change. Places are written in their order,
-- after the things of the batch were locked in theirs: two batches never wait for each other both ways.
create function stocktaking.add_to_places() returns trigger language plpgsql set search_path = '' as $$
begin
  insert into stocktaking.place_sum as s
    select count_id, organ_id, place, count(*), sum(cost_fen), count(result), count(*) filter (where disputed), count(*) filter (where result = 'same'),
      count(*) filter (where result = 'mismatch'), count(*) filter (where result = 'missing'), count(*) filter (where result = 'idle'),
      count(*) filter (where result = 'damaged'), count(*) filter (where result = 'duplicate'),
      coalesce(sum(cost_fen) filter (where result = 'missing'), 0)
    from came_in group by 1, 2, 3 order by 1, 3
  on conflict (count_id, place) do update set items = s.items + excluded.items, cost_fen = s.cost_fen + excluded.cost_fen,
    counted = s.counted + excluded.counted, disputed = s.disputed + excluded.disputed, same = s.same + excluded.same,
    mismatch = s.mismatch + excluded.mismatch, missing = s.missing + excluded.missing, idle = s.idle + excluded.idle,
    damaged = s.damaged + excluded.damaged, duplicate = s.duplicate + excluded.duplicate, missing_fen = s.missing_fen + excluded.missing_fen;
  return null;
end $$;
create trigger add_to_places after insert on stocktaking.item referencing new table as came_in for each statement
  execute function stocktaking.add_to_places();

create function stocktaking.change_places() returns trigger language plpgsql set search_path = '' as $$
begin
  insert into stocktaking.place_sum as s
    select count_id, organ_id, place, 0, 0, coalesce(sum(sign) filter (where result is not null), 0), coalesce(sum(sign) filter (where disputed), 0),
      coalesce(sum(sign) filter (where result = 'same'), 0), coalesce(sum(sign) filter (where result = 'mismatch'), 0),
      coalesce(sum(sign) filter (where result = 'missing'), 0), coalesce(sum(sign) filter (where result = 'idle'), 0),
      coalesce(sum(sign) filter (where result = 'damaged'), 0), coalesce(sum(sign) filter (where result = 'duplicate'), 0),
      coalesce(sum(sign * cost_fen) filter (where result = 'missing'), 0)
    from (select 1 as sign, count_id, organ_id, place, result, disputed, cost_fen from now_so
      union all select -1, count_id, organ_id, place, result, disputed, cost_fen from was_so) t
    group by 1, 2, 3 order by 1, 3
  on conflict (count_id, place) do update set counted = s.counted + excluded.counted, disputed = s.disputed + excluded.disputed,
    same = s.same + excluded.same, mismatch = s.mismatch + excluded.mismatch, missing = s.missing + excluded.missing, idle = s.idle + excluded.idle,
    damaged = s.damaged + excluded.damaged, duplicate = s.duplicate + excluded.duplicate, missing_fen = s.missing_fen + excluded.missing_fen;
  return null;
end $$;
create trigger change_places after update on stocktaking.item referencing old table as was_so new table as now_so for each statement
  execute function stocktaking.change_places();

-- The result is booked part by part.
create index difference_part on stocktaking.difference (count_id, id);
