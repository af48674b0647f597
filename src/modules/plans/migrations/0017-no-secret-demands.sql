-- No act ever refused a demand as secret: what bears a mark of secrecy is refused before it is kept (Art. 44), so nothing is in that state.
alter table plans.demand drop constraint demand_state_check,
  add constraint demand_state_check check (state in ('draft', 'submitted', 'returned', 'reviewed'));
