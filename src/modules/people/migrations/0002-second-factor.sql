-- Second factor: time-based codes (RFC 6238). The secret is sealed by the keyring; whoever reads the table makes no codes.
create table people.second_factor (
  person_id uuid primary key references people.account (person_id),
  secret text not null,
  confirmed_at timestamptz not null,
  -- Last step of thirty seconds a code was accepted for: each code counts once, later ones only.
  last_step bigint not null
);

-- A secret shown and not yet confirmed by a first code; the one in use stays in use until then.
create table people.second_factor_enrolment (
  person_id uuid primary key references people.account (person_id),
  secret text not null,
  created_at timestamptz not null
);

-- Recovery codes, each good once. The tag is the part by which the row is found; the whole is hashed as a password is.
create table people.recovery_code (
  person_id uuid not null references people.second_factor (person_id) on delete cascade,
  tag text not null,
  code_hash text not null,
  used_at timestamptz,
  primary key (person_id, tag)
);

-- Between password and code: opens nothing but the second step.
create table people.pending_sign_in (
  token_hash text primary key,
  person_id uuid not null references people.account (person_id),
  credential_version integer not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  source text
);
create index pending_sign_in_person on people.pending_sign_in (person_id);

-- Roles whose holders must have a second factor.
create table people.second_factor_role (role text primary key);
insert into people.second_factor_role (role) values
  ('system-administrator'), ('security-administrator'), ('audit-administrator'), ('authority-leader'), ('plan-reviewer'),
  ('asset-reviewer'), ('premises-reviewer'), ('vehicle-reviewer'), ('service-reviewer'), ('energy-reviewer'),
  ('supervision-reviewer'), ('finance-reviewer');

-- When the person last proved who is there: at sign-in and at each step-up.
alter table people.session add column proved_at timestamptz;
-- By what beside the password: a code, a recovery code, or the provider that signed the person in; null where by nothing.
alter table people.session add column second_proof text check (second_proof in ('code', 'recovery-code', 'provider'));
create index session_live on people.session (created_at desc, id desc) where ended_at is null;
create index account_of_demonstration on people.account (demonstration_position) where demonstration_position is not null;
