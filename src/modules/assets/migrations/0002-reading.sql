-- Whether a register has changed is told by the number of its events (reviews are reckoned anew when it has).
create index event_level on assets.event (jurisdiction_code);
-- What stands idle at an organ, for offers before anything is bought (Art. 23).
create index card_idle on assets.card (organ_id) where state = 'idle';
