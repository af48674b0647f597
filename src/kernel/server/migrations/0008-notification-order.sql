-- Newest first is by the moment told of, as people read it; the cursor is still the id.
drop index kernel.notification_organ;
create index notification_organ on kernel.notification (organ_id, at desc, id desc);
