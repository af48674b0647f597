-- Keys that sealed values rest on (kernel/server/sealing): only their names; the keys are never in the database.
create table kernel.sealing_key (
  id text primary key check (id ~ '^[0-9a-f]{8}$'),
  made_at timestamptz not null,
  -- Since when another key seals.
  replaced_at timestamptz
);

-- Text that is sealed: whatever else would be written into such a column is refused by the database itself.
create domain kernel.sealed_text as text check (value ~ '^y1\.(gm|intl)\.[0-9a-f]{8}\.[A-Za-z0-9_-]+$');

-- Content kept apart from its matter and opened by few (reporters of complaints, corrections of personal data).
create table kernel.sealed_record (
  id uuid primary key,
  -- `<module>.<what it is>`, and the matter of that module it belongs to.
  kind text not null,
  subject_id uuid not null,
  -- Null once withdrawn.
  content kernel.sealed_text,
  made_at timestamptz not null,
  withdrawn_at timestamptz,
  unique (kind, subject_id),
  check ((content is null) = (withdrawn_at is not null))
);
revoke delete, truncate on kernel.sealed_record from yunbao_app;
-- Anybody may hand in; nobody reads but the one function that asks the owning module's policy and records the opening.
select kernel.guard_rows('kernel.sealed_record', 'false', 'true');
