-- Personal data of people, sealed by the application (kernel/server/sealing): neither the database, nor its logs, nor its
-- backups show them. The blind indexes find equal numbers and say nothing else.
create table people.personal_data (
  person_id uuid primary key references people.person (id),
  mobile kernel.sealed_text,
  mobile_index bytea check (octet_length(mobile_index) = 32),
  office_phone kernel.sealed_text,
  identity_number kernel.sealed_text,
  identity_number_index bytea check (octet_length(identity_number_index) = 32),
  version integer not null default 1,
  changed_at timestamptz not null,
  check ((mobile is null) = (mobile_index is null)),
  check ((identity_number is null) = (identity_number_index is null))
);
create index personal_data_mobile on people.personal_data (mobile_index);
-- One person, one account (GB/T 22239 8.1.4.1 a): nobody is registered twice under the same identity number.
create unique index personal_data_identity_number on people.personal_data (identity_number_index);

-- Asked of the system administrator of the level: a correction of what one cannot change oneself. What is asked stands in
-- a sealed record of the same id.
create table people.correction (
  id uuid primary key,
  person_id uuid not null references people.person (id),
  organ_id uuid not null references organs.organ (id),
  jurisdiction_code text not null,
  field text not null check (field in ('name', 'post', 'identityNumber')),
  state text not null check (state in ('asked', 'done', 'declined', 'withdrawn')),
  asked_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid references people.person (id),
  answer text,
  check ((state in ('done', 'declined')) = (decided_by is not null))
);
-- One open request for each field: a second click makes no second request.
create unique index correction_open on people.correction (person_id, field) where state = 'asked';
create index correction_level on people.correction (jurisdiction_code, state, asked_at desc, id desc);
create index correction_person on people.correction (person_id, asked_at desc);
select kernel.guard_rows('people.correction',
  $$person_id = (select kernel.own_person()) or jurisdiction_code = (select kernel.own_jurisdiction())$$);
