-- Pieces of a line met by matching instead of buying (opinion O3, A23-2): beside the quantity that is bought.
alter table plans.review add column matched_quantity numeric(14, 2) not null default 0 check (matched_quantity >= 0);
alter table plans.review add constraint matched_is_decided check (matched_quantity = 0 or opinion is not null);
