-- An entry of the guidance catalogue is history too (A9-2): only its last day may be set, by its successor.
revoke update, delete, truncate on standards.catalogue_entry from yunbao_app;
grant update (valid_until) on standards.catalogue_entry to yunbao_app;
alter table standards.catalogue_entry add check (valid_until is null or valid_until >= valid_from);
create index standard_in_jurisdiction on standards.standard (jurisdiction_code, code, valid_from desc);
