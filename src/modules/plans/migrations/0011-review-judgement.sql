-- What the rules found on a line is kept once, as a judgement that can be replayed; the review points at it.
alter table plans.review add column judgement_id uuid;
update plans.review set judgement_id = gen_random_uuid();
-- Proposals from before: their findings still explain them, but their inputs were not kept.
insert into kernel.judgement (id, kind, rules_version, organ_id, jurisdiction_code, findings, conclusion, made_at)
  select r.judgement_id, 'plans.review-line', 0, d.organ_id, d.jurisdiction_code, r.findings::json,
    json_build_object('says', r.proposed_reason, 'values', '{}'::json), coalesce(r.proposed_at, now())
  from plans.review r join plans.demand d on d.id = r.demand_id;
alter table plans.review alter column judgement_id set not null;
alter table plans.review drop column findings;
-- The decision in force on the line; null while none is taken, and for those from before decisions were kept.
alter table plans.review add column decision_id uuid;
