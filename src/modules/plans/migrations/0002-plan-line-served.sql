-- Last year's lines of an organ, wherever they were planned: asked for at every demand.
create index plan_line_served on plans.plan_line (served_organ_id, plan_id, plan_version);
