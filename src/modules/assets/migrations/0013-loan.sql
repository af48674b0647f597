-- Things lent 借用 outside the warehouse (Art. 12): to a person of the organ or to another organ of the level, for a term, signed for.
-- The card stays with its organ and custodian; while it is away no other procedure takes it.
create table assets.loan (
  id uuid primary key,
  organ_id uuid not null,
  jurisdiction_code text not null,
  number text not null,
  state text not null check (state in ('offered', 'lent', 'handed-back', 'returned', 'declined', 'withdrawn')),
  borrower_organ_id uuid not null,
  borrower_organ_name text not null,
  borrower_id uuid not null,
  borrower_name text not null,
  reason text not null,
  -- Paper that consents; a loan to another organ has one.
  document text not null default '',
  due_on date not null,
  extended boolean not null default false,
  offered_on date not null,
  offered_by_name text not null,
  lent_on date,
  handed_back_on date,
  closed_on date,
  closed_by_name text not null default '',
  answer text not null default '',
  case_id uuid not null,
  version integer not null default 1,
  unique (organ_id, number),
  check (due_on > offered_on),
  check ((closed_on is null) = (state in ('offered', 'lent', 'handed-back'))),
  check (lent_on is not null or state in ('offered', 'declined', 'withdrawn')),
  check (borrower_organ_id = organ_id or document <> '')
);
create index loan_organ on assets.loan (organ_id, id desc);
create index loan_borrower_organ on assets.loan (borrower_organ_id, id desc);
create index loan_level on assets.loan (jurisdiction_code, id desc);
create index loan_borrower on assets.loan (borrower_id, id desc);
create index loan_due on assets.loan (due_on) where lent_on is not null and closed_on is null;
create table assets.loan_card (
  loan_id uuid not null references assets.loan (id),
  card_id uuid not null references assets.card (id),
  organ_id uuid not null,
  -- As the borrower saw it when it was offered.
  number text not null,
  name text not null,
  place text not null,
  cost_fen bigint not null,
  -- What it goes back to.
  state_before text not null,
  user_before text not null,
  condition text check (condition in ('sound', 'damaged', 'lost')),
  note text not null default '',
  primary key (loan_id, card_id)
);
create index loan_card_card on assets.loan_card (card_id);
revoke delete, truncate on assets.loan, assets.loan_card from yunbao_app;
select kernel.guard_rows('assets.loan', $$organ_id = (select kernel.own_organ()) or borrower_organ_id = (select kernel.own_organ())
  or jurisdiction_code = (select kernel.own_level())$$);
select kernel.guard_rows('assets.loan_card', $$exists (select from assets.loan l where l.id = loan_id)$$);

alter table assets.engagement drop constraint engagement_procedure_check;
alter table assets.engagement add constraint engagement_procedure_check check (procedure in ('handover', 'loan', 'repair', 'disposal', 'intake', 'count'));
