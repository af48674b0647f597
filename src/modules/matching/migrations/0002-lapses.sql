-- Matching that came to nothing after the review was closed: the line stands as decided (O3) with nothing behind it, and
-- what is missing is to be decided late (Art. 35).
create table matching.lapse (
  id uuid primary key,
  line_id uuid not null,
  cycle_id uuid not null references plans.cycle (id),
  jurisdiction_code text not null,
  organ_id uuid not null,
  organ_name text not null,
  year integer not null,
  demand_id uuid not null,
  demand_line_id uuid not null,
  line_no integer not null,
  item_name text not null,
  standard_code text not null,
  unit text not null,
  pieces integer not null check (pieces > 0),
  price_fen bigint not null check (price_fen > 0),
  cause text not null check (cause in ('finance', 'organ')),
  reason text not null,
  request_id uuid not null unique,
  request_number text not null,
  state text not null check (state in ('open', 'settled')),
  way text check (way in ('adjustment', 'matching', 'waived')),
  -- Number of the adjustment, or of the new allotment.
  document text not null default '',
  opinion text not null default '',
  case_id uuid not null,
  opened_on date not null,
  settled_on date,
  settled_by_name text not null default '',
  version integer not null default 1,
  check ((state = 'settled') = (settled_on is not null)),
  check ((state = 'settled') = (way is not null)),
  check (way is null or way = 'waived' or document <> '')
);
create index lapse_level on matching.lapse (jurisdiction_code, id desc);
create index lapse_organ on matching.lapse (organ_id, id desc);
select kernel.guard_rows('matching.lapse', $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$);
