-- Whose logistics they are: jurisdictions, organs with their statutory parts, posts and people by rank.
create table organs.jurisdiction (
  code text primary key check (code ~ '^\d{6}$'),
  name text not null,
  level text not null check (level in ('province', 'city', 'county')),
  parent_code text references organs.jurisdiction (code),
  -- x71 codes stand for development zones and scenic areas: kept, but no level of government.
  functional_zone boolean not null,
  -- Mergers happen: a code that is no longer in force keeps its row. Null is "since before our records".
  valid_from date,
  valid_until date,
  check ((level = 'province') = (parent_code is null))
);

create table organs.organ (
  id uuid primary key,
  jurisdiction_code text not null references organs.jurisdiction (code),
  name text not null,
  short_name text not null,
  kind text not null check (kind ~ '^K(0[1-9]|1[0-3])$'),
  credit_code text,
  budget_code text,
  in_compound boolean not null default false,
  secret_unit boolean not null default false,
  trade_union boolean not null default false check (not trade_union or kind = 'K10'),
  valid_from date not null,
  -- Last day; null while the organ goes on.
  valid_until date,
  successor_id uuid references organs.organ (id) check (successor_id <> id),
  version integer not null default 1,
  check (valid_until >= valid_from),
  check (successor_id is null or valid_until is not null),
  unique (id, jurisdiction_code)
);
create unique index organ_name_in_force on organs.organ (jurisdiction_code, name) where valid_until is null;
create unique index organ_credit_code on organs.organ (credit_code) where valid_until is null;
create index organ_list on organs.organ (jurisdiction_code, name, id);
create index organ_successor on organs.organ (successor_id) where successor_id is not null;

-- Statutory parts have periods of their own: a reorganisation moves them between organs that both go on.
create table organs.organ_part (
  organ_id uuid not null,
  jurisdiction_code text not null,
  part text not null check (part in ('authority', 'finance', 'development-reform', 'natural-resources',
    'housing-construction', 'audit', 'statistics')),
  valid_from date not null,
  valid_until date,
  foreign key (organ_id, jurisdiction_code) references organs.organ (id, jurisdiction_code),
  check (valid_until >= valid_from),
  constraint organ_part_once exclude using gist (organ_id with =, part with =, daterange(valid_from, valid_until, '[]') with &&),
  -- Art. 6: never two authorities, nor two finance departments, in one jurisdiction on any day.
  constraint one_authority_one_finance exclude using gist (jurisdiction_code with =, part with =,
    daterange(valid_from, valid_until, '[]') with &&) where (part in ('authority', 'finance'))
);
create index organ_part_jurisdiction on organs.organ_part (jurisdiction_code, part);

create table organs.organ_name (
  organ_id uuid not null references organs.organ (id),
  name text not null,
  short_name text not null,
  valid_from date not null,
  valid_until date,
  document text,
  check (valid_until >= valid_from),
  constraint organ_one_name exclude using gist (organ_id with =, daterange(valid_from, valid_until, '[]') with &&)
);

create table organs.headcount (
  organ_id uuid not null references organs.organ (id),
  rank text not null check (rank in ('province-chief', 'province-deputy', 'bureau-chief', 'bureau-deputy',
    'division-chief', 'division-deputy', 'section-chief', 'section-deputy', 'clerk')),
  approved integer not null check (approved between 0 and 100000),
  in_post integer not null check (in_post between 0 and 100000),
  valid_from date not null,
  valid_until date,
  document text,
  check (valid_until >= valid_from),
  constraint headcount_one_row exclude using gist (organ_id with =, rank with =, daterange(valid_from, valid_until, '[]') with &&)
);
create index headcount_organ on organs.headcount (organ_id, valid_from);

-- What other modules' queries may join: what is printed on the door, no headcount.
create view organs.open_organ with (security_invoker = true) as
select o.id, o.name, o.short_name, o.kind, o.jurisdiction_code, j.name as jurisdiction_name, j.level,
  o.in_compound, o.secret_unit, o.trade_union, o.valid_from, o.valid_until
from organs.organ o join organs.jurisdiction j on j.code = o.jurisdiction_code;

create view organs.open_organ_part with (security_invoker = true) as
select organ_id, part, valid_from, valid_until from organs.organ_part;
