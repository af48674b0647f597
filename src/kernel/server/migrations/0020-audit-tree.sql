-- The record becomes a Merkle tree (RFC 9162): leaves and checkpoints; content lies beside salted commitments, so that
-- it can go while its proof stays. Rows of form 1 are those written before; their digest covers the content itself.
alter table kernel.audit_entry
  add column form smallint not null default 1 check (form in (1, 2)),
  add column operation text,
  add column result text not null default 'done' check (result in ('done', 'denied', 'failed')),
  add column reasons text[] not null default '{}',
  -- The level whose audit administrator reads it; none for what concerns no organ.
  add column jurisdiction_code text,
  -- Form 2: 16 bytes of salt for each of person, before, after, basis; a mask of those present, then their commitments.
  add column salts bytea,
  add column commitments bytea,
  add column withdrawn_at timestamptz,
  add check (form = 1 or commitments is not null);
update kernel.audit_entry set result = 'denied' where fact = 'kernel.denied';
update kernel.audit_entry set result = 'failed' where fact = 'people.sign-in-failed';
alter table kernel.audit_entry alter column form set default 2;

-- Leaves in their lasting order, from 0. They outlive the content of their rows.
create table kernel.audit_leaf (
  position bigint primary key check (position >= 0),
  entry_id bigint not null unique,
  transaction_id xid8 not null,
  sha256 bytea not null check (length(sha256) = 32),
  sm3 bytea not null check (length(sm3) = 32)
);
-- Roots of whole subtrees of 256, 65,536 and 16,777,216 leaves: a proof reads a few hundred rows, whatever the size.
create table kernel.audit_node (
  level smallint not null check (level in (8, 16, 24, 32)),
  index bigint not null,
  sha256 bytea not null,
  sm3 bytea not null,
  primary key (level, index)
);
create table kernel.audit_checkpoint (
  size bigint primary key check (size > 0),
  at timestamptz not null,
  sha256 bytea not null,
  sm3 bytea not null,
  key_id text not null,
  -- The signed text itself, as it is anchored outside.
  note text not null
);
create index audit_checkpoint_at on kernel.audit_checkpoint (at, size);
create table kernel.audit_key (
  key_id text primary key,
  origin text not null,
  algorithm text not null,
  public_key bytea not null,
  since timestamptz not null
);
-- Content of the first `through` rows has gone by the retention rule; their leaves stay.
create table kernel.audit_purge (
  through bigint primary key,
  at timestamptz not null default clock_timestamp()
);
revoke update, delete, truncate on kernel.audit_leaf, kernel.audit_node, kernel.audit_checkpoint, kernel.audit_key from yunbao_app;
revoke insert, update, delete, truncate on kernel.audit_purge from yunbao_app;
-- The chain that was kept before is carried over into the tree and grows no more.
revoke insert on kernel.audit_seal from yunbao_app;

/* Deletes the content of rows sealed before a checkpoint, oldest first, at most `batch` of them. The floor of one year
   (rules for internet government applications, 2024) holds here whatever the application is told; the act must have
   been recorded in the same transaction. Returns how far it came. */
create function kernel.purge_audit(until_size bigint, batch integer) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  sealed_at timestamptz;
  done bigint;
  upto bigint;
begin
  select at into sealed_at from kernel.audit_checkpoint where size = until_size;
  if sealed_at is null or sealed_at > clock_timestamp() - interval '1 year' then
    raise exception '审计记录保存未满一年，不得清除' using errcode = 'check_violation';
  end if;
  if not exists (select from kernel.audit_entry where fact = 'kernel.audit-purged' and transaction_id = pg_current_xact_id()) then
    raise exception '清除审计记录须在同一事务中留痕' using errcode = 'check_violation';
  end if;
  perform pg_advisory_xact_lock(hashtext('kernel.audit_purge'));
  select coalesce(max(through), 0) into done from kernel.audit_purge;
  upto := least(until_size, done + batch);
  if upto <= done then return done; end if;
  delete from kernel.audit_entry e using kernel.audit_leaf l
    where l.position >= done and l.position < upto and e.id = l.entry_id;
  insert into kernel.audit_purge (through) values (upto);
  return upto;
end $$;

/* Takes the content of one row out (Art. 44: state secrets never stay in the system). Commitments stay, their salts go,
   so that the content cannot be guessed back; the act must have been recorded in the same transaction. */
create function kernel.withdraw_audit_content(entry bigint) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from kernel.audit_entry where fact = 'kernel.audit-content-withdrawn'
      and subject_id = entry::text and transaction_id = pg_current_xact_id()) then
    raise exception '撤除审计记录内容须在同一事务中留痕' using errcode = 'check_violation';
  end if;
  update kernel.audit_entry set before = null, after = null, basis = null, withdrawn_at = clock_timestamp(),
    salts = case when salts is null then null else substring(salts for 16) || decode(repeat('00', 48), 'hex') end
    where id = entry and withdrawn_at is null;
  return found;
end $$;

-- Reading: by level and time, and within these by person, fact, operation, denial; by organ and by object.
drop index kernel.audit_entry_person;
drop index kernel.audit_entry_organ;
create index audit_entry_level on kernel.audit_entry (jurisdiction_code, at, id);
create index audit_entry_person on kernel.audit_entry (jurisdiction_code, person_name, at, id);
create index audit_entry_fact on kernel.audit_entry (jurisdiction_code, fact, at, id);
create index audit_entry_operation on kernel.audit_entry (jurisdiction_code, operation, at, id);
create index audit_entry_organ on kernel.audit_entry ((coalesce(organ_id, acting_organ_id)), at, id);
create index audit_entry_object on kernel.audit_entry (subject_id, at, id);
create index audit_entry_denied on kernel.audit_entry (jurisdiction_code, at, id) where result <> 'done';

-- What was said of the newest checkpoint when the document was issued; printed at its foot.
alter table kernel.issued_document add column checkpoint text;
