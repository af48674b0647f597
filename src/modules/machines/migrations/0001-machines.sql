-- 接口令牌: what lets another system act for one organ, within its scopes and for a period.
create table machines.token (
  id uuid primary key,
  -- Only the digest of the whole token: whoever reads the table cannot use one.
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  -- The part of a token that is no secret, so that one found somewhere can be told.
  mark text not null unique check (mark ~ '^[a-z0-9]{8}$'),
  organ_id uuid not null references organs.organ (id),
  name text not null check (btrim(name) <> ''),
  purpose text not null check (btrim(purpose) <> ''),
  -- `<module>:read` or `<module>:write`.
  scopes text[] not null check (cardinality(scopes) > 0),
  issued_at timestamptz not null,
  issued_by uuid not null,
  issued_by_name text not null,
  -- Last day.
  valid_until date not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  revoked_by_name text,
  revoked_for text,
  check ((revoked_at is null) = (revoked_by_name is null))
);
create index token_organ on machines.token (organ_id, id desc);

-- Figures of the policy; what each means and its bounds stand in the module's model.
create table machines.setting (
  key text primary key,
  value integer not null
);
insert into machines.setting (key, value) values ('token-days', 365), ('requests-per-minute', 600);
