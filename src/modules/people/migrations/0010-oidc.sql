-- Sign-in through an OpenID Connect provider: whose identity there belongs to which account here, made by the person.
create table people.oidc_link (
  person_id uuid primary key references people.account (person_id),
  issuer text not null,
  -- Value of the configured claim.
  subject text not null check (length(subject) between 1 and 255),
  linked_at timestamptz not null,
  last_used_at timestamptz,
  unique (issuer, subject)
);

-- A round trip that is under way: what its return is checked against, once and within minutes, from the same browser.
create table people.oidc_flow (
  state_hash text primary key,
  browser_hash text not null,
  nonce text not null,
  code_verifier text not null,
  -- The person who wants to link; null for a sign-in.
  person_id uuid references people.account (person_id),
  return_to text not null check (return_to ~ '^/([^/\\]|$)'),
  created_at timestamptz not null
);
create index oidc_flow_age on people.oidc_flow (created_at);

alter table people.session add column method text not null default 'password' check (method in ('password', 'oidc'));
alter table people.pending_sign_in add column method text not null default 'password' check (method in ('password', 'oidc'));
insert into people.setting (key, value) values ('oidc-second-factor', 0);
