-- Search over registers of millions of cards (decision 42).
drop index assets.card_text_pairs;
-- Signs compared as they are: the index is built and asked in a fraction of the time that pinyin order takes.
alter table assets.card_text alter column pairs type text[] collate "C";
-- The level stands among the pairs, so that the index answers for one level alone; codes and numbers are also held in fours,
-- because pairs of digits are on every card.
update assets.card_text t set pairs = pairs || ('@' || jurisdiction_code) || array(
  select distinct substr(run, at, 4) from (select (regexp_matches(words, '[!-~]{4,}', 'g'))[1] as run) runs, generate_series(1, length(run) - 3) at);

-- The stretches of time in which a card came in, of four sizes from a minute to some days, as its id (UUIDv7) tells. Held by
-- the index, so that it can be asked from the newest on.
create function assets.stretches_of(id uuid) returns bigint[] language sql immutable strict parallel safe set search_path = '' as $$
  select array[(at >> 16) * 4, (at >> 20) * 4 + 1, (at >> 24) * 4 + 2, (at >> 28) * 4 + 3]
  from (select ('x' || substr(id::text, 1, 8) || substr(id::text, 10, 4))::bit(48)::bigint as at) t $$;
create index card_text_pairs on assets.card_text using gin (pairs, assets.stretches_of(card_id));

-- As before, and asked of growing stretches of time from the newest on: a word on a tenth of all cards is not looked up on all
-- of them for one page, whether cards came in day by day or a million in an hour. Never read row by row from the newest
-- (materialized): a rare word would be looked for in all of them.
create or replace function assets.cards_with(asked text[], terms text[], before uuid, most integer) returns setof uuid
language plpgsql stable security definer set search_path = '' set enable_seqscan = off as $$
declare
  level text := kernel.own_level();
  everything boolean := kernel.sees_all();
  held_by_all text[] := case when level is null then asked else asked || ('@' || level) end;
  below uuid := coalesce(before, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  wanted integer := most;
  next uuid;
  newest bigint;
  got integer;
  width integer;
begin
  for size in 0..3 loop
    foreach width in array array[1, 2, 4, 9] loop
      if level is null then
        select t.card_id into next from assets.card_text t where t.card_id < below and everything order by t.card_id desc limit 1;
      else
        select t.card_id into next from assets.card_text t where t.jurisdiction_code = level and t.card_id < below order by t.card_id desc limit 1;
      end if;
      if next is null then return; end if;
      newest := (assets.stretches_of(next))[size + 1];
      return query with held as materialized (select t.card_id, t.words, t.jurisdiction_code from assets.card_text t
          where t.pairs @> held_by_all and assets.stretches_of(t.card_id) && array(select newest - 4 * i from generate_series(0, width - 1) i))
        select h.card_id from held h where (h.jurisdiction_code = level or everything) and h.card_id < below
          and not exists (select from unnest(terms) term where position(term in h.words) = 0) order by h.card_id desc limit wanted;
      get diagnostics got = row_count;
      wanted := wanted - got;
      if wanted = 0 then return; end if;
      below := rpad(lpad(to_hex(greatest(0, newest / 4 - width + 1) << (16 + 4 * size)), 12, '0'), 32, '0')::uuid;
    end loop;
  end loop;
  return query with held as materialized (select t.card_id, t.words, t.jurisdiction_code from assets.card_text t where t.pairs @> held_by_all)
    select h.card_id from held h where (h.jurisdiction_code = level or everything) and h.card_id < below
      and not exists (select from unnest(terms) term where position(term in h.words) = 0) order by h.card_id desc limit wanted;
end $$;
