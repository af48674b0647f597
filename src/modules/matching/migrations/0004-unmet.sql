-- Demand lines that a proposal leaves to be bought, whole or in part, with why nothing that is there meets them.
create table matching.unmet (
  proposal_id uuid not null references matching.proposal (id) on delete cascade,
  demand_line_id uuid not null,
  cycle_id uuid not null references plans.cycle (id),
  jurisdiction_code text not null,
  organ_id uuid not null,
  organ_name text not null,
  demand_id uuid not null,
  line_no integer not null,
  item_name text not null,
  unit text not null,
  needed integer not null check (needed > 0),
  missing integer not null check (missing > 0 and missing <= needed),
  price_fen bigint not null check (price_fen > 0),
  -- Pieces by reason; empty where there is nothing of the kind.
  reasons jsonb not null,
  primary key (proposal_id, demand_line_id)
);
create index unmet_cycle on matching.unmet (cycle_id);
select kernel.guard_rows('matching.unmet', $$jurisdiction_code = (select kernel.own_level())$$);
