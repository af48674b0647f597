-- Who acts: persons, the roles they hold at organs for a period, their accounts and sessions.
create table people.person (
  id uuid primary key,
  name text not null,
  -- Where the person belongs; roles may be held elsewhere too.
  organ_id uuid not null references organs.organ (id),
  post text,
  version integer not null default 1
);
create index person_organ on people.person (organ_id, name, id);

create table people.account (
  person_id uuid primary key references people.person (id),
  username text not null unique check (username ~ '^[a-z0-9][a-z0-9._-]{2,31}$'),
  state text not null check (state in ('active', 'disabled')),
  -- PHC text with its own parameters, so that these can be raised without asking anybody for a new password.
  password_hash text not null,
  password_set_at timestamptz not null,
  must_change boolean not null,
  -- A one-time initial password is worth nothing after this.
  initial_until timestamptz,
  -- Sessions carry the number they began with: a new password or a disabling raises it and ends them all.
  credential_version integer not null default 1,
  last_organ_id uuid references organs.organ (id),
  demonstration_position integer
);

create table people.password_history (
  person_id uuid not null references people.account (person_id),
  password_hash text not null,
  replaced_at timestamptz not null
);
create index password_history_person on people.password_history (person_id, replaced_at desc);

create table people.holding (
  id uuid primary key,
  person_id uuid not null references people.person (id),
  organ_id uuid not null references organs.organ (id),
  role text not null check (role in ('organ-head', 'organ-clerk', 'asset-keeper', 'staff', 'driver', 'authority-leader',
    'plan-reviewer', 'asset-reviewer', 'premises-reviewer', 'vehicle-reviewer', 'service-reviewer', 'energy-reviewer',
    'supervision-reviewer', 'finance-reviewer', 'supervisor', 'provider', 'system-administrator',
    'security-administrator', 'audit-administrator')),
  duty text not null generated always as
    (case when role in ('system-administrator', 'security-administrator', 'audit-administrator') then role else 'business' end) stored,
  valid_from date not null,
  -- Last day; one day before the first for a role taken back on the day it was given.
  valid_until date,
  -- 委托: the holding whose rights are exercised here; it must be in force itself.
  delegated_from uuid references people.holding (id),
  document text,
  granted_by uuid references people.person (id),
  check (valid_until >= valid_from - 1),
  check (delegated_from is null or valid_until is not null),
  constraint holding_once exclude using gist
    (person_id with =, organ_id with =, role with =, daterange(valid_from, valid_until + 1) with &&),
  -- 三员分立: nobody is two of the three administrators, nor one of them and anything else, on any day.
  constraint holding_separation exclude using gist
    (person_id with =, duty with <>, daterange(valid_from, valid_until + 1) with &&)
);
create index holding_organ on people.holding (organ_id, role);
create index holding_delegation on people.holding (delegated_from) where delegated_from is not null;

create table people.session (
  id uuid primary key,
  -- Only the digest: whoever reads the table cannot use a session.
  token_hash text not null unique,
  person_id uuid not null references people.account (person_id),
  credential_version integer not null,
  organ_id uuid references organs.organ (id),
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  source text,
  user_agent text
);
create index session_person on people.session (person_id, created_at);

-- Failed sign-ins by account name and by source. Names are kept as digests: people type passwords into the wrong field.
create table people.sign_in_guard (
  kind text not null check (kind in ('account', 'source')),
  subject text not null,
  failures integer not null,
  names text[] not null default '{}',
  last_failed_at timestamptz,
  locked_until timestamptz,
  primary key (kind, subject)
);
create index sign_in_guard_age on people.sign_in_guard (last_failed_at);

-- Figures of the security policy; what each means, its bounds and its source stand in the module's model.
create table people.setting (
  key text primary key,
  value integer not null
);
insert into people.setting (key, value) values
  ('session-idle-minutes', 30), ('session-hours', 12), ('parallel-sessions', 3),
  ('failures-per-account', 5), ('failed-names-per-source', 20), ('lock-minutes', 30),
  ('password-length', 10), ('password-history', 5), ('password-days', 90), ('initial-password-days', 7),
  ('hash-memory-kib', 19456), ('hash-passes', 2), ('delegation-days', 180);

-- What other modules' queries may join.
create view people.open_person with (security_invoker = true) as
select id, name, organ_id from people.person;
