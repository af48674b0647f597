-- The security policy as a whole: which profile of password rules, and how often it was changed.
create table people.policy (
  single boolean primary key default true check (single),
  profile text not null check (profile in ('dengbao-3', 'asvs')),
  version integer not null
);
insert into people.policy (profile, version) values ('dengbao-3', 1);

-- Every version after the first: who changed what, and why. Never changed itself.
create table people.policy_change (
  version integer primary key,
  changed_at timestamptz not null,
  changed_by uuid not null references people.person (id),
  changed_by_name text not null,
  reason text not null check (reason <> ''),
  -- One entry a value: key, before, after.
  changes jsonb not null
);

insert into people.setting (key, value) values ('step-up-minutes', 5), ('pending-sign-in-minutes', 5), ('password-classes', 3);

revoke update, delete on people.policy_change from yunbao_app;
