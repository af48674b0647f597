-- Second wall (kernel/server/scope.ts): an organ's own, and what authority, finance and audit read of their level.
select kernel.guard_rows('budget.budget', $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$);
select kernel.guard_rows('budget.line', $$exists (select from budget.budget b where b.id = budget_id)$$);
