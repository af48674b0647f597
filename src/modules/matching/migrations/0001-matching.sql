-- Match before buying (Art. 23): what a cycle's demands could be met by, and what the reviewer said to it.
create table matching.proposal (
  id uuid primary key,
  cycle_id uuid not null references plans.cycle (id),
  jurisdiction_code text not null,
  year integer not null,
  job_id uuid,
  asked_by_name text not null,
  asked_at timestamptz not null,
  -- Set once, with the result.
  finished_at timestamptz,
  took_ms integer,
  line_count integer not null default 0,
  stock_pieces integer not null default 0,
  saved_fen bigint not null default 0 check (saved_fen >= 0),
  -- What no assignment could pass.
  bound_fen bigint not null default 0,
  -- What first come, first served would have saved.
  by_turn_fen bigint not null default 0,
  check (bound_fen >= saved_fen)
);
create index proposal_cycle on matching.proposal (cycle_id, finished_at desc);
-- One at a time is reckoned for a cycle.
create unique index proposal_pending on matching.proposal (cycle_id) where finished_at is null;

create table matching.line (
  id uuid primary key,
  proposal_id uuid not null references matching.proposal (id) on delete cascade,
  cycle_id uuid not null references plans.cycle (id),
  jurisdiction_code text not null,
  organ_id uuid not null,
  organ_name text not null,
  demand_id uuid not null,
  demand_line_id uuid not null,
  line_no integer not null,
  item_name text not null,
  standard_code text not null,
  unit text not null,
  asked numeric(14, 2) not null,
  needed integer not null check (needed > 0),
  in_use numeric(14, 2) not null,
  price_fen bigint not null check (price_fen > 0),
  replacement boolean not null,
  matched integer not null check (matched > 0 and matched <= needed),
  from_warehouse integer not null check (from_warehouse >= 0 and from_warehouse <= matched),
  saved_fen bigint not null check (saved_fen >= 0),
  judgement_id uuid not null,
  state text not null check (state in ('proposed', 'accepted', 'refused', 'withdrawn')),
  accepted_pieces integer not null default 0 check (accepted_pieces >= 0 and accepted_pieces <= matched),
  accepted_fen bigint not null default 0 check (accepted_fen >= 0),
  reason text not null default '',
  answered_by_name text not null default '',
  answered_at timestamptz,
  request_id uuid,
  request_number text not null default '',
  decision_id uuid,
  version integer not null default 1,
  check ((state = 'proposed') = (answered_at is null)),
  check ((state = 'accepted') = (accepted_pieces > 0)),
  check (state <> 'refused' or length(btrim(reason)) >= 4)
);
create index line_proposal on matching.line (proposal_id, saved_fen desc, id desc);
create index line_organ on matching.line (proposal_id, organ_id);
create index line_cycle on matching.line (cycle_id, state);
-- GWC-R13: what a demand line saves is counted once.
create unique index line_accepted on matching.line (demand_line_id) where state = 'accepted';

create table matching.allotment (
  id uuid primary key,
  line_id uuid not null references matching.line (id) on delete cascade,
  place_no integer not null,
  source text not null check (source in ('warehouse', 'idle')),
  supply_id uuid not null,
  card_id uuid not null,
  owner_organ_id uuid not null,
  number text not null,
  pieces integer not null check (pieces > 0),
  saved_fen bigint not null check (saved_fen >= 0),
  -- The thing as it was found, for showing it.
  supply jsonb not null,
  accepted boolean not null default false,
  unique (line_id, place_no)
);
-- GWC-R12: a thing is kept for one line.
create unique index allotment_accepted on matching.allotment (card_id) where accepted;

-- Only those who read the level; an organ reads what was decided on its lines, in the plan and in its decisions.
select kernel.guard_rows(t, $$jurisdiction_code = (select kernel.own_level())$$)
  from unnest(array['matching.proposal', 'matching.line']::regclass[]) t;
select kernel.guard_rows('matching.allotment', $$exists (select from matching.line l where l.id = line_id)$$);
