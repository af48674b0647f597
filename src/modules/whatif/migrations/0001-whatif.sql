-- A sandbox: what is written here is read by nobody who decides, and nothing here refers to live rows by a foreign key.
create table whatif.scenario (
  id uuid primary key,
  organ_id uuid not null,
  jurisdiction_code text not null,
  title text not null check (btrim(title) <> ''),
  year integer not null,
  scope text not null check (scope in ('jurisdiction', 'province')),
  changes jsonb not null,
  made_by uuid,
  made_by_name text not null,
  changed_at timestamptz not null,
  version integer not null default 1
);
create index scenario_organ on whatif.scenario (organ_id, id desc);

-- One computation: what was assumed, what it rested on, what came out. Not finished while `result` is null.
create table whatif.run (
  id uuid primary key,
  scenario_id uuid not null references whatif.scenario (id) on delete cascade,
  changes jsonb not null,
  job_id uuid,
  asked_at timestamptz not null,
  asked_by_name text not null,
  finished_at timestamptz,
  took_ms integer,
  result jsonb,
  check ((result is null) = (finished_at is null))
);
create index run_scenario on whatif.run (scenario_id, asked_at desc);

create table whatif.organ_sum (
  run_id uuid not null references whatif.run (id) on delete cascade,
  place integer not null,
  organ_id uuid,
  organ_name text not null,
  jurisdiction_code text not null,
  jurisdiction_name text not null,
  difference_fen bigint not null,
  sums jsonb not null,
  primary key (run_id, place)
);
create index organ_sum_difference on whatif.organ_sum (run_id, difference_fen, place);

create table whatif.changed_line (
  run_id uuid not null references whatif.run (id) on delete cascade,
  place integer not null,
  organ_id uuid not null,
  need_kind text,
  difference_fen bigint not null,
  line jsonb not null,
  primary key (run_id, place)
);
create index changed_line_organ on whatif.changed_line (run_id, organ_id, place);

-- Second wall (kernel/server/scope.ts): a scenario and all that hangs on it is its office's own.
select kernel.guard_rows('whatif.scenario', $$organ_id = (select kernel.own_organ())$$);
select kernel.guard_rows('whatif.run', $$exists (select from whatif.scenario s where s.id = scenario_id)$$);
select kernel.guard_rows('whatif.organ_sum', $$exists (select from whatif.run r where r.id = run_id)$$);
select kernel.guard_rows('whatif.changed_line', $$exists (select from whatif.run r where r.id = run_id)$$);
