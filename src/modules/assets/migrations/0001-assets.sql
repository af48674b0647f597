-- The register of assets (Art. 12, 22): one card for each thing, what happened to it as events, what it is worth by month.

-- Where the depreciation of an organ stands; locked while a card comes in or a month is closed.
create table assets.book (
  organ_id uuid primary key,
  jurisdiction_code text not null,
  -- First day of the month in which the first card came in: depreciation before it was charged elsewhere.
  opened_in date not null check (extract(day from opened_in) = 1),
  closed_through date check (extract(day from closed_through) = 1 and closed_through >= opened_in)
);

-- The present state of a card, kept in the act that records an event; the events alone say what was when.
create table assets.card (
  id uuid primary key,
  organ_id uuid not null,
  jurisdiction_code text not null,
  number text not null,
  -- Codes are compared sign by sign, so that a branch is a range of them.
  class_code text collate "C" not null,
  class_edition text not null check (class_edition in ('2010', '2013', '2022')),
  name text not null,
  model text not null default '',
  serial_number text not null default '',
  unit text not null,
  quantity integer not null check (quantity > 0),
  value_kind text not null check (value_kind in ('cost', 'provisional', 'nominal', 'none')),
  cost_fen bigint not null check (cost_fen >= 0),
  fiscal_fen bigint not null check (fiscal_fen >= 0),
  other_fen bigint not null check (other_fen >= 0),
  acquired_on date not null,
  acquired_by text not null,
  booked_on date not null,
  depreciation_months integer check (depreciation_months > 0),
  state text not null check (state in ('in-use', 'idle', 'repair', 'lent', 'leased', 'in-warehouse', 'disposal-pending', 'missing', 'disposed')),
  department text not null default '',
  place text not null default '',
  user_name text not null default '',
  custodian_id uuid,
  custodian_name text not null default '',
  supplier text not null default '',
  contract_number text not null default '',
  invoice_number text not null default '',
  voucher_number text not null default '',
  warranty_until date,
  inspection_due date,
  note text not null default '',
  detail jsonb not null default '{}',
  -- What depreciation goes on from: the cost, or after a change of value what is left over the months that are left.
  base_fen bigint not null check (base_fen >= 0),
  base_months integer check (base_months > 0),
  base_in date not null check (extract(day from base_in) = 1),
  base_before_fen bigint not null check (base_before_fen >= 0),
  -- What was charged before the card came in, and with the closed months since.
  opening_fen bigint not null check (opening_fen >= 0),
  accumulated_fen bigint not null,
  net_fen bigint not null generated always as (cost_fen - accumulated_fen) stored,
  registered_on date not null,
  removed_on date,
  import_id uuid,
  version integer not null default 1,
  unique (organ_id, number),
  check (accumulated_fen between 0 and cost_fen),
  check (fiscal_fen + other_fen = cost_fen),
  check ((removed_on is null) = (state <> 'disposed'))
  -- Room on the page, so that a month's depreciation touches no index.
) with (fillfactor = 80);
create index card_organ on assets.card (organ_id, id desc);
create index card_level on assets.card (jurisdiction_code, id desc);
create index card_level_cost on assets.card (jurisdiction_code, cost_fen, id);
create index card_level_acquired on assets.card (jurisdiction_code, acquired_on, id);
create index card_level_class on assets.card (jurisdiction_code, class_code, cost_fen, id);
create index card_not_in_use on assets.card (jurisdiction_code, state, id desc) where state <> 'in-use';
create index card_custodian on assets.card (custodian_id) where custodian_id is not null;
create index card_warranty on assets.card (warranty_until) where warranty_until is not null and removed_on is null;

-- What a card is searched by; apart, so that the cards themselves stay narrow.
create table assets.card_text (
  card_id uuid primary key references assets.card (id),
  organ_id uuid not null,
  jurisdiction_code text not null,
  words text not null,
  -- Pairs of neighbouring characters (decision 11).
  pairs text[] not null
);
create index card_text_pairs on assets.card_text using gin (pairs);
create index card_text_organ on assets.card_text (organ_id, card_id);

-- A disposed thing never comes back, and a card is never deleted (Art. 12).
create function assets.keep_removed() returns trigger language plpgsql set search_path = '' as $$
begin
  if old.removed_on is not null and (new.removed_on is null or new.state <> 'disposed' or new.organ_id <> old.organ_id) then
    raise exception 'asset card % is disposed of', old.id using errcode = 'check_violation', constraint = 'card_stays_removed';
  end if;
  return new;
end $$;
create trigger keep_removed before update on assets.card for each row execute function assets.keep_removed();
revoke delete, truncate on assets.card from yunbao_app;

-- What happened to a card: when it was so (effective_on) and when it was known (recorded_at). Never changed; a wrong one
-- is corrected by another that names it.
create table assets.event (
  id bigint generated always as identity primary key,
  card_id uuid not null references assets.card (id),
  organ_id uuid not null,
  jurisdiction_code text not null,
  kind text not null check (kind in ('registered', 'details', 'value', 'place', 'custody', 'state', 'organ', 'removed')),
  effective_on date not null,
  recorded_at timestamptz not null,
  corrects bigint references assets.event (id),
  changes jsonb not null,
  reason text not null default '',
  document text not null default '',
  case_id uuid,
  person_id uuid,
  person_name text not null
);
create index event_card on assets.event (card_id, id);
-- One correction each; the next corrects the correction.
create unique index event_corrected_once on assets.event (corrects) where corrects is not null;
revoke update, delete, truncate on assets.event from yunbao_app;

-- Who held a card for which days, as it is known today; no card has two holders on one day.
create table assets.holding (
  card_id uuid not null references assets.card (id),
  organ_id uuid not null,
  jurisdiction_code text not null,
  custodian_id uuid,
  custodian_name text not null,
  during daterange not null check (not isempty(during)),
  exclude using gist (card_id with =, during with &&)
);

-- Depreciation of an organ by month; a month that is closed is never opened again.
create table assets.depreciation_month (
  organ_id uuid not null,
  jurisdiction_code text not null,
  month date not null check (extract(day from month) = 1),
  cards integer not null,
  charged_fen bigint not null,
  cost_fen bigint not null,
  accumulated_fen bigint not null,
  closed_at timestamptz not null,
  closed_by text not null,
  primary key (organ_id, month)
);
create table assets.depreciation (
  card_id uuid not null,
  month date not null,
  organ_id uuid not null,
  jurisdiction_code text not null,
  charged_fen bigint not null,
  accumulated_fen bigint not null check (accumulated_fen >= 0),
  primary key (card_id, month)
);
create index depreciation_organ on assets.depreciation (organ_id, month, card_id);
revoke update, delete, truncate on assets.depreciation_month, assets.depreciation from yunbao_app;

-- Straight line without residual value, charged from the month of entry, the last month takes the rest; the same as
-- `accumulatedThrough` of rules/depreciation.ts, which a property test holds it to.
create function assets.accumulated_through(base_fen bigint, base_months integer, base_in date, base_before_fen bigint, month date)
returns bigint language sql immutable parallel safe as $$
  select base_before_fen + case
    when base_months is null or month < base_in then 0
    when (extract(year from month) - extract(year from base_in)) * 12 + extract(month from month) - extract(month from base_in) + 1 >= base_months then base_fen
    else least(base_fen, ((extract(year from month) - extract(year from base_in)) * 12 + extract(month from month) - extract(month from base_in) + 1)::bigint
      * ((base_fen * 2 + base_months) / (base_months * 2)))
  end $$;

-- Hand-over 交接 between custodians of an organ, with the receiver's signature.
create table assets.handover (
  id uuid primary key,
  organ_id uuid not null,
  jurisdiction_code text not null,
  number text not null,
  state text not null check (state in ('offered', 'accepted', 'declined', 'withdrawn')),
  from_name text not null,
  to_person_id uuid not null,
  to_name text not null,
  reason text not null,
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
create index handover_organ on assets.handover (organ_id, id desc);
create index handover_receiver on assets.handover (to_person_id, id desc);
create table assets.handover_card (
  handover_id uuid not null references assets.handover (id),
  card_id uuid not null references assets.card (id),
  organ_id uuid not null,
  -- As the receiver saw it when it was offered.
  number text not null,
  name text not null,
  place text not null,
  cost_fen bigint not null,
  from_custodian_name text not null,
  open boolean not null,
  primary key (handover_id, card_id)
);
-- A thing is in one open hand-over at a time.
create unique index handover_card_open on assets.handover_card (card_id) where open;

-- A workbook of cards: read in the background, mended by the clerk, then taken over whole or in part.
create table assets.import (
  id uuid primary key,
  organ_id uuid not null,
  jurisdiction_code text not null,
  file_name text not null,
  sha256 text not null,
  state text not null check (state in ('reading', 'read', 'unreadable', 'applying', 'applied')),
  problem text,
  rows integer not null default 0,
  bad_rows integer not null default 0,
  problems integer not null default 0,
  skipped jsonb not null default '[]',
  unknown_columns jsonb not null default '[]',
  applied_rows integer,
  created_at timestamptz not null,
  created_by text not null,
  run_id uuid,
  version integer not null default 1
);
create index import_organ on assets.import (organ_id, id desc);
create table assets.import_row (
  import_id uuid not null references assets.import (id),
  organ_id uuid not null,
  row_no integer not null,
  sheet text not null,
  cells jsonb not null,
  -- Null while something is wrong with the row.
  card jsonb,
  number text,
  primary key (import_id, row_no)
);
create index import_row_number on assets.import_row (import_id, number) where number is not null;
create index import_row_bad on assets.import_row (import_id, row_no) where card is null;
create table assets.import_problem (
  import_id uuid not null references assets.import (id),
  organ_id uuid not null,
  row_no integer not null,
  place integer not null,
  sheet text not null,
  column_key text not null,
  column_name text not null,
  title text not null,
  found text not null,
  code text not null,
  message text not null,
  primary key (import_id, row_no, place)
);

-- Filters of the list that a person keeps.
create table assets.saved_filter (
  id uuid primary key,
  person_id uuid not null,
  organ_id uuid not null,
  name text not null,
  filter jsonb not null,
  unique (person_id, organ_id, name)
);

select kernel.guard_rows(t, $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$)
  from unnest(array['assets.book', 'assets.card', 'assets.card_text', 'assets.event', 'assets.holding', 'assets.depreciation_month', 'assets.depreciation',
    'assets.handover', 'assets.import']::regclass[]) t;
select kernel.guard_rows(t, $$organ_id = (select kernel.own_organ())$$)
  from unnest(array['assets.import_row', 'assets.import_problem']::regclass[]) t;
select kernel.guard_rows('assets.handover_card', $$exists (select from assets.handover h where h.id = handover_id)$$);
select kernel.guard_rows('assets.saved_filter', $$person_id = (select kernel.own_person()) and organ_id = (select kernel.own_organ())$$);

-- Cards whose texts hold all pairs. The index cannot be asked behind row-level security (its operator is not leakproof), so
-- this reads past it, and only what the transaction may read: its own level, or its own organ.
create function assets.cards_with(asked text[], terms text[], before uuid, most integer) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select t.card_id from assets.card_text t
  where t.pairs @> asked and (t.jurisdiction_code = (select kernel.own_level()) or (select kernel.sees_all()))
    and (before is null or t.card_id < before)
    and not exists (select from unnest(terms) term where position(term in t.words) = 0)
  order by t.card_id desc limit most $$;
