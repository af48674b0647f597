-- Reminders of duties, each kind once on a day for a duty: by the clock, of a term that has passed, and by supervision (Art. 39).
create table duties.reminder (
  id uuid primary key,
  duty_key text not null,
  term text not null,
  -- Whom the duty concerns, and who was reminded.
  organ_id uuid not null,
  jurisdiction_code text not null,
  reminded_organ_id uuid not null,
  kind text not null check (kind in ('clock', 'passed', 'supervision')),
  -- The reminder date reached, the last day that passed, or the day on which supervision reminded.
  day date not null,
  text text not null check (btrim(text) <> ''),
  sent_by uuid,
  sent_by_name text not null,
  at timestamptz not null,
  unique (duty_key, kind, day)
);
create index reminder_jurisdiction on duties.reminder (jurisdiction_code, at desc);
revoke update, delete, truncate on duties.reminder from yunbao_app;
select kernel.guard_rows('duties.reminder',
  $$organ_id = (select kernel.own_organ()) or reminded_organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$);

-- Calendars a person subscribes to: for one role at one organ; the address is a secret of which only the digest is kept.
create table duties.feed (
  id uuid primary key,
  person_id uuid not null,
  organ_id uuid not null,
  role text not null,
  token_hash text not null unique,
  created_at timestamptz not null,
  last_fetched_at timestamptz,
  revoked_at timestamptz
);
-- Two addresses for the same would leave one forgotten.
create unique index feed_once on duties.feed (person_id, organ_id, role) where revoked_at is null;
select kernel.guard_rows('duties.feed', $$person_id = (select kernel.own_person())$$);
