-- Closing a budget year 年度结束 (facts 1.3, B80): asked for by the authority, consented to by finance.
create table plans.closing (
  cycle_id uuid primary key references plans.cycle (id),
  jurisdiction_code text not null,
  year integer not null,
  state text not null check (state in ('asked', 'returned', 'closed')),
  -- The ledger as it was when asked, 分: finance consents to these figures and no others.
  lines integer not null,
  planned_fen bigint not null,
  executed_fen bigint not null,
  open_fen bigint not null check (open_fen >= 0),
  open_count integer not null check (open_count >= 0),
  -- Why what is still held is carried over; empty where nothing is.
  carry_reason text not null,
  document text,
  opinion text,
  asked_on date not null,
  asked_by_name text not null,
  decided_on date,
  decided_by_name text,
  case_id uuid not null,
  version integer not null default 1,
  check (open_count = 0 or carry_reason <> ''),
  check ((state = 'asked') = (decided_on is null))
);
revoke delete, truncate on plans.closing from yunbao_app;
select kernel.guard_rows('plans.closing', $$jurisdiction_code = (select kernel.own_level())$$);
