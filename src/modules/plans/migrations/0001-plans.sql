-- The annual plan cycle (Art. 31–36).
create table plans.cycle (
  id uuid primary key,
  jurisdiction_code text not null,
  year integer not null,
  state text not null check (state in ('open', 'planned', 'in-force', 'closed')),
  demand_opens_on date not null,
  demand_closes_on date not null,
  review_until date not null,
  plan_until date not null,
  standards_on date not null,
  opened_on date not null,
  opened_by uuid,
  version integer not null default 1,
  unique (jurisdiction_code, year),
  check (demand_opens_on <= demand_closes_on and demand_closes_on <= review_until and review_until <= plan_until)
);

-- What organs have 配置现状; the asset register feeds it, a stocktaking or import corrects it.
create table plans.holding (
  organ_id uuid not null,
  standard_code text not null,
  title text not null,
  unit text not null,
  quantity numeric(14, 2) not null check (quantity >= 0),
  usable_quantity numeric(14, 2) not null check (usable_quantity >= 0 and usable_quantity <= quantity),
  over_life_quantity numeric(14, 2) not null check (over_life_quantity >= 0),
  idle_quantity numeric(14, 2) not null check (idle_quantity >= 0 and idle_quantity <= usable_quantity),
  quota_quantity numeric(14, 2),
  as_of date not null,
  primary key (organ_id, standard_code)
);
create index holding_idle on plans.holding (standard_code) where idle_quantity > 0;

create table plans.demand (
  id uuid primary key,
  cycle_id uuid not null references plans.cycle (id),
  case_id uuid,
  jurisdiction_code text not null,
  organ_id uuid not null,
  year integer not null,
  number text not null,
  state text not null check (state in ('draft', 'submitted', 'returned', 'reviewed', 'refused-secret')),
  contact text not null default '',
  declared_not_secret boolean not null default false,
  submitted_on date,
  late boolean not null default false,
  line_count integer not null default 0,
  decided_count integer not null default 0,
  finding_count integer not null default 0,
  asked_fen bigint not null default 0 check (asked_fen >= 0),
  approved_fen bigint check (approved_fen >= 0),
  version integer not null default 1,
  unique (cycle_id, organ_id),
  unique (organ_id, number)
);
create index demand_state on plans.demand (cycle_id, state, id);
create index demand_organ on plans.demand (organ_id, year desc, id);

create table plans.demand_line (
  id uuid primary key,
  demand_id uuid not null references plans.demand (id) on delete cascade,
  cycle_id uuid not null references plans.cycle (id),
  line_no integer not null,
  need_kind text,
  item_name text not null,
  standard_code text,
  economic_code text,
  quantity numeric(14, 2) check (quantity >= 0),
  unit text not null,
  unit_price_fen bigint check (unit_price_fen >= 0),
  amount_fen bigint check (amount_fen >= 0),
  fund_source text not null,
  needed_month integer check (needed_month between 1 and 12),
  existing_quantity numeric(14, 2),
  usable_quantity numeric(14, 2),
  disposing_quantity numeric(14, 2),
  replacement jsonb,
  reason text not null,
  note text not null,
  in_own_budget boolean not null default false,
  store_query jsonb,
  carried_from text,
  findings jsonb not null default '[]',
  outcome text not null default 'ok' check (outcome in ('ok', 'warn', 'needs-approval', 'block')),
  unique (demand_id, line_no) deferrable initially deferred
);
create index demand_line_cycle on plans.demand_line (cycle_id, need_kind, id);

-- A workbook read but not yet imported: nothing of it counts until the clerk decides.
create table plans.import (
  id uuid primary key,
  demand_id uuid not null references plans.demand (id) on delete cascade,
  file_name text not null,
  sha256 text not null,
  stored_path text not null,
  preview jsonb not null,
  created_at timestamptz not null,
  applied_at timestamptz
);

-- What the engine proposed and what a person decided, with the findings and parameter versions it rested on.
create table plans.review (
  line_id uuid primary key references plans.demand_line (id) on delete cascade,
  demand_id uuid not null references plans.demand (id) on delete cascade,
  cycle_id uuid not null references plans.cycle (id),
  proposed_opinion text check (proposed_opinion ~ '^O[1-8]$'),
  proposed_quantity numeric(14, 2),
  proposed_fen bigint,
  proposed_reason text,
  centralised boolean,
  findings jsonb not null default '[]',
  oddness integer not null default 0,
  proposed_at timestamptz,
  opinion text check (opinion ~ '^O[1-8]$'),
  quantity numeric(14, 2) check (quantity >= 0),
  amount_fen bigint check (amount_fen >= 0),
  reason text,
  deviates boolean,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  check ((opinion is null) = (decided_at is null)),
  check (opinion is null or opinion not in ('O2', 'O5') or length(btrim(reason)) >= 4)
);
create index review_demand on plans.review (demand_id);
create index review_odd on plans.review (cycle_id, oddness, line_id);

-- Written notices 书面通知 to make one's own plan (Art. 33, norm A33-3).
create table plans.notice (
  id uuid primary key,
  number text not null,
  cycle_id uuid not null references plans.cycle (id),
  demand_id uuid not null unique references plans.demand (id),
  jurisdiction_code text not null,
  organ_id uuid not null,
  line_count integer not null,
  amount_fen bigint not null,
  issued_on date not null,
  due_on date not null,
  delivered_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  acknowledged_by_name text,
  document_id uuid,
  unique (jurisdiction_code, number)
);
create index notice_organ on plans.notice (organ_id, id);
create index notice_cycle on plans.notice (cycle_id, id);

create table plans.plan (
  id uuid primary key,
  cycle_id uuid not null references plans.cycle (id),
  jurisdiction_code text not null,
  year integer not null,
  organ_id uuid not null,
  kind text not null check (kind in ('authority', 'organ')),
  plan_version integer not null default 1,
  state text not null check (state in ('draft', 'consulting', 'issued', 'in-force', 'superseded')),
  case_id uuid,
  texts jsonb not null,
  document_number text,
  issued_on date,
  in_force_on date,
  -- What finance answered: control figure 控制数 and reply 批复; the plan comes into force with the reply's money.
  control_fen bigint check (control_fen >= 0),
  approved_fen bigint check (approved_fen >= 0),
  reply_document text,
  total_fen bigint not null default 0,
  line_count integer not null default 0,
  version integer not null default 1,
  unique (cycle_id, organ_id, kind)
);
create index plan_jurisdiction on plans.plan (jurisdiction_code, year, kind, id);
create index plan_organ on plans.plan (organ_id, year desc, id);

-- Lines by version: a version once superseded is never touched again.
create table plans.plan_line (
  plan_id uuid not null references plans.plan (id),
  plan_version integer not null,
  id uuid not null,
  line_no integer not null,
  number text not null,
  demand_line_id uuid,
  ledger_line_id uuid,
  centralised boolean not null,
  served_organ_id uuid not null,
  need_kind text not null,
  item_name text not null,
  economic_code text not null,
  unit text not null,
  quantity numeric(14, 2) not null check (quantity >= 0),
  amount_fen bigint not null check (amount_fen >= 0),
  from_month integer not null check (from_month between 1 and 12),
  to_month integer not null check (to_month between 1 and 12),
  primary key (plan_id, plan_version, id)
);
create index plan_line_ledger on plans.plan_line (ledger_line_id) where ledger_line_id is not null;

create table plans.plan_version (
  plan_id uuid not null references plans.plan (id),
  plan_version integer not null,
  made_on date not null,
  made_by text not null,
  reason text not null,
  total_fen bigint not null,
  texts jsonb not null,
  primary key (plan_id, plan_version)
);

-- Adjustments made first and filed within 15 working days (Art. 35).
create table plans.adjustment (
  id uuid primary key,
  number text not null,
  jurisdiction_code text not null,
  organ_id uuid not null,
  year integer not null,
  type text not null check (type in ('emergency', 'policy-change', 'other-special')),
  cause text not null,
  basis_document text not null,
  adjusted_on date not null,
  fund_source text not null,
  changes jsonb not null,
  findings jsonb not null,
  needs_finance boolean not null,
  finance_document text,
  state text not null check (state in ('made', 'awaiting-finance', 'filed', 'returned', 'received', 'objected', 'withdrawn')),
  case_id uuid,
  due_on date not null,
  due_provisional boolean not null,
  filed_at timestamptz,
  overdue boolean not null default false,
  ledger_posted boolean not null default false,
  amount_fen bigint not null,
  version integer not null default 1,
  created_by uuid,
  unique (organ_id, number)
);
create index adjustment_jurisdiction on plans.adjustment (jurisdiction_code, year, state, id);
create index adjustment_organ on plans.adjustment (organ_id, year, id);

-- Execution reports (Art. 36): texts are written, figures are drawn from the ledger.
create table plans.report (
  id uuid primary key,
  jurisdiction_code text not null,
  year integer not null,
  kind text not null check (kind in ('organ', 'consolidated')),
  organ_id uuid not null,
  number text not null,
  state text not null check (state in ('draft', 'signed', 'sent', 'returned', 'received')),
  case_id uuid,
  texts jsonb not null,
  figures jsonb not null,
  due_on date not null,
  sent_at timestamptz,
  copied_to_finance_at timestamptz,
  document_id uuid,
  version integer not null default 1,
  unique (organ_id, year, kind)
);
create index report_jurisdiction on plans.report (jurisdiction_code, year, kind, id);
