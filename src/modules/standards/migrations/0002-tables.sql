-- Complete tables: a standard may differ by rank, says which norms it serves and what it rests on (A9-3).
alter table standards.standard
  add column rank text check (rank in ('province-chief', 'province-deputy', 'bureau-chief', 'bureau-deputy',
    'division-chief', 'division-deputy', 'section-chief', 'section-deputy', 'clerk')),
  add column note text not null default '',
  add column norms text[] not null default '{}',
  add column rests_on text[] not null default '{}';

-- The old constraint has a generated name.
do $$
declare
  old_constraint text;
begin
  select conname into strict old_constraint from pg_constraint where conrelid = 'standards.standard'::regclass and contype = 'x';
  execute format('alter table standards.standard drop constraint %I', old_constraint);
end $$;
alter table standards.standard add constraint standard_periods_apart exclude using gist (
  code with =, jurisdiction_code with =, (coalesce(level, '')) with =, (coalesce(rank, '')) with =,
  daterange(valid_from, valid_until, '[]') with &&
);
create index standard_by_code on standards.standard (code, jurisdiction_code, valid_from desc);
create index standard_rests_on on standards.standard using gin (rests_on);

-- Values carry their form from now on.
update standards.standard set value = value || '{"form": "item"}' where code like 'item.%';
update standards.standard set value = jsonb_build_object('form', 'term', 'amount', value -> 'amount', 'unit',
    case value ->> 'unit' when '天' then 'day' else 'workday' end)
  where kind = 'parameter' and value ->> 'unit' in ('天', '工作日');
update standards.standard set value = jsonb_build_object('form', 'percent', 'percent', value -> 'amount', 'of', '上年同类事项金额', 'bound', 'at-most')
  where kind = 'parameter' and value ->> 'unit' = '%';
alter table standards.standard add constraint standard_value_has_form check (value ? 'form');

update standards.standard set norms = case
    when code like 'item.vehicle-%' then '{A8-1,A21-1}'::text[]
    when code like 'item.%' then '{A8-1,A22-1}'::text[]
    when code = 'plan.store-query-days' then '{A22-1,A23-2}'::text[]
    when code = 'plan.notice-workdays' then '{A33-3}'::text[]
    when code = 'plan.correction-workdays' then '{A32-1}'::text[]
    when code = 'plan.filing-workdays' then '{A35-2}'::text[]
    when code = 'plan.control-cut-workdays' then '{A33-4}'::text[]
    when code = 'plan.growth-warn-percent' then '{A33-1}'::text[]
    else norms end;

-- A row is history (A9-2): only its last day may be set, by its successor.
revoke update, delete, truncate on standards.standard from yunbao_app;
grant update (valid_until) on standards.standard to yunbao_app;
