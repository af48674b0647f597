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
  -- Of the department that asks, whose level reads what is said.
  jurisdiction_code text not null,
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
  organ_id uuid not null,
  late boolean not null,
  item_no integer not null,
  place text not null,
  -- Where the place stands in the draft: article two before article three, whatever the alphabet says.
  place_no integer not null,
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
create index item_place on consultation.item (consultation_id, place_no, place, item_no);

-- How far consultations are, for everybody who may know of them: counts alone, nothing of what is said.
create function consultation.counts_of(consultations uuid[])
  returns table (id uuid, invited int, answered int, late int, commented int, items int, replied int)
  language sql stable security definer set search_path = ''
  as $$
    select o.consultation_id, count(*)::int, (count(*) filter (where o.state = 'answered'))::int, (count(*) filter (where o.late))::int,
      (count(*) filter (where o.stance = 'comments'))::int, coalesce(sum(i.items), 0)::int, coalesce(sum(i.replied), 0)::int
    from consultation.opinion o left join lateral (
      select count(*) as items, count(i.reply) as replied from consultation.item i where i.opinion_id = o.id) i on true
    where o.consultation_id = any(consultations) group by o.consultation_id
  $$;

-- Second wall (kernel/server/scope.ts): an organ reads what it was asked and said itself, and all opinions once the
-- consultation is closed; the level of the department that asked reads everything.
select kernel.guard_rows('consultation.opinion',
  $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$);
select kernel.guard_rows('consultation.consultation',
  $$jurisdiction_code = (select kernel.own_level())
    or exists (select from consultation.opinion o where o.consultation_id = consultation.id and o.organ_id = (select kernel.own_organ()))$$);
select kernel.guard_rows('consultation.item',
  $$organ_id = (select kernel.own_organ()) or exists (select from consultation.consultation c where c.id = consultation_id
    and (c.jurisdiction_code = (select kernel.own_level()) or c.state = 'closed'))$$,
  $$organ_id = (select kernel.own_organ()) or exists (select from consultation.consultation c where c.id = consultation_id
    and c.jurisdiction_code = (select kernel.own_level()))$$);
