-- Runs of long work (review of all, import, rendering): progress that outlives page and process, and a result that stays findable.
create table kernel.job_run (
  id uuid primary key,
  name text not null,
  title text not null,
  data jsonb not null,
  actor jsonb not null,
  organ_id uuid,
  person_id uuid,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  done integer not null default 0,
  total integer,
  note text,
  result jsonb,
  problem text,
  tries integer not null default 0,
  cancel_asked boolean not null default false,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz
);
create index job_run_person on kernel.job_run (person_id, created_at desc, id);
create index job_run_open on kernel.job_run (created_at) where state in ('waiting', 'running');
