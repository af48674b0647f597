-- Stocktaking 盘点 (Art. 12): the book frozen, what was counted, what differs and what became of it.

create table stocktaking.count (
  id uuid primary key,
  organ_id uuid not null,
  jurisdiction_code text not null,
  number text not null,
  title text not null,
  year integer not null,
  base_on date not null,
  scope jsonb not null,
  -- The whole register of the organ: what the year owes.
  whole boolean not null,
  state text not null check (state in ('counting', 'settling', 'at-head', 'at-authority', 'at-finance', 'finished', 'withdrawn')),
  note text not null,
  conclusion text not null default '',
  opened_on date not null,
  opened_by_name text not null,
  ended_on date,
  finished_on date,
  items integer not null,
  cost_fen bigint not null,
  case_id uuid not null,
  version integer not null default 1,
  unique (organ_id, number),
  check ((state = 'finished') = (finished_on is not null))
);
create index count_organ on stocktaking.count (organ_id, id desc);
create index count_level on stocktaking.count (jurisdiction_code, id desc);
create index count_of_year on stocktaking.count (organ_id, finished_on) where whole and finished_on is not null;

create table stocktaking.counter (
  count_id uuid not null references stocktaking.count (id),
  person_id uuid not null,
  organ_id uuid not null,
  person_name text not null,
  primary key (count_id, person_id)
);
create index counter_person on stocktaking.counter (person_id, count_id);

-- The book as it was on the base day, one row for a card, and the finding that stands of it.
create table stocktaking.item (
  -- No foreign key: it would be asked for each of 200,000 rows that one statement writes beside their count.
  count_id uuid not null,
  card_id uuid not null,
  organ_id uuid not null,
  -- Compared sign by sign: the walk of a list and its index ask for no more, and freezing 200,000 cards for speed.
  number text collate "C" not null,
  name text not null,
  model text not null,
  serial_number text collate "C" not null,
  unit text not null,
  quantity integer not null,
  cost_fen bigint not null,
  department text not null,
  place text collate "C" not null,
  user_name text not null,
  custodian_name text not null,
  book_state text not null,
  result text check (result in ('same', 'mismatch', 'missing', 'idle', 'damaged', 'duplicate')),
  -- Counters disagree: no result stands until it is settled.
  disputed boolean not null default false,
  found jsonb not null default '{}',
  remark text not null default '',
  counted_by_name text,
  counted_at timestamptz,
  primary key (count_id, card_id),
  check (not (disputed and result is not null))
);
create index item_place on stocktaking.item (count_id, place, number, card_id);
create index item_number on stocktaking.item (count_id, number);
create index item_serial on stocktaking.item (count_id, serial_number) where serial_number <> '';

-- What somebody said of a thing, in the order it came; the id is made where it was counted, so that none comes twice.
create table stocktaking.mark (
  id uuid primary key,
  count_id uuid not null references stocktaking.count (id),
  organ_id uuid not null,
  card_id uuid,
  result text not null check (result in ('same', 'mismatch', 'surplus', 'missing', 'idle', 'damaged', 'duplicate')),
  found jsonb not null,
  thing jsonb,
  remark text not null,
  person_id uuid,
  person_name text not null,
  counted_at timestamptz not null,
  received_at timestamptz not null,
  settles boolean not null default false,
  check ((result = 'surplus') = (card_id is null)),
  check ((result = 'surplus') = (thing is not null))
);
create index mark_item on stocktaking.mark (count_id, card_id);
create index mark_surplus on stocktaking.mark (count_id, id) where card_id is null;
revoke update, delete, truncate on stocktaking.mark from yunbao_app;

-- The difference sheet: each worked to closure with cause and who answers for it.
create table stocktaking.difference (
  id uuid primary key,
  count_id uuid not null references stocktaking.count (id),
  organ_id uuid not null,
  result text not null check (result in ('mismatch', 'surplus', 'missing', 'idle', 'damaged', 'duplicate')),
  card_id uuid,
  mark_id uuid,
  number text collate "C" not null,
  name text not null,
  place text collate "C" not null,
  cost_fen bigint not null,
  booked jsonb not null,
  found jsonb not null,
  thing jsonb,
  remark text not null,
  cause text not null default '',
  responsible text not null default '',
  resolution text,
  card jsonb,
  outcome text check (outcome in ('corrected', 'registered', 'unchanged', 'newer', 'gone')),
  made_card_id uuid,
  version integer not null default 1,
  check ((card_id is null) = (result = 'surplus'))
);
create index difference_walk on stocktaking.difference (count_id, result, place, number, id);
create unique index difference_card on stocktaking.difference (count_id, card_id) where card_id is not null;
create unique index difference_mark on stocktaking.difference (count_id, mark_id) where mark_id is not null;

select kernel.guard_rows('stocktaking.count', $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$);
select kernel.guard_rows(t, $$organ_id = (select kernel.own_organ()) or exists (select from stocktaking.count c where c.id = count_id)$$)
  from unnest(array['stocktaking.counter', 'stocktaking.item', 'stocktaking.mark', 'stocktaking.difference']::regclass[]) t;
