-- Budgets made from plans (Art. 10, 33): each line pays for one plan line.
create table budget.budget (
  id uuid primary key,
  cycle_id uuid not null,
  plan_id uuid not null unique,
  jurisdiction_code text not null,
  year integer not null,
  organ_id uuid not null,
  kind text not null check (kind in ('authority', 'organ')),
  state text not null check (state in ('draft', 'proposed', 'controlled', 'drafted', 'approved')),
  case_id uuid,
  control_fen bigint check (control_fen >= 0),
  control_document text,
  reply_document text,
  replied_on date,
  version integer not null default 1
);
create index budget_jurisdiction on budget.budget (jurisdiction_code, year, state, id);
create index budget_organ on budget.budget (organ_id, year desc, id);

create table budget.line (
  id uuid primary key,
  budget_id uuid not null references budget.budget (id) on delete cascade,
  line_no integer not null,
  plan_line_id uuid not null,
  plan_number text not null,
  item_name text not null,
  need_kind text not null,
  served_organ_id uuid not null,
  economic_code text not null,
  functional_code text not null,
  proposed_fen bigint not null check (proposed_fen >= 0),
  control_fen bigint check (control_fen >= 0),
  drafted_fen bigint not null check (drafted_fen >= 0),
  approved_fen bigint check (approved_fen >= 0),
  unique (budget_id, line_no)
);
create index line_plan_line on budget.line (plan_line_id);
