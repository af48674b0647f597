-- Which demand lines a standard bears on, for the impact of a draft before it is approved (A9-2).
create index demand_line_standard on plans.demand_line (cycle_id, standard_code, id) where standard_code is not null;
