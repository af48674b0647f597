-- Things of other levels' warehouses stand in a proposal after everything of the own level (Art. 6, 23). Of them the proposal
-- knows what their catalogue says: no card, no holder.
alter table matching.line add column from_levels integer not null default 0 check (from_levels >= 0),
  add check (from_warehouse + from_levels <= matched);

alter table matching.allotment drop constraint allotment_source_check, add check (source in ('warehouse', 'idle', 'level')),
  alter column card_id drop not null, alter column owner_organ_id drop not null,
  -- The level that asks and the level that is asked.
  add column asking_code text collate "C",
  add column giver_code text collate "C",
  -- The request that began when the line was taken up; stays when the other level says no, so that it is not asked again.
  add column level_request_id uuid,
  add column level_request_number text not null default '',
  add check (case when source = 'level' then card_id is null and owner_organ_id is null and asking_code is not null and giver_code is not null
    and (not accepted or level_request_id is not null)
    else card_id is not null and owner_organ_id is not null and asking_code is null and giver_code is null and level_request_id is null end);
-- GWC-R12: a level asks for a thing for one line. Two levels may: whose it is decides.
create unique index allotment_asked on matching.allotment (asking_code, supply_id) where accepted and source = 'level';
create index allotment_level_request on matching.allotment (level_request_id) where level_request_id is not null;

-- What does not come may have been another level's; and while the review goes on the missing pieces are bought within it.
alter table matching.lapse add column source text not null default 'warehouse' check (source in ('warehouse', 'level')),
  drop constraint lapse_cause_check, add check (cause in ('finance', 'organ', 'level', 'level-finance', 'asker')),
  drop constraint lapse_way_check, add check (way in ('review', 'adjustment', 'matching', 'waived')),
  drop constraint lapse_check2, add check (way is null or way in ('review', 'waived') or document <> '');
create index lapse_line on matching.lapse (line_id) where state = 'open';
