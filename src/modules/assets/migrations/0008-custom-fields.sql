-- Fields that the authority of a level adds to cards of a class (自定义字段): versions from a day on, only ever added.
create table assets.custom_field (
  id uuid not null,
  version integer not null check (version > 0),
  jurisdiction_code text not null,
  class_prefix text not null,
  name text not null,
  kind text not null check (kind in ('text', 'number', 'date', 'choice')),
  unit text not null,
  required boolean not null,
  choices text[] not null,
  effective_from date not null,
  retired boolean not null,
  reason text not null,
  set_at timestamptz not null,
  set_by_name text not null,
  primary key (id, version)
);
create index custom_field_level on assets.custom_field (jurisdiction_code, id, version);
revoke update, delete, truncate on assets.custom_field from yunbao_app;
-- Every organ of the level fills them in; who reads the level is its authority, which alone adds to them.
select kernel.guard_rows('assets.custom_field', $$jurisdiction_code = (select kernel.own_jurisdiction())$$, $$jurisdiction_code = (select kernel.own_level())$$);
