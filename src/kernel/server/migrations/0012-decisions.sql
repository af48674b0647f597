-- Decisions 决定: what rules found (judgement) and what was decided on it (decision), kept so that both can be explained and
-- replayed years later. Append-only; only content that must not be kept (Art. 44) can be emptied, and that leaves its trace.
create table kernel.judgement (
  id uuid primary key,
  kind text not null,
  rules_version integer not null check (rules_version >= 0),
  organ_id uuid not null,
  jurisdiction_code text not null,
  -- The day and budget year whose standards counted, and exactly which rows those were; null where none were asked.
  standards_on date,
  standards_year integer,
  standards_snapshot text,
  -- As they were, letter by letter (json, not jsonb: the order of inputs and values is for people). Null where the content
  -- was purged; inputs also where rules judged before they were kept.
  inputs json,
  findings json,
  conclusion json,
  made_at timestamptz not null,
  purged_at timestamptz,
  check (num_nulls(standards_on, standards_year, standards_snapshot) in (0, 3)),
  check (case when purged_at is null then num_nulls(findings, conclusion) = 0 else num_nonnulls(inputs, findings, conclusion) = 0 end)
);

-- Two to three thousand letters a row are read whole and written by the hundred thousand: kept beside each other as they are.
alter table kernel.judgement set (toast_tuple_target = 8160);

create table kernel.decision (
  id uuid primary key,
  -- For people; unique within the organ it concerns, so that it tells nothing of others.
  number text not null,
  kind text not null,
  subject_kind text not null,
  subject_id uuid not null,
  organ_id uuid not null,
  jurisdiction_code text not null,
  year integer not null,
  title text,
  -- Page of the record decided on.
  link text not null,
  judgement_id uuid not null references kernel.judgement (id),
  effect text not null check (effect in ('made', 'undone')),
  -- The decision on the same matter that this one replaces or takes back; each is replaced once.
  supersedes_id uuid unique references kernel.decision (id),
  outcome text not null check (outcome in ('ok', 'warn', 'needs-approval', 'block')),
  -- What a person decided; null where the rules' conclusion is the decision.
  taken json,
  deviates boolean not null,
  norms text[] not null,
  standards text[] not null,
  -- Known to the organ only once released: a review is not told line by line before it is closed.
  held boolean not null,
  decided_by uuid,
  decided_by_name text not null,
  decided_at timestamptz not null,
  digest text not null,
  purged_at timestamptz,
  unique (number, organ_id),
  check (purged_at is null or num_nonnulls(title, taken) = 0)
);
create index decision_jurisdiction on kernel.decision (jurisdiction_code, decided_at desc, id desc);
create index decision_organ on kernel.decision (organ_id, decided_at desc, id desc);
create index decision_subject on kernel.decision (subject_id);
-- One line of decisions a matter: of two first ones at once the database takes one.
create unique index decision_first on kernel.decision (kind, subject_id) where supersedes_id is null;
create index decision_judgement on kernel.decision (judgement_id);
create index decision_grounds on kernel.decision using gin (norms, standards);

create table kernel.decision_release (
  decision_id uuid primary key references kernel.decision (id),
  released_at timestamptz not null
);

-- Digest over all that was decided and on what; the record keeps it too, so that a changed row shows.
create function kernel.decision_digest(d kernel.decision, j kernel.judgement) returns text
language sql immutable as $$
  select encode(sha256(convert_to(jsonb_build_array(d.id, d.number, d.kind, d.subject_kind, d.subject_id, d.organ_id,
    d.jurisdiction_code, d.year, d.title, d.effect, d.supersedes_id, d.outcome, d.taken::text, d.deviates, d.norms, d.standards,
    d.decided_by, d.decided_by_name, extract(epoch from d.decided_at), j.id, j.rules_version, j.standards_on, j.standards_year,
    j.standards_snapshot, j.inputs::text, j.findings::text, j.conclusion::text)::text, 'UTF8')), 'hex')
$$;

create function kernel.digest_decision() returns trigger
language plpgsql as $$
declare
  judged kernel.judgement;
begin
  select * into strict judged from kernel.judgement where id = new.judgement_id;
  new.digest := kernel.decision_digest(new, judged);
  return new;
end $$;
create trigger decision_digested before insert on kernel.decision for each row execute function kernel.digest_decision();

-- The only change of a kept row: its content is emptied, once and whole.
create function kernel.only_purge() returns trigger
language plpgsql as $$
begin
  if old.purged_at is not null or new.purged_at is null then
    raise exception '已作出的决定不能修改' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger judgement_only_purged before update on kernel.judgement for each row execute function kernel.only_purge();
create trigger decision_only_purged before update on kernel.decision for each row execute function kernel.only_purge();

revoke update, delete, truncate on kernel.judgement, kernel.decision, kernel.decision_release from yunbao_app;
grant update (inputs, findings, conclusion, purged_at) on kernel.judgement to yunbao_app;
grant update (title, taken, purged_at) on kernel.decision to yunbao_app;

-- Second wall: an organ's own, and what authority, finance and audit read of their level.
select kernel.guard_rows('kernel.judgement', $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$);
select kernel.guard_rows('kernel.decision', $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$);
select kernel.guard_rows('kernel.decision_release', $$exists (select from kernel.decision d where d.id = decision_id)$$);
