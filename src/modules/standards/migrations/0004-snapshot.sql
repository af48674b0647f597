-- Which rows were in force together, named by a digest of exactly these rows: a decision keeps the name, and years later the
-- same standards can be read although newer rows exist. Rows are kept with the last day they had then.
create table standards.snapshot (
  id text primary key check (id ~ '^[0-9a-f]{64}$'),
  jurisdiction_code text not null,
  members jsonb not null,
  made_at timestamptz not null default clock_timestamp()
);
revoke update, delete, truncate on standards.snapshot from yunbao_app;
