-- Procurement (Art. 11, 13): one file from the request to the last payment.
create table procurement.purchase (
  id uuid primary key,
  organ_id uuid not null,
  jurisdiction_code text not null,
  number text not null,
  title text not null,
  year integer not null,
  kind text not null check (kind in ('goods', 'services', 'works')),
  state text not null check (state in ('draft', 'submitted', 'finance-review', 'purchasing', 'awarded', 'contracted', 'accepting',
    'accepted', 'closed', 'withdrawn', 'terminated')),
  class text not null check (class in ('centralised', 'dispersed', 'internal', 'tendering')),
  method text not null,
  proposed_method text not null,
  organisation text not null check (organisation in ('agency', 'self')),
  catalogue_item text,
  requirement text not null,
  expected_on date not null,
  method_ground text not null,
  intention_exemption text check (intention_exemption in ('framework', 'emergency')),
  intention_needed boolean not null,
  stock_reason text not null,
  price_approval text not null,
  security_ground text not null,
  reserved_for text not null check (reserved_for in ('none', 'small', 'micro')),
  needs_finance boolean not null,
  -- What finance answered on the method.
  finance_document text,
  finance_level text check (finance_level in ('city', 'province')),
  finance_on date,
  amount_fen bigint not null check (amount_fen > 0),
  findings jsonb not null default '[]',
  -- How often it was submitted: keys what each submission commits on the ledger.
  round integer not null default 0,
  intention_on date,
  intention_address text,
  started_on date,
  notice_on date,
  publicity_from date,
  publicity_until date,
  project_number text not null default '',
  opened_on date,
  awarded_on date,
  award_fen bigint check (award_fen > 0),
  award_reason text not null default '',
  result_published_on date,
  requested_on date not null,
  requested_by uuid,
  requested_by_name text not null,
  closed_on date,
  case_id uuid not null,
  version integer not null default 1,
  unique (organ_id, number),
  check (award_fen is null or award_fen <= amount_fen)
);
create index purchase_organ on procurement.purchase (organ_id, id desc);
create index purchase_level on procurement.purchase (jurisdiction_code, id desc);
create index purchase_year on procurement.purchase (organ_id, year);

create table procurement.item (
  id uuid primary key,
  purchase_id uuid not null references procurement.purchase (id) on delete cascade,
  item_no integer not null,
  ledger_line_id uuid not null,
  -- Whom the plan line is for: the card goes there.
  served_organ_id uuid not null,
  name text not null,
  requirement text not null,
  unit text not null,
  quantity numeric(14, 2) not null check (quantity > 0),
  unit_price_fen bigint not null check (unit_price_fen > 0),
  amount_fen bigint not null check (amount_fen > 0),
  standard_code text,
  class_code text,
  -- What counts as the same thing within a year (PRO-R04).
  same_as text not null,
  replaces integer not null default 0 check (replaces >= 0),
  model text not null default '',
  contract_quantity numeric(14, 2) check (contract_quantity >= 0),
  contract_price_fen bigint check (contract_price_fen > 0),
  accepted_quantity numeric(14, 2) not null default 0,
  registered_quantity numeric(14, 2) not null default 0,
  unique (purchase_id, item_no),
  -- Nothing is accepted that was not contracted, and no card is made of what was not accepted.
  check (accepted_quantity between 0 and coalesce(contract_quantity, 0)),
  check (registered_quantity between 0 and accepted_quantity)
);
create index item_line on procurement.item (ledger_line_id);
create index item_same on procurement.item (same_as, purchase_id);

-- One lock for each thing an organ buys in a year, so that two requests do not both pass the rule against splitting.
create table procurement.yearly_thing (
  organ_id uuid not null,
  year integer not null,
  same_as text not null,
  primary key (organ_id, year, same_as)
);

-- The money of a purchase by plan line: what the ledger holds, what was paid.
create table procurement.funding (
  purchase_id uuid not null references procurement.purchase (id),
  ledger_line_id uuid not null,
  commitment_id uuid not null,
  held_fen bigint not null check (held_fen >= 0),
  held_quantity numeric(14, 2) not null check (held_quantity >= 0),
  paid_fen bigint not null default 0 check (paid_fen between 0 and held_fen),
  paid_quantity numeric(14, 2) not null default 0 check (paid_quantity between 0 and held_quantity),
  primary key (purchase_id, ledger_line_id)
);

create table procurement.bidder (
  purchase_id uuid not null references procurement.purchase (id),
  bidder_no integer not null,
  name text not null,
  credit_code text not null,
  price_fen bigint not null check (price_fen >= 0),
  valid boolean not null,
  size text not null check (size in ('large', 'medium', 'small', 'micro')),
  winner boolean not null,
  primary key (purchase_id, bidder_no)
);
create unique index bidder_one_winner on procurement.bidder (purchase_id) where winner;

create table procurement.contract (
  purchase_id uuid primary key references procurement.purchase (id),
  number text not null,
  supplier text not null,
  credit_code text not null,
  signed_on date not null,
  deliver_by date not null,
  term_from date,
  term_until date,
  amount_fen bigint not null check (amount_fen > 0),
  bond_fen bigint not null check (bond_fen >= 0),
  warranty_months integer not null check (warranty_months >= 0),
  payment_terms text not null,
  quality_terms text not null,
  acceptance_terms text not null,
  breach_terms text not null,
  dispute_terms text not null,
  subcontracted boolean not null,
  findings jsonb not null,
  published_on date,
  filed_on date,
  signed_by_name text not null
);

-- More of the same from the same supplier (政府采购法第四十九条).
create table procurement.supplement (
  id uuid primary key,
  purchase_id uuid not null references procurement.purchase (id),
  number text not null,
  signed_on date not null,
  amount_fen bigint not null check (amount_fen > 0),
  reason text not null,
  items jsonb not null,
  unique (purchase_id, number)
);

create table procurement.acceptance (
  id uuid primary key,
  purchase_id uuid not null references procurement.purchase (id),
  acceptance_no integer not null,
  state text not null check (state in ('drafted', 'signed', 'returned')),
  delivered_on date not null,
  conclusion text not null,
  drafted_on date not null,
  drafted_by uuid,
  drafted_by_name text not null,
  signed_on date,
  signed_by uuid,
  signed_by_name text,
  unique (purchase_id, acceptance_no),
  -- Two people sign.
  check (signed_by is null or drafted_by is null or signed_by <> drafted_by),
  check ((state = 'signed') = (signed_on is not null))
);
create unique index acceptance_one_open on procurement.acceptance (purchase_id) where state = 'drafted';

create table procurement.acceptance_item (
  acceptance_id uuid not null references procurement.acceptance (id),
  item_id uuid not null references procurement.item (id),
  delivered numeric(14, 2) not null check (delivered >= 0),
  accepted numeric(14, 2) not null check (accepted >= 0),
  note text not null,
  primary key (acceptance_id, item_id),
  check (accepted <= delivered)
);

-- From which item a card came.
create table procurement.item_card (
  card_id uuid primary key,
  purchase_id uuid not null references procurement.purchase (id),
  item_id uuid not null references procurement.item (id)
);
create index item_card_purchase on procurement.item_card (purchase_id);

create table procurement.payment (
  id uuid primary key,
  purchase_id uuid not null references procurement.purchase (id),
  organ_id uuid not null,
  jurisdiction_code text not null,
  payment_no integer not null,
  state text not null check (state in ('requested', 'paid', 'returned')),
  amount_fen bigint not null check (amount_fen > 0),
  invoice_number text not null,
  invoice_on date not null,
  note text not null,
  requested_on date not null,
  requested_by_name text not null,
  decided_on date,
  decided_by_name text,
  voucher text,
  case_id uuid not null,
  version integer not null default 1,
  unique (purchase_id, payment_no),
  check ((state = 'requested') = (decided_on is null))
);
-- The same invoice is not paid twice.
create unique index payment_invoice on procurement.payment (purchase_id, invoice_number) where state <> 'returned';
create index payment_organ on procurement.payment (organ_id, id desc);

-- Terms that run on a purchase, reckoned when the event was recorded (facts 4.3).
create table procurement.deadline (
  purchase_id uuid not null references procurement.purchase (id),
  term text not null,
  -- What it is about, where a term runs more than once: the acceptance, the payment.
  about text not null default '',
  counted_from date not null,
  due_on date not null,
  provisional boolean not null,
  fulfilled_on date,
  primary key (purchase_id, term, about)
);
create index deadline_open on procurement.deadline (due_on) where fulfilled_on is null;

revoke delete, truncate on procurement.purchase, procurement.funding, procurement.contract, procurement.supplement,
  procurement.acceptance, procurement.acceptance_item, procurement.payment from yunbao_app;

-- Second wall (kernel/server/scope.ts): the organ that buys writes, who reads the level reads; finance answers on methods.
select kernel.guard_rows('procurement.purchase',
  $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$,
  $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$);
select kernel.guard_rows('procurement.item', $$exists (select from procurement.purchase p where p.id = purchase_id)$$);
select kernel.guard_rows('procurement.yearly_thing', $$organ_id = (select kernel.own_organ())$$);
select kernel.guard_rows('procurement.funding', $$exists (select from procurement.purchase p where p.id = purchase_id)$$);
select kernel.guard_rows('procurement.bidder', $$exists (select from procurement.purchase p where p.id = purchase_id)$$);
select kernel.guard_rows('procurement.contract', $$exists (select from procurement.purchase p where p.id = purchase_id)$$);
select kernel.guard_rows('procurement.supplement', $$exists (select from procurement.purchase p where p.id = purchase_id)$$);
select kernel.guard_rows('procurement.acceptance', $$exists (select from procurement.purchase p where p.id = purchase_id)$$);
select kernel.guard_rows('procurement.acceptance_item',
  $$exists (select from procurement.acceptance a where a.id = acceptance_id)$$);
select kernel.guard_rows('procurement.item_card', $$exists (select from procurement.purchase p where p.id = purchase_id)$$);
select kernel.guard_rows('procurement.payment',
  $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$,
  $$organ_id = (select kernel.own_organ())$$);
select kernel.guard_rows('procurement.deadline', $$exists (select from procurement.purchase p where p.id = purchase_id)$$);
