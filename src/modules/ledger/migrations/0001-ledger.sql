-- The plan ledger 计划台账: balances can never pass the plan, whatever the code does (Art. 34, norm A34-2).
create table ledger.line (
  id uuid primary key,
  jurisdiction_code text not null,
  year integer not null,
  number text not null,
  plan_id uuid not null,
  holder_organ_id uuid not null,
  served_organ_id uuid not null,
  need_kind text not null,
  item_name text not null,
  economic_code text not null,
  unit text not null,
  centralised boolean not null,
  planned_fen bigint not null default 0,
  committed_fen bigint not null default 0,
  executed_fen bigint not null default 0,
  planned_quantity numeric(14, 2) not null default 0,
  committed_quantity numeric(14, 2) not null default 0,
  executed_quantity numeric(14, 2) not null default 0,
  version integer not null default 1,
  unique (jurisdiction_code, year, number),
  check (planned_fen >= 0 and committed_fen >= 0 and executed_fen >= 0),
  check (committed_fen + executed_fen <= planned_fen),
  check (planned_quantity >= 0 and committed_quantity >= 0 and executed_quantity >= 0),
  check (committed_quantity + executed_quantity <= planned_quantity)
);
create index line_holder on ledger.line (holder_organ_id, year, need_kind, id);
create index line_served on ledger.line (served_organ_id, year, need_kind, id);
create index line_jurisdiction on ledger.line (jurisdiction_code, year, need_kind, id);
create index line_plan on ledger.line (plan_id);

create table ledger.commitment (
  id uuid primary key,
  line_id uuid not null references ledger.line (id),
  title text not null,
  counterparty text,
  document text,
  committed_on date not null,
  open_fen bigint not null check (open_fen >= 0),
  open_quantity numeric(14, 2) not null check (open_quantity >= 0)
);
create index commitment_line on ledger.commitment (line_id) where open_fen > 0;

-- Append-only: a mistake is put right by a reversing entry. `source` keys the cause, so that nothing posts twice.
create table ledger.entry (
  id bigint generated always as identity primary key,
  line_id uuid not null references ledger.line (id),
  kind text not null check (kind in ('open', 'adjust', 'commit', 'release', 'execute', 'reverse')),
  amount_fen bigint not null,
  quantity numeric(14, 2) not null,
  commitment_id uuid references ledger.commitment (id),
  reverses_id bigint unique references ledger.entry (id),
  note text not null,
  document text,
  counterparty text,
  source_kind text not null,
  source_id text not null,
  occurred_on date not null,
  posted_at timestamptz not null,
  posted_by text not null,
  unique (source_kind, source_id, line_id, kind)
);
create index entry_line on ledger.entry (line_id, id);
revoke update, delete, truncate on ledger.entry from yunbao_app;
revoke delete, truncate on ledger.line, ledger.commitment from yunbao_app;
