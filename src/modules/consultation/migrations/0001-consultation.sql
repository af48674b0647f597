-- Opinions asked of the organs served on a draft, and what became of each (Art. 5, 9, 38; norm A9-1).
create table consultation.consultation (
  id uuid primary key,
  number text not null unique,
  -- The record of another module that is the draft; null for a text on its own.
  subject_kind text,
  subject_id uuid,
  title text not null,
  text text not null,
  -- Official documents that are part of the draft.
  document_ids uuid[] not null default '{}',
  organ_id uuid not null,
  jurisdiction_code text not null,
  state text not null check (state in ('open', 'answering', 'closed', 'withdrawn')),
  opinions_until date not null,
  -- Whether the summary names the organ of each opinion to the other organs.
  names_shown boolean not null,
  opened_on date not null,
  opened_by_name text not null,
  case_id uuid not null,
  reminded_on date,
  closed_on date,
  closed_by_name text,
  conclusion text,
  summary_document_id uuid,
  -- Numbers of opinions are never given twice, so that a number in the record means one opinion.
  last_item_no integer not null default 0,
  version integer not null default 1,
  check ((subject_kind is null) = (subject_id is null)),
  check ((state = 'closed') = (closed_on is not null and summary_document_id is not null))
);
create index consultation_jurisdiction on consultation.consultation (jurisdiction_code, id desc);
create index consultation_subject on consultation.consultation (subject_kind, subject_id, id desc) where subject_id is not null;
create index consultation_running on consultation.consultation (opinions_until) where state = 'open';
-- One at a time on a subject; a second round may follow the first.
create unique index consultation_one_running on consultation.consultation (subject_kind, subject_id)
  where state in ('open', 'answering') and subject_id is not null;

-- What one invited organ says. The draft is the organ's own until it is submitted.
create table consultation.opinion (
  id uuid primary key,
  consultation_id uuid not null references consultation.consultation (id),
  organ_id uuid not null,
  state text not null check (state in ('waiting', 'answered', 'unanswered', 'withdrawn')),
  stance text check (stance in ('agrees', 'comments')),
  late boolean not null default false,
  draft jsonb,
  submitted_at timestamptz,
  submitted_by_name text,
  case_id uuid not null,
  version integer not null default 1,
  unique (consultation_id, organ_id),
  check ((state = 'answered') = (submitted_at is not null and stance is not null))
);
create index opinion_organ on consultation.opinion (organ_id, state, consultation_id desc);

-- One opinion on one place of the draft, with the answer given to it.
create table consultation.item (
  id uuid primary key,
  consultation_id uuid not null references consultation.consultation (id),
  opinion_id uuid not null references consultation.opinion (id),
  item_no integer not null,
  place text not null,
  opinion text not null check (opinion <> ''),
  suggestion text not null,
  reason text not null,
  -- Items that say the same, put together by who answers.
  group_label text,
  reply text check (reply in ('adopted', 'partly', 'not-adopted')),
  reply_reason text,
  replied_by_name text,
  replied_at timestamptz,
  version integer not null default 1,
  unique (consultation_id, item_no),
  check ((reply is null) = (replied_at is null)),
  -- Norm A9-1: whoever does not adopt says why.
  check (reply is null or reply = 'adopted' or coalesce(reply_reason, '') <> '')
);
create index item_opinion on consultation.item (opinion_id, item_no);
create index item_place on consultation.item (consultation_id, place, item_no);
