-- Satisfaction of the organs served, asked regularly, and what is improved because of it (Art. 5, 38; norms A5-1, A38-1).
create table consultation.survey (
  id uuid primary key,
  number text not null unique,
  title text not null,
  -- Fields of service with the question put to the organs, in order.
  questions jsonb not null,
  organ_id uuid not null,
  jurisdiction_code text not null,
  state text not null check (state in ('open', 'closed', 'withdrawn')),
  answers_until date not null,
  opened_on date not null,
  opened_by_name text not null,
  case_id uuid not null,
  closed_on date,
  closed_by_name text,
  conclusion text,
  version integer not null default 1,
  check ((state = 'closed') = (closed_on is not null))
);
create index survey_jurisdiction on consultation.survey (jurisdiction_code, id desc);

-- Whether an organ has answered; what it said lies apart.
create table consultation.survey_answer (
  id uuid primary key,
  survey_id uuid not null references consultation.survey (id),
  organ_id uuid not null,
  jurisdiction_code text not null,
  state text not null check (state in ('waiting', 'answered', 'unanswered', 'withdrawn')),
  submitted_at timestamptz,
  submitted_by_name text,
  case_id uuid not null,
  version integer not null default 1,
  unique (survey_id, organ_id),
  check ((state = 'answered') = (submitted_at is not null))
);
create index survey_answer_organ on consultation.survey_answer (organ_id, state, survey_id desc);

-- Scores 1–5 by question, null where the organ does not use the service. Nobody but the organ reads its row.
create table consultation.rating (
  answer_id uuid primary key references consultation.survey_answer (id),
  survey_id uuid not null references consultation.survey (id),
  organ_id uuid not null,
  organ_group text not null,
  scores smallint[] not null check (1 <= all (array_remove(scores, null)) and 5 >= all (array_remove(scores, null))),
  remark text not null
);
create index rating_survey on consultation.rating (survey_id);

-- What is to become better, until it has.
create table consultation.improvement (
  id uuid primary key,
  survey_id uuid not null references consultation.survey (id),
  organ_id uuid not null,
  jurisdiction_code text not null,
  field text not null,
  problem text not null check (problem <> ''),
  measure text not null check (measure <> ''),
  -- Who is in charge: a division or a person.
  owner_name text not null check (owner_name <> ''),
  due_on date not null,
  state text not null check (state in ('open', 'done')),
  result text,
  done_on date,
  case_id uuid not null,
  version integer not null default 1,
  check ((state = 'done') = (done_on is not null and coalesce(result, '') <> ''))
);
create index improvement_survey on consultation.improvement (survey_id, id);

-- Sums over ratings for whoever may read a survey's result: how many gave which score, by question and kind of organ.
create function consultation.scores_of(surveys uuid[])
  returns table (survey_id uuid, organ_group text, question int, score smallint, n int)
  language sql stable security definer set search_path = ''
  as $$
    select r.survey_id, r.organ_group, s.question::int, s.score, count(*)::int
    from consultation.rating r, unnest(r.scores) with ordinality as s (score, question)
    where r.survey_id = any(surveys) and s.score is not null group by 1, 2, 3, 4
  $$;
-- How many were asked and have answered.
create function consultation.survey_counts(surveys uuid[]) returns table (survey_id uuid, invited int, answered int)
  language sql stable security definer set search_path = ''
  as $$
    select a.survey_id, count(*)::int, (count(*) filter (where a.state = 'answered'))::int
    from consultation.survey_answer a where a.survey_id = any(surveys) group by 1
  $$;
-- Remarks without who made them, in an order that tells nothing.
create function consultation.remarks_of(survey uuid) returns setof text
  language sql stable security definer set search_path = ''
  as $$ select r.remark from consultation.rating r where r.survey_id = survey and r.remark <> '' order by md5(r.answer_id::text) limit 1000 $$;

-- Second wall: who was asked, and the level of the department that asks; ratings are the organ's alone.
select kernel.guard_rows('consultation.survey_answer',
  $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$);
select kernel.guard_rows('consultation.survey',
  $$jurisdiction_code = (select kernel.own_level())
    or exists (select from consultation.survey_answer a where a.survey_id = survey.id and a.organ_id = (select kernel.own_organ()))$$);
select kernel.guard_rows('consultation.rating', $$organ_id = (select kernel.own_organ())$$);
select kernel.guard_rows('consultation.improvement',
  $$jurisdiction_code = (select kernel.own_level()) or exists (select from consultation.survey s where s.id = survey_id)$$,
  $$jurisdiction_code = (select kernel.own_level())$$);
