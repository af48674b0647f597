-- Row-level security: the second wall behind the policies in code. Each transaction says for whom it reads and writes
-- (kernel/server/scope.ts); whoever says nothing sees nothing.
create function kernel.sees_all() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('app.all', true), '') = 'on' $$;
create function kernel.own_person() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.person', true), '')::uuid $$;
create function kernel.own_organ() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.organ', true), '')::uuid $$;
-- The jurisdiction of one's own organ.
create function kernel.own_jurisdiction() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('app.jurisdiction', true), '') $$;
-- The jurisdiction whose organs one reads all (authority, finance and audit, by an office role); null for everybody else.
create function kernel.own_level() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('app.level', true), '') $$;

/*
 * Guards the rows of a table. `readable` says which rows may be read and changed, `writable` which may be written where
 * that differs. Owner (migrations) and reader (backup, verification) keep the whole table: they are not the app.
 */
create function kernel.guard_rows(guarded regclass, readable text, writable text default null) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', guarded);
  execute format('alter table %s force row level security', guarded);
  execute format('create policy of_the_app on %s to yunbao_app using ((select kernel.sees_all()) or (%s)) with check ((select kernel.sees_all()) or (%s))',
    guarded, readable, coalesce(writable, readable));
  execute format('create policy of_the_owner on %s to %I using (true) with check (true)', guarded, current_user);
  execute format('create policy of_the_reader on %s for select to yunbao_reader using (true)', guarded);
end $$;
revoke execute on function kernel.guard_rows from yunbao_app, yunbao_reader;

-- Whose signature is asked for may look at the case although another organ applied; read past the policy of the
-- signatures, whose own policy asks for the case.
create index case_signature_organ on kernel.case_signature (organ_id, case_id);
create function kernel.cases_asked_of_own_organ() returns setof uuid language sql stable security definer set search_path = ''
  as $$ select case_id from kernel.case_signature where organ_id = (select kernel.own_organ()) $$;

select kernel.guard_rows('kernel.case_item',
  $$applicant_organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())
    or id in (select kernel.cases_asked_of_own_organ())$$);
select kernel.guard_rows('kernel.case_step', $$exists (select from kernel.case_item c where c.id = case_id)$$);
select kernel.guard_rows('kernel.case_signature',
  $$organ_id = (select kernel.own_organ()) or exists (select from kernel.case_item c where c.id = case_id)$$);
select kernel.guard_rows('kernel.case_reminder', $$exists (select from kernel.case_item c where c.id = case_id)$$);
-- Anybody may tell an organ something; it alone reads what it was told.
select kernel.guard_rows('kernel.notification', $$organ_id = (select kernel.own_organ())$$, 'true');
select kernel.guard_rows('kernel.notification_read', $$person_id = (select kernel.own_person())$$);
select kernel.guard_rows('kernel.attachment',
  $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())
    or case_id in (select kernel.cases_asked_of_own_organ())$$);
select kernel.guard_rows('kernel.issued_document',
  $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())
    or recipient_organ_ids @> array[(select kernel.own_organ())]$$,
  $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$);
select kernel.guard_rows('kernel.job_run', $$person_id = (select kernel.own_person())$$);
