-- A workbook that comes back: rows that say what their cards say are told from new ones and change nothing.
alter table assets.import_row add column same boolean not null default false;
-- What earlier books charged the thing, where the row says so.
alter table assets.import_row add column accumulated_fen bigint;
alter table assets.import add column same_rows integer not null default 0;
drop index assets.import_row_bad;
create index import_row_bad on assets.import_row (import_id, row_no) where card is null and not same;

-- A card that comes in with what earlier books charged goes on from there, as one that was formed does.
alter table assets.event drop constraint event_base;
alter table assets.event add constraint event_base check (case kind when 'formed' then base is not null when 'registered' then true else base is null end);
