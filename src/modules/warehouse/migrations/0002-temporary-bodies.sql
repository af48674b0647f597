-- Temporary bodies and big events 临时机构、大型会议活动 with the things they use, and what is to be cleared away: things that
-- stood idle, were left by a body that ended, or by an organ that is merged, dissolved or moved (Art. 23; facts 3.2, G1–G5).

create table warehouse.body (
  id uuid primary key,
  -- The organ that leads it 牵头机关, which answers for its things.
  organ_id uuid not null,
  jurisdiction_code text not null,
  kind text not null check (kind in ('body', 'event')),
  name text not null,
  -- Paper that set it up.
  document text not null,
  begins_on date not null,
  -- As expected, until it has ended.
  ends_on date not null,
  ended_on date,
  end_document text not null default '',
  -- Last day for clearing its things away; what is left to be cleared is its clearance.
  due_on date,
  cleared_on date,
  clearance_id uuid,
  version integer not null default 1,
  unique (jurisdiction_code, name, begins_on),
  check (ends_on >= begins_on),
  check (ended_on is null or ended_on >= begins_on),
  check ((ended_on is null) = (clearance_id is null)),
  check (cleared_on is null or ended_on is not null)
);
create index body_level on warehouse.body (jurisdiction_code, id desc);

-- A card that a body uses. The card stays with its holder, of the lead organ or of another of the level that lent it.
create table warehouse.body_thing (
  body_id uuid not null references warehouse.body (id),
  card_id uuid not null,
  organ_id uuid not null,
  lead_organ_id uuid not null,
  jurisdiction_code text not null,
  way text not null check (way in ('bought', 'given', 'lent')),
  number text not null,
  name text not null,
  model text not null,
  cost_fen bigint not null,
  -- Department on the card before, written back when the thing is taken off.
  department_before text not null,
  assigned_on date not null,
  taken_off_on date,
  reason text not null default '',
  primary key (body_id, card_id),
  check ((way = 'lent') = (organ_id <> lead_organ_id))
);
-- A thing is used by one body at a time.
create unique index body_thing_card on warehouse.body_thing (card_id) where taken_off_on is null;

-- What is to be cleared away within a term 清理任务, until everything is in the warehouse, disposed of, given back or kept with a reason.
create table warehouse.clearance (
  id uuid primary key,
  organ_id uuid not null,
  jurisdiction_code text not null,
  number text not null,
  trigger text not null check (trigger in ('G1', 'G3', 'G4', 'G5')),
  triggered_on date not null,
  due_on date not null,
  body_id uuid references warehouse.body (id),
  document text not null default '',
  reason text not null,
  state text not null check (state in ('open', 'cleared')),
  case_id uuid not null,
  opened_on date not null,
  cleared_on date,
  -- GWC-R03: the authority was told that it is late.
  flagged_on date,
  version integer not null default 1,
  unique (organ_id, number),
  check ((state = 'cleared') = (cleared_on is not null)),
  check ((trigger in ('G3', 'G4')) = (body_id is not null))
);
create index clearance_level on warehouse.clearance (jurisdiction_code, id desc);
create index clearance_organ on warehouse.clearance (organ_id, id desc);
create index clearance_late on warehouse.clearance (due_on) where state = 'open' and flagged_on is null;
alter table warehouse.body add foreign key (clearance_id) references warehouse.clearance (id) deferrable initially deferred;

create table warehouse.clearance_thing (
  clearance_id uuid not null references warehouse.clearance (id),
  card_id uuid not null,
  -- Holder of the card; another organ than that of the clearance where the thing was lent to a body.
  organ_id uuid not null,
  lead_organ_id uuid not null,
  jurisdiction_code text not null,
  number text not null,
  name text not null,
  model text not null,
  cost_fen bigint not null,
  outcome text not null default 'open' check (outcome in ('open', 'handing-in', 'in-warehouse', 'kept', 'returned', 'disposal', 'in-use', 'moved')),
  intake_id uuid references warehouse.intake (id),
  reason text not null default '',
  settled_on date,
  primary key (clearance_id, card_id),
  check (outcome <> 'open' or settled_on is null),
  check (outcome not in ('kept', 'returned') or reason <> '')
);
-- A thing is to be cleared away once.
create unique index clearance_thing_card on warehouse.clearance_thing (card_id) where settled_on is null;
create index clearance_thing_intake on warehouse.clearance_thing (intake_id) where intake_id is not null;
-- What an organ said it still needs is not asked about again for the term of idle things.
create index clearance_thing_kept on warehouse.clearance_thing (organ_id, settled_on) where outcome = 'kept';

-- A loan for a body ends with it.
alter table warehouse.request add column body_id uuid references warehouse.body (id);
create index request_body on warehouse.request (body_id) where body_id is not null;

-- Which bodies there are every office of the level may know: it lends to them.
select kernel.guard_rows('warehouse.body', $$jurisdiction_code = (select kernel.own_jurisdiction())$$,
  $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$);
select kernel.guard_rows('warehouse.clearance', $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$);
select kernel.guard_rows(t, $$organ_id = (select kernel.own_organ()) or lead_organ_id = (select kernel.own_organ())
  or jurisdiction_code = (select kernel.own_level())$$)
  from unnest(array['warehouse.body_thing', 'warehouse.clearance_thing']::regclass[]) t;
