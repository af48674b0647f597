-- What this installation is: chosen at the first start and never changed silently.
create table kernel.installation (
  key text primary key,
  value text not null,
  at timestamptz not null default clock_timestamp()
);
