-- Second wall (kernel/server/scope.ts): an organ's own, and what authority, finance and audit read of their level.
select kernel.guard_rows('plans.cycle', $$jurisdiction_code = (select kernel.own_jurisdiction())$$);
select kernel.guard_rows('plans.demand', $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$);
select kernel.guard_rows('plans.demand_line', $$exists (select from plans.demand d where d.id = demand_id)$$);
select kernel.guard_rows('plans.import', $$exists (select from plans.demand d where d.id = demand_id)$$);
select kernel.guard_rows('plans.review', $$exists (select from plans.demand d where d.id = demand_id)$$);
select kernel.guard_rows('plans.notice', $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$);
select kernel.guard_rows('plans.plan', $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$);
-- An organ reads the lines that serve it in the authority's plan too (last year's, for its next demand).
select kernel.guard_rows('plans.plan_line',
  $$served_organ_id = (select kernel.own_organ()) or exists (select from plans.plan p where p.id = plan_id)$$,
  $$exists (select from plans.plan p where p.id = plan_id)$$);
select kernel.guard_rows('plans.plan_version', $$exists (select from plans.plan p where p.id = plan_id)$$);
select kernel.guard_rows('plans.adjustment', $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$);
select kernel.guard_rows('plans.report', $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$);
