-- Opinions go by the draft they are about: article two before article three, whatever the alphabet says.
alter table consultation.item add column place_no integer not null default 1000000;
drop index consultation.item_place;
create index item_place on consultation.item (consultation_id, place_no, place, item_no);
