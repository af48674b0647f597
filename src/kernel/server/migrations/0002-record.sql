-- The record 档案: what was done, by whom, on which ground; append-only, sealed into a chain in the background.
create table kernel.audit_entry (
  id bigint generated always as identity primary key,
  transaction_id xid8 not null default pg_current_xact_id(),
  at timestamptz not null,
  request_id text not null,
  source text,
  actor_kind text not null check (actor_kind in ('person', 'system', 'public')),
  person_id uuid,
  person_name text not null,
  acting_organ_id uuid,
  acting_organ_name text,
  roles text[] not null,
  fact text not null,
  subject_kind text not null,
  subject_id text not null,
  organ_id uuid,
  before jsonb,
  after jsonb,
  basis jsonb,
  digest text not null
);
create index audit_entry_sealing on kernel.audit_entry (transaction_id, id);
create index audit_entry_subject on kernel.audit_entry (subject_kind, subject_id, id);
create index audit_entry_person on kernel.audit_entry (person_id, id);
create index audit_entry_organ on kernel.audit_entry (organ_id, id);
revoke update, delete, truncate on kernel.audit_entry from yunbao_app;

create table kernel.audit_seal (
  position bigint primary key,
  entry_id bigint not null unique,
  transaction_id xid8 not null,
  chain text not null,
  sealed_at timestamptz not null default clock_timestamp()
);
revoke update, delete, truncate on kernel.audit_seal from yunbao_app;

-- One row for each write that carried a key: the answer is stored with the effect, so a retry gets the same answer.
create table kernel.idempotency (
  actor text not null,
  operation text not null,
  key text not null,
  request_digest text not null,
  status integer,
  response jsonb,
  created_at timestamptz not null,
  primary key (actor, operation, key)
);
create index idempotency_age on kernel.idempotency (created_at);

-- Running numbers of documents and cases, per series (organ, year, kind), without gaps within a committed transaction.
create table kernel.number_series (
  series text primary key,
  last integer not null
);
