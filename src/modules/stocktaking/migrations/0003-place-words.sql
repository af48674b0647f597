-- What the things of a place are found by, all in one text beside them, a line for each with its card behind a separator: a
-- fragment is looked for in a few thousand texts instead of in each of 200,000 things (decision 58). Written while the book is
-- frozen, one row for a place and part of it; what a book says of a thing never changes.
create table stocktaking.place_words (
  count_id uuid not null,
  organ_id uuid not null,
  place text collate "C" not null,
  words text collate "C" not null
);
create index place_words_place on stocktaking.place_words (count_id, place);
revoke update, delete, truncate on stocktaking.place_words from yunbao_app;
select kernel.guard_rows('stocktaking.place_words', $$organ_id = (select kernel.own_organ()) or exists (select from stocktaking.count c where c.id = count_id)$$);

-- The one place that says how: what is searched is compared with the same.
create function stocktaking.words_of(name text, number text, serial_number text, model text) returns text language sql immutable parallel safe
  return lower(name || ' ' || number || ' ' || serial_number || ' ' || model collate "C");

create function stocktaking.add_words() returns trigger language plpgsql set search_path = '' as $$
begin
  insert into stocktaking.place_words
    select count_id, organ_id, place, string_agg(stocktaking.words_of(name, number, serial_number, model) || chr(31) || card_id, chr(10)) from came_in group by 1, 2, 3;
  return null;
end $$;
create trigger add_words after insert on stocktaking.item referencing new table as came_in for each statement
  execute function stocktaking.add_words();

insert into stocktaking.place_words
  select count_id, organ_id, place, string_agg(stocktaking.words_of(name, number, serial_number, model) || chr(31) || card_id, chr(10)) from stocktaking.item group by 1, 2, 3;
