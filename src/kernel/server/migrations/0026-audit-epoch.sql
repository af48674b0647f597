-- The record is ordered by the server's transaction numbers. A server that an export or a dump was loaded into may count lower than
-- the one that wrote the rows: there an epoch begins (kernel/server/audit/epoch.ts), and order is epoch, transaction, row.
create table kernel.audit_epoch (
  epoch smallint primary key check (epoch > 0),
  -- Rows from this one on are of this epoch or a later one; those before were written by the server of before.
  first_entry bigint not null unique check (first_entry > 0),
  began_at timestamptz not null
);
revoke update, delete, truncate on kernel.audit_epoch from yunbao_app;

/* The trace in the same transaction: numbers of an earlier epoch may come again and are no trace. */
create function kernel.audit_traced(wanted text, subject text) returns boolean
language sql stable set search_path = '' as $$
  select exists (select from kernel.audit_entry where fact = wanted and (subject is null or subject_id = subject)
    and transaction_id = pg_current_xact_id() and id >= coalesce((select max(first_entry) from kernel.audit_epoch), 0))
$$;
revoke execute on function kernel.audit_traced from public;

create or replace function kernel.purge_audit(until_size bigint, batch integer) returns bigint
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
  if not kernel.audit_traced('kernel.audit-purged', null) then
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

create or replace function kernel.withdraw_audit_content(entry bigint) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  if not kernel.audit_traced('kernel.audit-content-withdrawn', entry::text) then
    raise exception '撤除审计记录内容须在同一事务中留痕' using errcode = 'check_violation';
  end if;
  update kernel.audit_entry set before = null, after = null, basis = null, withdrawn_at = clock_timestamp(),
    salts = case when salts is null then null else substring(salts for 16) || decode(repeat('00', 48), 'hex') end
    where id = entry and withdrawn_at is null;
  return found;
end $$;
