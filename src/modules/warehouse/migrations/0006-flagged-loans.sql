-- The day on which the authority was told of a loan so late that nothing more is lent to the organ (GWC-R07); once.
alter table warehouse.request add column flagged_on date;
create index request_late on warehouse.request (due_on) where state in ('lent', 'renewing', 'returning') and flagged_on is null;
