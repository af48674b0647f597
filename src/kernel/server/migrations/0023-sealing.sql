-- Keys that sealed values rest on (kernel/server/sealing): only their names; the keys are never in the database.
create table kernel.sealing_key (
  id text primary key check (id ~ '^[0-9a-f]{8}$'),
  made_at timestamptz not null
);
