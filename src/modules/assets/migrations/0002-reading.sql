-- Whether a register has changed is told by the number of its events (reviews are reckoned anew when it has).
create index event_level on assets.event (jurisdiction_code);
-- What stands idle at an organ, for offers before anything is bought (Art. 23).
create index card_idle on assets.card (organ_id) where state = 'idle';

-- Counting a filtered list reads the index alone: what the wall compares (organ, level) stands in it as well.
drop index assets.card_level;
create index card_level on assets.card (jurisdiction_code, id desc) include (organ_id, removed_on);
drop index assets.card_level_class;
create index card_level_class on assets.card (jurisdiction_code, class_code, cost_fen, id) include (organ_id, removed_on);
drop index assets.card_not_in_use;
create index card_not_in_use on assets.card (jurisdiction_code, state, id desc) include (organ_id) where state <> 'in-use';
-- The newest texts of a level, looked through before the index of pairs is asked.
create index card_text_level on assets.card_text (jurisdiction_code, card_id desc);
