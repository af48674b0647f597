-- What decided that another level was asked: a line of matching is told what becomes of it.
alter table warehouse.level_request add column source_kind text, add column source_id uuid,
  add check ((source_kind is null) = (source_id is null));
