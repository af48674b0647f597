-- On whose behalf a case was submitted, where the submitter acted by delegation alone 委托: whom it belongs to must not
-- decide it either (ROLE-R02).
alter table kernel.case_item add column submitted_for uuid;
