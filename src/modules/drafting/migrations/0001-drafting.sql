-- Drafts of standards and of the guidance catalogue (Art. 6, 9): proposals only; what is approved becomes rows of `standards`.
create table drafting.draft (
  id uuid primary key,
  number text not null,
  matter text not null check (matter in ('standard', 'expenditure', 'parameter', 'catalogue')),
  jurisdiction_code text not null,
  organ_id uuid not null,
  document_title text not null,
  reason text not null,
  in_force_on date,
  retroactive_ground text not null default '',
  state text not null check (state in ('drafting', 'consulting', 'approving', 'returned', 'approved', 'refused', 'withdrawn')),
  case_id uuid,
  -- What stood in the draft when opinions were asked for, key by key: only that has been consulted on (A9-1).
  consulted jsonb,
  -- Everybody who wrote in it; none of them may approve it (ROLE-R02).
  authors uuid[] not null default '{}',
  submitted_by uuid,
  drafted_by_name text not null,
  drafted_on date not null,
  document_number text,
  document_id uuid,
  approved_on date,
  approved_by_name text,
  change_count integer not null default 0,
  version integer not null default 1,
  unique (organ_id, number),
  check ((state = 'approved') = (approved_on is not null)),
  check (approved_on is null or (in_force_on is not null and document_number is not null))
);
create index draft_jurisdiction on drafting.draft (jurisdiction_code, id desc);
create index draft_state on drafting.draft (jurisdiction_code, state, id desc);

create table drafting.change (
  id uuid primary key,
  draft_id uuid not null references drafting.draft (id) on delete cascade,
  line_no integer not null,
  code text not null,
  level text,
  rank text,
  content jsonb not null,
  -- The row as it stood when it was taken into the draft, for the comparison years later.
  before jsonb,
  -- The row of `standards` this became, or the one it ended.
  enacted_id uuid,
  unique (draft_id, line_no) deferrable initially deferred
);
create unique index change_key on drafting.change (draft_id, code, coalesce(level, ''), coalesce(rank, ''));
create index change_code on drafting.change (code, draft_id);

-- Finance's review of what rests on a changed quota or service standard (Art. 9 para 2; A9-3).
create table drafting.expenditure_review (
  id uuid primary key,
  jurisdiction_code text not null,
  organ_id uuid not null,
  draft_id uuid not null references drafting.draft (id),
  document text not null,
  codes text[] not null,
  resting_codes text[] not null,
  state text not null check (state in ('open', 'kept', 'revised')),
  case_id uuid,
  revision_draft_id uuid references drafting.draft (id),
  opinion text,
  opened_on date not null,
  due_on date,
  concluded_on date,
  concluded_by_name text,
  version integer not null default 1,
  unique (draft_id, jurisdiction_code),
  check ((state = 'open') = (concluded_on is null))
);
create index expenditure_review_jurisdiction on drafting.expenditure_review (jurisdiction_code, state, id desc);
create index expenditure_review_revision on drafting.expenditure_review (revision_draft_id) where revision_draft_id is not null;

-- A standard was looked at and stays as it is (A9-2: at least yearly, project default).
create table drafting.look (
  id uuid primary key,
  jurisdiction_code text not null,
  code text not null,
  looked_on date not null,
  person_id uuid,
  person_name text not null,
  opinion text not null
);
create index look_latest on drafting.look (jurisdiction_code, code, looked_on desc);

-- When the department was last told that standards wait to be looked at: once a month is enough.
create table drafting.reminder (
  jurisdiction_code text not null,
  part text not null check (part in ('authority', 'finance')),
  reminded_on date not null,
  primary key (jurisdiction_code, part)
);

-- Rows of `standards` whose document leaves the decision to the levels below: those may be looser too (Art. 6 para 2).
create table drafting.local_decision (
  standard_id uuid primary key,
  draft_id uuid not null references drafting.draft (id)
);

-- Second wall (kernel/server/scope.ts): the department's own and what is read of the level; a draft is open to those it will
-- bind once their opinions are asked for.
select kernel.guard_rows('drafting.draft',
  $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())
    or (state in ('consulting', 'approving', 'approved')
      and (select kernel.own_jurisdiction()) like regexp_replace(jurisdiction_code, '(00)+$', '') || '%')$$,
  $$organ_id = (select kernel.own_organ())$$);
select kernel.guard_rows('drafting.change', $$exists (select from drafting.draft d where d.id = draft_id)$$,
  $$exists (select from drafting.draft d where d.id = draft_id and d.organ_id = (select kernel.own_organ()))$$);
select kernel.guard_rows('drafting.expenditure_review',
  $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$);
select kernel.guard_rows('drafting.look', $$jurisdiction_code = (select kernel.own_level())$$);
select kernel.guard_rows('drafting.reminder', $$jurisdiction_code = (select kernel.own_level())$$);
