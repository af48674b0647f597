-- Second wall (kernel/server/scope.ts): who holds the money, whom it serves, and who reads the level.
select kernel.guard_rows('ledger.line',
  $$holder_organ_id = (select kernel.own_organ()) or served_organ_id = (select kernel.own_organ())
    or jurisdiction_code = (select kernel.own_level())$$,
  $$holder_organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$);
select kernel.guard_rows('ledger.commitment', $$exists (select from ledger.line l where l.id = line_id)$$);
select kernel.guard_rows('ledger.entry', $$exists (select from ledger.line l where l.id = line_id)$$);
