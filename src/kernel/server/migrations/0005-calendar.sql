-- The yearly holiday notices 节假日安排通知, by version: an amendment is a new row, the old one stays readable.
create table kernel.calendar_notice (
  id uuid primary key,
  year integer not null check (year between 2000 and 2200),
  document text not null check (document <> ''),
  issued_on date not null,
  note text,
  state text not null check (state in ('proposed', 'confirmed', 'superseded', 'withdrawn')),
  -- Nobody for notices that came with the program.
  proposed_by uuid,
  proposed_by_name text not null,
  proposed_at timestamptz not null,
  confirmed_by uuid,
  confirmed_by_name text,
  confirmed_at timestamptz,
  -- A calendar counts only once a second person has confirmed it (CAL-R02).
  check (proposed_by is null or confirmed_by is null or confirmed_by <> proposed_by),
  check ((state in ('confirmed', 'superseded')) = (confirmed_at is not null))
);
create unique index calendar_notice_in_force on kernel.calendar_notice (year) where state = 'confirmed';
create unique index calendar_notice_waiting on kernel.calendar_notice (year) where state = 'proposed';

create table kernel.calendar_day (
  notice_id uuid not null references kernel.calendar_notice (id),
  day date not null,
  kind text not null check (kind in ('holiday', 'make-up-workday')),
  name text not null,
  primary key (notice_id, day),
  -- A weekday is never a make-up workday 补班 (CAL-R03); the key keeps it out of the holiday.
  check (kind = 'holiday' or extract(isodow from day) in (6, 7))
);
revoke update, delete, truncate on kernel.calendar_day from yunbao_app;

-- Local exceptions (storm, epidemic, local make-up day) with their document, for a jurisdiction and those below it.
create table kernel.calendar_override (
  id uuid primary key,
  jurisdiction_code text not null check (jurisdiction_code ~ '^\d{6}$'),
  days_off date[] not null,
  workdays date[] not null,
  reason text not null check (reason <> ''),
  citation text not null check (citation <> ''),
  state text not null check (state in ('proposed', 'confirmed', 'withdrawn')),
  proposed_by uuid not null,
  proposed_by_name text not null,
  proposed_at timestamptz not null,
  confirmed_by uuid,
  confirmed_by_name text,
  confirmed_at timestamptz,
  check (cardinality(days_off) + cardinality(workdays) > 0),
  check (not days_off && workdays),
  check (confirmed_by <> proposed_by),
  check (state <> 'confirmed' or confirmed_at is not null)
);
create index calendar_override_jurisdiction on kernel.calendar_override (jurisdiction_code, proposed_at);
revoke delete, truncate on kernel.calendar_notice, kernel.calendar_override from yunbao_app;

-- Changes its value with every change of the calendar, so that processes may keep the calendar in memory and never an old one.
create table kernel.calendar_stamp (
  single boolean primary key default true check (single),
  stamp uuid not null default gen_random_uuid()
);
insert into kernel.calendar_stamp default values;
revoke insert, delete, truncate on kernel.calendar_stamp from yunbao_app;

create function kernel.stamp_calendar() returns trigger language plpgsql as $$
begin
  update kernel.calendar_stamp set stamp = gen_random_uuid();
  return null;
end $$;
create trigger stamp after insert or update on kernel.calendar_notice for each statement execute function kernel.stamp_calendar();
create trigger stamp after insert or update on kernel.calendar_day for each statement execute function kernel.stamp_calendar();
create trigger stamp after insert or update on kernel.calendar_override for each statement execute function kernel.stamp_calendar();
