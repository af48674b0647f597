-- Cases 事项: one row for each procedure under way or finished; the module keeps the subject, the engine the course.
create table kernel.case_item (
  id uuid primary key,
  kind text not null,
  subject_id uuid not null,
  title text not null,
  applicant_organ_id uuid not null,
  jurisdiction_code text not null,
  state text not null,
  waiting_party text check (waiting_party in ('applicant', 'authority', 'finance')),
  waiting_roles text[] not null default '{}',
  assigned_person_id uuid,
  assigned_person_name text,
  submitted_by uuid,
  step integer not null default 0,
  entered_at timestamptz not null,
  due_on date,
  due_provisional boolean not null default false,
  clock_from date,
  clock_count integer,
  clock_unit text check (clock_unit in ('workdays', 'calendar-days')),
  overdue_told_on date,
  opened_at timestamptz not null,
  opened_by uuid,
  closed_at timestamptz,
  outcome text check (outcome in ('done', 'refused', 'withdrawn')),
  unique (kind, subject_id),
  check ((closed_at is null) = (waiting_party is not null)),
  check ((closed_at is null) = (outcome is null))
);
-- The inbox asks by party: the organ's own cases, and those that wait for its statutory part.
create index case_waiting_organ on kernel.case_item (applicant_organ_id, due_on, id) where closed_at is null;
create index case_waiting_part on kernel.case_item (jurisdiction_code, waiting_party, due_on, id) where closed_at is null;
create index case_due on kernel.case_item (due_on, id) where closed_at is null and due_on is not null;
create index case_started on kernel.case_item (applicant_organ_id, opened_at desc, id);

-- One row for each step taken: who, when, opinion; a step has one decision, whatever the concurrency.
create table kernel.case_step (
  case_id uuid not null references kernel.case_item (id),
  step integer not null,
  transition text not null,
  act text not null,
  from_state text not null,
  to_state text not null,
  person_id uuid,
  person_name text not null,
  organ_id uuid,
  organ_name text,
  opinion text,
  at timestamptz not null,
  workdays_used integer not null,
  primary key (case_id, step)
);
revoke update, delete, truncate on kernel.case_step from yunbao_app;

-- Opinions asked of others before the step is taken: co-sign 会签 (another organ), add a signer 加签 (a person of one's own).
create table kernel.case_signature (
  id uuid primary key,
  case_id uuid not null references kernel.case_item (id),
  step integer not null,
  kind text not null check (kind in ('co-sign', 'signer')),
  organ_id uuid not null,
  person_id uuid,
  question text not null,
  asked_by uuid not null,
  asked_by_name text not null,
  asked_at timestamptz not null,
  answered_by uuid,
  answered_by_name text,
  answered_at timestamptz,
  agrees boolean,
  opinion text,
  recalled_at timestamptz,
  check ((answered_at is null) = (agrees is null))
);
create unique index case_signature_once on kernel.case_signature (case_id, step, organ_id, coalesce(person_id, '00000000-0000-0000-0000-000000000000'))
  where recalled_at is null;
create index case_signature_open on kernel.case_signature (organ_id) where answered_at is null and recalled_at is null;

-- Reminders of the statutory clock, each once: unique by case, step and day of the count.
create table kernel.case_reminder (
  case_id uuid not null references kernel.case_item (id),
  step integer not null,
  day integer not null,
  at timestamptz not null,
  primary key (case_id, step, day)
);

-- Notices to the people who hold certain roles at an organ; what a person has read is the person's own.
create table kernel.notification (
  id bigint generated always as identity primary key,
  organ_id uuid not null,
  roles text[] not null,
  person_id uuid,
  text text not null,
  link text not null,
  at timestamptz not null
);
create index notification_organ on kernel.notification (organ_id, id desc);
create table kernel.notification_read (
  person_id uuid not null,
  notification_id bigint not null references kernel.notification (id),
  at timestamptz not null,
  primary key (person_id, notification_id)
);
