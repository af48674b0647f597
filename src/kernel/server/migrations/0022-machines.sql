-- Machines act by a token: the record names it where it names a person.
alter table kernel.audit_entry drop constraint audit_entry_actor_kind_check,
  add constraint audit_entry_actor_kind_check check (actor_kind in ('person', 'system', 'public', 'machine'));
comment on column kernel.audit_entry.person_id is 'who acted: a person, or for actor kind machine its token';
comment on column kernel.job_run.person_id is 'whose run it is: a person, or a machine by its token';
