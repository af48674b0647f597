-- Disposal of things (Art. 12): applied for, reviewed, consented to by finance, carried out, its proceeds paid to the treasury.

-- Consent of finance to many small disposals at once 按月清单同意.
create table disposal.consent_list (
  id uuid primary key,
  organ_id uuid not null,
  jurisdiction_code text not null,
  document text not null,
  consented_on date not null,
  applications integer not null check (applications > 0),
  cost_fen bigint not null,
  consented_by text not null,
  consented_at timestamptz not null,
  unique (organ_id, document)
);
create index consent_list_level on disposal.consent_list (jurisdiction_code, id desc);
revoke update, delete, truncate on disposal.consent_list from yunbao_app;

create table disposal.application (
  id uuid primary key,
  organ_id uuid not null,
  jurisdiction_code text not null,
  -- Given when it is first submitted.
  number text,
  form text not null check (form in ('D1', 'D2', 'D3', 'D4', 'D5', 'D6')),
  state text not null check (state in ('draft', 'applied', 'reviewed', 'government', 'approved', 'proceeds', 'closed', 'refused',
    'withdrawn', 'abandoned')),
  reason text not null,
  -- Invested, pledged or given as security (AST-R24).
  encumbered boolean not null,
  receiver_organ_id uuid,
  receiver_jurisdiction_code text,
  counterparty text not null default '',
  applied_on date,
  applied_by text,
  tier text check (tier in ('T1', 'T2', 'T3')),
  path text,
  -- What the rules said when it was submitted.
  findings jsonb,
  reviewed_on date,
  consent_list_id uuid references disposal.consent_list (id),
  consent_document text,
  consented_on date,
  government_document text,
  government_on date,
  approved_on date,
  receipt_case_id uuid,
  received_on date,
  received_by uuid,
  received_by_name text,
  carried_out_on date,
  carried_out jsonb,
  case_id uuid not null,
  version integer not null default 1,
  unique (organ_id, number),
  check (state in ('draft', 'withdrawn') or (number is not null and applied_on is not null and tier is not null)),
  -- Nothing is disposed of without the consent of finance (A12-3, AST-R08).
  check (state not in ('government', 'approved', 'proceeds', 'closed') or (consent_document is not null and consented_on >= applied_on)),
  check (state not in ('approved', 'proceeds', 'closed') or tier <> 'T3' or government_document is not null),
  check (state not in ('proceeds', 'closed') or carried_out_on >= consented_on),
  check ((receiver_organ_id is null) = (receiver_jurisdiction_code is null))
);
create index application_organ on disposal.application (organ_id, id desc);
create index application_level on disposal.application (jurisdiction_code, id desc);
create index application_waiting on disposal.application (jurisdiction_code, state, id desc) where state not in ('closed', 'withdrawn');
create index application_receiver on disposal.application (receiver_organ_id, id desc) where receiver_organ_id is not null;
-- What was applied for within the batch period counts together (AST-R22).
create index application_batch on disposal.application (organ_id, form, applied_on);
revoke delete, truncate on disposal.application from yunbao_app;

create table disposal.item (
  application_id uuid not null references disposal.application (id),
  card_id uuid not null references assets.card (id),
  -- The card as it was when it was put into the application.
  number text not null,
  name text not null,
  model text not null,
  class_name text not null,
  class_code text,
  item text,
  depreciation text,
  place text not null,
  quantity integer not null,
  cost_fen bigint not null,
  accumulated_fen bigint not null,
  net_fen bigint not null,
  acquired_on date not null,
  condition text not null check (condition in ('usable', 'repairable', 'broken', 'gone')),
  -- What the card's state was; it has it again when nothing comes of the disposal.
  state_before text not null,
  primary key (application_id, card_id)
);
create index item_card on disposal.item (card_id);

create table disposal.paper (
  application_id uuid not null references disposal.application (id),
  kind text not null,
  number text not null,
  issuer text not null,
  issued_on date not null,
  primary key (application_id, kind)
);

create table disposal.proceeds (
  application_id uuid primary key references disposal.application (id),
  gross_fen bigint not null check (gross_fen >= 0),
  taxes_fen bigint not null check (taxes_fen >= 0),
  appraisal_fen bigint not null check (appraisal_fen >= 0),
  trade_fen bigint not null check (trade_fen >= 0),
  other_fen bigint not null check (other_fen >= 0),
  net_fen bigint not null generated always as (gross_fen - taxes_fen - appraisal_fen - trade_fen - other_fen) stored check (net_fen >= 0),
  received_on date not null,
  due_on date not null,
  paid_on date check (paid_on >= received_on),
  voucher_number text,
  revenue_code text not null
);
create index proceeds_open on disposal.proceeds (due_on) where paid_on is null;
revoke delete, truncate on disposal.proceeds from yunbao_app;

select kernel.guard_rows('disposal.consent_list', $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$);
-- The receiver of a free transfer reads what it is to sign for.
select kernel.guard_rows('disposal.application', $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())
  or receiver_organ_id = (select kernel.own_organ())$$);
select kernel.guard_rows(t, $$exists (select from disposal.application a where a.id = application_id)$$)
  from unnest(array['disposal.item', 'disposal.paper', 'disposal.proceeds']::regclass[]) t;
