-- A change such as a later version brings, for the migration lab alone.
set local lock_timeout = '2s';
alter table plans.demand add column remark text not null default '';
