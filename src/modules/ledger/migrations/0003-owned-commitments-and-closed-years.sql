-- A commitment that a case made is released and spent by that case alone.
alter table ledger.commitment
  add column case_id uuid,
  -- Carried over 结转 when its year was closed: it may still be paid from.
  add column carried_on date;
create index commitment_case on ledger.commitment (case_id) where case_id is not null;
-- Set when the year of the line was closed with finance's consent: nothing is planned, held or spent on it any more.
alter table ledger.line add column closed_on date;
