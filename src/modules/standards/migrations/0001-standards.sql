-- Standards 标准 as dated rows: no gap is filled and no row overwritten; periods of one code and scope never overlap.
create table standards.standard (
  id uuid primary key,
  code text not null,
  kind text not null check (kind in ('physical-quota', 'service-standard', 'expenditure-quota', 'spending-standard', 'parameter')),
  title text not null,
  jurisdiction_code text not null,
  level text check (level in ('province', 'city', 'county')),
  value jsonb not null,
  valid_from date not null,
  valid_until date,
  citation text not null check (citation <> ''),
  confidence text not null check (confidence in ('A', 'B', 'C', 'D')),
  check (valid_until is null or valid_until >= valid_from),
  exclude using gist (
    code with =, jurisdiction_code with =, (coalesce(level, '')) with =,
    daterange(valid_from, valid_until, '[]') with &&
  )
);

create table standards.catalogue_entry (
  id uuid primary key,
  need_kind text not null,
  centralised text not null check (centralised in ('yes', 'no', 'in-compound', 'important-only', 'where-provided')),
  provided boolean not null,
  note text not null,
  jurisdiction_code text not null,
  valid_from date not null,
  valid_until date,
  citation text not null check (citation <> ''),
  exclude using gist (need_kind with =, jurisdiction_code with =, daterange(valid_from, valid_until, '[]') with &&)
);

create table standards.economic_code (
  code text not null,
  title text not null,
  government_code text not null,
  running boolean not null,
  three_public text check (three_public in ('SG1', 'SG2a', 'SG2b', 'SG3')),
  need_kinds text[] not null,
  from_year integer not null,
  until_year integer,
  note text not null,
  primary key (code, from_year),
  exclude using gist (code with =, int4range(from_year, until_year, '[]') with &&)
);
