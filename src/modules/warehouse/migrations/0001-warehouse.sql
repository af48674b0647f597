-- The public warehouse 公物仓 of a level (Art. 23): what comes in, what is there, who holds it, who has it.

-- Where things lie: a physical store, or a virtual one whose things stay with their organ.
create table warehouse.store (
  id uuid primary key,
  jurisdiction_code text not null,
  name text not null,
  kind text not null check (kind in ('physical', 'virtual')),
  address text not null default '',
  opened_on date not null,
  version integer not null default 1,
  unique (jurisdiction_code, name)
);

-- An application to take things in, or a call of the authority to hand them in.
create table warehouse.intake (
  id uuid primary key,
  organ_id uuid not null,
  jurisdiction_code text not null,
  number text not null,
  trigger text not null check (trigger in ('G1', 'G2', 'G3', 'G4', 'G5', 'G6', 'G7')),
  triggered_on date not null,
  due_on date,
  body_name text not null default '',
  reason text not null,
  called boolean not null,
  state text not null check (state in ('called', 'applied', 'returned', 'appraising', 'received', 'refused', 'withdrawn')),
  case_id uuid not null,
  applied_on date not null,
  received_on date,
  handed_by_name text not null default '',
  receiver_name text not null default '',
  version integer not null default 1,
  unique (organ_id, number),
  check ((state = 'received') = (received_on is not null)),
  check (state <> 'received' or (receiver_name <> '' and handed_by_name <> ''))
);
create index intake_level on warehouse.intake (jurisdiction_code, id desc);
create index intake_organ on warehouse.intake (organ_id, id desc);

-- A thing of the warehouse, from the application on; the card stays with its organ until it is allotted.
create table warehouse.item (
  id uuid primary key,
  intake_id uuid not null references warehouse.intake (id),
  card_id uuid not null,
  owner_organ_id uuid not null,
  jurisdiction_code text not null,
  -- Given when it is taken in.
  number text,
  name text not null,
  model text not null,
  class_code text collate "C" not null,
  class_edition text not null,
  -- Standard it is held against; null where there is none.
  item_code text,
  unit text not null,
  quantity integer not null check (quantity > 0),
  cost_fen bigint not null check (cost_fen >= 0),
  -- Book value when it came in.
  net_fen bigint not null check (net_fen >= 0),
  acquired_on date not null,
  life_until date,
  state text not null check (state in ('applied', 'repair', 'available', 'lent', 'allotted', 'disposal', 'not-taken')),
  grade text check (grade in ('A', 'B', 'C', 'D')),
  -- As appraised; after repair the present grade is another.
  appraised_grade text check (appraised_grade in ('A', 'B', 'C', 'D')),
  repair_fen bigint not null default 0 check (repair_fen >= 0),
  replacement_fen bigint not null default 0 check (replacement_fen >= 0),
  transport_fen bigint not null default 0 check (transport_fen >= 0),
  unsafe boolean not null default false,
  appraisal_note text not null default '',
  appraised_on date,
  appraised_by_name text not null default '',
  repair_approved_by_name text not null default '',
  repaired_on date,
  repair_spent_fen bigint not null default 0 check (repair_spent_fen >= 0),
  store_id uuid references warehouse.store (id),
  place text not null default '',
  photo_sha256 text,
  photo_media_type text,
  photo_name text,
  taken_on date,
  left_on date,
  -- Who has it now, where it is lent or was allotted.
  out_organ_name text not null default '',
  out_due_on date,
  version integer not null default 1,
  unique (jurisdiction_code, number),
  check ((grade is null) = (appraised_on is null)),
  -- GWC-R04: nothing is in the warehouse without a photo, an appraisal and the day it was signed for.
  check (state in ('applied', 'not-taken') or (number is not null and photo_sha256 is not null and grade is not null and taken_on is not null
    and store_id is not null))
);
-- A card is in the warehouse once.
create unique index item_card on warehouse.item (card_id) where state in ('applied', 'repair', 'available', 'lent');
create index item_level on warehouse.item (jurisdiction_code, state, id desc);
create index item_intake on warehouse.item (intake_id);
create index item_standard on warehouse.item (item_code, jurisdiction_code) where state = 'available';

-- Who holds a thing: by reservation until a day, or by a request until it is decided and done. One at a time (GWC-R12).
create table warehouse.hold (
  item_id uuid primary key references warehouse.item (id),
  organ_id uuid not null,
  organ_name text not null,
  jurisdiction_code text not null,
  held_until date,
  request_id uuid,
  reason text not null default '',
  held_on date not null,
  check ((held_until is null) = (request_id is not null))
);
create index hold_organ on warehouse.hold (organ_id);

-- A loan 借用 or an allotment 调拨 of things to an organ.
create table warehouse.request (
  id uuid primary key,
  organ_id uuid not null,
  jurisdiction_code text not null,
  number text not null,
  kind text not null check (kind in ('loan', 'allotment')),
  purpose text not null check (purpose in ('emergency', 'temporary-body', 'shortage', 'replacement')),
  reason text not null,
  document text not null default '',
  due_on date,
  event_ends_on date,
  renewal_until date,
  renewed boolean not null default false,
  instead_of_purchase boolean not null,
  -- What the organ said it has in use of each standard item, where it keeps no register here.
  in_use jsonb not null default '{}',
  findings jsonb not null default '[]',
  state text not null check (state in ('applied', 'consenting', 'approved', 'lent', 'renewing', 'returning', 'returned', 'done', 'refused', 'withdrawn')),
  case_id uuid not null,
  -- Where it was begun: a plan's matching, for example.
  source_kind text,
  source_id uuid,
  applied_on date not null,
  approved_on date,
  consent_document text not null default '',
  consented_on date,
  signed_on date,
  signed_by_name text not null default '',
  closed_on date,
  version integer not null default 1,
  unique (organ_id, number),
  check (kind = 'loan' or (due_on is null and not renewed)),
  -- GWC-R06: a loan has an end.
  check (kind = 'allotment' or due_on is not null),
  -- No allotment is signed for without the consent of finance.
  check (kind = 'loan' or signed_on is null or consented_on is not null)
);
create index request_level on warehouse.request (jurisdiction_code, id desc);
create index request_organ on warehouse.request (organ_id, id desc);
create index request_out on warehouse.request (organ_id, due_on) where state in ('lent', 'renewing', 'returning');
create table warehouse.request_item (
  request_id uuid not null references warehouse.request (id),
  item_id uuid not null references warehouse.item (id),
  state text not null check (state in ('asked', 'dropped', 'out', 'returned')),
  out_grade text,
  back_grade text,
  back_note text not null default '',
  back_on date,
  primary key (request_id, item_id)
);
create index request_item_item on warehouse.request_item (item_id);
-- GWC-R12: a thing is out once.
create unique index request_item_out on warehouse.request_item (item_id) where state = 'out';

-- Money not spent because a thing was had from the warehouse; once for an organ and a thing (GWC-R13).
create table warehouse.saving (
  item_id uuid not null references warehouse.item (id),
  organ_id uuid not null,
  jurisdiction_code text not null,
  request_id uuid not null references warehouse.request (id),
  saved_fen bigint not null check (saved_fen >= 0),
  saved_on date not null,
  basis text not null,
  primary key (item_id, organ_id)
);
create index saving_level on warehouse.saving (jurisdiction_code, saved_on);
revoke update, delete, truncate on warehouse.saving from yunbao_app;

select kernel.guard_rows(t, $$jurisdiction_code = (select kernel.own_jurisdiction())$$, $$jurisdiction_code = (select kernel.own_level())$$)
  from unnest(array['warehouse.store']::regclass[]) t;
select kernel.guard_rows(t, $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$)
  from unnest(array['warehouse.intake', 'warehouse.request', 'warehouse.saving']::regclass[]) t;
-- What is in the warehouse is offered to every organ of the level; what only was asked for is its organ's.
select kernel.guard_rows('warehouse.item', $$owner_organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())
  or (jurisdiction_code = (select kernel.own_jurisdiction()) and state in ('repair', 'available', 'lent'))$$,
  $$owner_organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$);
-- Whoever would reserve a thing must know who was first.
select kernel.guard_rows('warehouse.hold', $$jurisdiction_code = (select kernel.own_jurisdiction())$$,
  $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$);
select kernel.guard_rows('warehouse.request_item', $$exists (select from warehouse.request r where r.id = request_id)$$);
