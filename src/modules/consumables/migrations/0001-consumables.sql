-- Low-value consumables 低值易耗品 (Art. 12): what an organ has in stock, everything that came in and went out, who signed for it.

create table consumables.item (
  id uuid primary key,
  organ_id uuid not null,
  jurisdiction_code text not null,
  number text not null,
  name text not null,
  spec text not null,
  unit text not null,
  place text not null,
  -- Below it the keepers are told; 0 for never.
  minimum integer not null check (minimum >= 0),
  quantity integer not null default 0 check (quantity >= 0),
  value_fen bigint not null default 0 check (value_fen >= 0),
  stopped boolean not null default false,
  version integer not null default 1,
  unique (organ_id, number),
  unique (organ_id, name, spec),
  -- Nothing in stock is worth nothing: the last piece takes what is left of the value.
  check (quantity > 0 or value_fen = 0)
);
create index item_organ on consumables.item (organ_id, id desc);
create index item_level on consumables.item (jurisdiction_code, id desc);

-- Given to a person, for themselves or for a room, who signs for it.
create table consumables.issue (
  id uuid primary key,
  organ_id uuid not null,
  jurisdiction_code text not null,
  number text not null,
  state text not null check (state in ('offered', 'accepted', 'declined', 'withdrawn')),
  to_person_id uuid not null,
  to_name text not null,
  place text not null,
  purpose text not null,
  offered_on date not null,
  offered_by uuid,
  offered_by_name text not null,
  answered_on date,
  answer text,
  case_id uuid not null,
  version integer not null default 1,
  unique (organ_id, number),
  check ((state = 'offered') = (answered_on is null))
);
create index issue_organ on consumables.issue (organ_id, id desc);
create index issue_level on consumables.issue (jurisdiction_code, id desc);
create index issue_receiver on consumables.issue (to_person_id, id desc);
create table consumables.issue_line (
  issue_id uuid not null references consumables.issue (id),
  item_id uuid not null references consumables.item (id),
  organ_id uuid not null,
  quantity integer not null check (quantity > 0),
  amount_fen bigint not null check (amount_fen >= 0),
  returned integer not null default 0 check (returned between 0 and quantity),
  returned_fen bigint not null default 0 check (returned_fen between 0 and amount_fen),
  primary key (issue_id, item_id)
);

-- The ledger of the stock; never changed. Stock and value are the sums of it.
create table consumables.movement (
  id bigint generated always as identity primary key,
  item_id uuid not null references consumables.item (id),
  organ_id uuid not null,
  jurisdiction_code text not null,
  kind text not null check (kind in ('receipt', 'issue', 'return', 'count')),
  quantity integer not null,
  amount_fen bigint not null,
  happened_on date not null,
  quantity_after integer not null check (quantity_after >= 0),
  value_after_fen bigint not null check (value_after_fen >= 0),
  document text not null,
  supplier text not null,
  reason text not null,
  issue_id uuid references consumables.issue (id),
  recorded_at timestamptz not null,
  person_id uuid,
  person_name text not null
);
create index movement_item on consumables.movement (item_id, id desc);
revoke update, delete, truncate on consumables.movement from yunbao_app;

select kernel.guard_rows(t, $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$)
  from unnest(array['consumables.item', 'consumables.issue', 'consumables.movement']::regclass[]) t;
select kernel.guard_rows('consumables.issue_line', $$exists (select from consumables.issue i where i.id = issue_id)$$);
