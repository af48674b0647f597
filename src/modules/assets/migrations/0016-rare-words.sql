-- A word that few cards have is asked of the whole index at once; going back in time by stretches is for words on many
-- (decision 56).

-- Whether none of some hundreds of cards drawn at random has words of all these patterns. Drawn by place in the table: the statistics
-- of the planner cannot tell, since they look for signs in another order than the one in which this column keeps them.
create function assets.seems_rare(patterns text[]) returns boolean language plpgsql volatile security definer set search_path = '' as $$
declare
  pages bigint := pg_relation_size('assets.card_text') / current_setting('block_size')::bigint;
begin
  return pages < 500 or not exists (
    select from assets.card_text t
    where t.ctid = any (array(select format('(%s,%s)', floor(random() * pages), 1 + floor(random() * 10))::tid from generate_series(1, 400)))
      and t.words like all (patterns));
end $$;
revoke execute on function assets.seems_rare from yunbao_app, yunbao_reader;

-- Cards of the level whose texts have all terms, newest first. A rare word is looked up on all cards that have it, whatever
-- their level: cheaper than the list of a level. Of another the newest texts first, from which a word that is everywhere
-- fills a page, and then growing stretches of time (decision 42).
create or replace function assets.cards_with(asked text[], terms text[], before uuid, most integer) returns setof uuid
language plpgsql stable security definer set search_path = '' set enable_seqscan = off as $$
declare
  level text := kernel.own_level();
  everything boolean := kernel.sees_all();
  held_by_all text[] := case when level is null then asked else asked || ('@' || level) end;
  patterns text[] := array(select '%' || regexp_replace(term, '([\\%_])', '\\\1', 'g') || '%' from unnest(terms) term);
  below uuid := coalesce(before, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  wanted integer := most;
  rare constant integer := 1500;
  ids uuid[];
  next uuid;
  newest bigint;
  got integer;
  width integer;
begin
  if level is null and not everything then return; end if;
  if cardinality(asked) > 0 and assets.seems_rare(patterns) then
    with held as materialized (select t.card_id, t.words, t.jurisdiction_code from assets.card_text t where t.pairs @> asked limit rare)
      select count(*), array_agg(h.card_id order by h.card_id desc)
        filter (where (level is null or h.jurisdiction_code = level) and h.card_id < below and h.words like all (patterns))
      into got, ids from held h;
    if got < rare then
      return query select unnest(ids[1:wanted]);
      return;
    end if;
  end if;
  if level is not null then
    select t.card_id into next from assets.card_text t where t.jurisdiction_code = level and t.card_id < below
      order by t.card_id desc offset 1499 limit 1;
    return query select t.card_id from assets.card_text t where t.jurisdiction_code = level and t.card_id < below
      and t.card_id >= coalesce(next, '00000000-0000-0000-0000-000000000000') and t.words like all (patterns) order by t.card_id desc limit wanted;
    get diagnostics got = row_count;
    wanted := wanted - got;
    if wanted = 0 or next is null then return; end if;
    below := next;
    for size in 0..3 loop
      foreach width in array array[1, 1, 2, 4, 8] loop
        select t.card_id into next from assets.card_text t where t.jurisdiction_code = level and t.card_id < below order by t.card_id desc limit 1;
        if next is null then return; end if;
        newest := (assets.stretches_of(next))[size + 1];
        return query with held as materialized (select t.card_id, t.words, t.jurisdiction_code from assets.card_text t
            where t.pairs @> held_by_all and assets.stretches_of(t.card_id) && array(select newest - 4 * i from generate_series(0, width - 1) i))
          select h.card_id from held h where h.jurisdiction_code = level and h.card_id < below and h.words like all (patterns)
          order by h.card_id desc limit wanted;
        get diagnostics got = row_count;
        wanted := wanted - got;
        if wanted = 0 then return; end if;
        below := rpad(lpad(to_hex(greatest(0, newest / 4 - width + 1) << (16 + 4 * size)), 12, '0'), 32, '0')::uuid;
      end loop;
    end loop;
  end if;
  return query with held as materialized (select t.card_id, t.words, t.jurisdiction_code from assets.card_text t where t.pairs @> held_by_all)
    select h.card_id from held h where (level is null or h.jurisdiction_code = level) and h.card_id < below and h.words like all (patterns)
    order by h.card_id desc limit wanted;
end $$;
