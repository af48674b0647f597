-- Things of another level's warehouse, asked for by an authority and given by the consent of the level they belong to (Art. 6, 23).
create table warehouse.level_request (
  id uuid primary key,
  -- The authority that asks, and its level.
  organ_id uuid not null,
  jurisdiction_code text not null,
  receiver_organ_id uuid not null,
  receiver_name text not null,
  giver_jurisdiction_code text not null,
  number text not null,
  purpose text not null check (purpose in ('emergency', 'temporary-body', 'shortage', 'replacement')),
  reason text not null,
  document text not null default '',
  in_use jsonb not null default '{}',
  findings jsonb not null default '[]',
  state text not null check (state in ('asked', 'agreed', 'consented', 'done', 'refused', 'declined', 'withdrawn')),
  -- Of the giving level, which decides.
  case_id uuid not null,
  -- What the receiver signs for, once finance of the giving level consented.
  request_id uuid references warehouse.request (id),
  asked_on date not null,
  asked_by_name text not null,
  agreed_on date,
  consent_document text not null default '',
  consented_on date,
  closed_on date,
  opinion text not null default '',
  version integer not null default 1,
  unique (organ_id, number),
  check (jurisdiction_code <> giver_jurisdiction_code),
  -- Nothing is given without authority and finance of the level that owns it.
  check (state not in ('consented', 'done') or (agreed_on is not null and consented_on is not null and consent_document <> '' and request_id is not null))
);
create index level_request_asking on warehouse.level_request (jurisdiction_code, id desc);
create index level_request_giving on warehouse.level_request (giver_jurisdiction_code, id desc);
create index level_request_receiver on warehouse.level_request (receiver_organ_id, id desc);

-- What the other level's catalogue says of each thing, as it was when it was asked for: the thing itself stays out of sight.
create table warehouse.level_request_item (
  level_request_id uuid not null references warehouse.level_request (id),
  item_id uuid not null references warehouse.item (id),
  number text not null,
  name text not null,
  model text not null,
  class_code text collate "C" not null,
  item_code text,
  unit text not null,
  quantity integer not null check (quantity > 0),
  grade text not null check (grade in ('A', 'B', 'C', 'D')),
  cost_fen bigint not null,
  store_name text not null,
  primary key (level_request_id, item_id)
);
create index level_request_item_item on warehouse.level_request_item (item_id);

select kernel.guard_rows('warehouse.level_request', $$organ_id = (select kernel.own_organ()) or receiver_organ_id = (select kernel.own_organ())
  or jurisdiction_code = (select kernel.own_level()) or giver_jurisdiction_code = (select kernel.own_level())$$);
select kernel.guard_rows('warehouse.level_request_item', $$exists (select from warehouse.level_request q where q.id = level_request_id)$$);

-- Things that nobody wanted for long are found by the day they came in.
create index item_waiting on warehouse.item (jurisdiction_code, taken_on) where state = 'available';
