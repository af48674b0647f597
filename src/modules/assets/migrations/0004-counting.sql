-- What stocktaking freezes and is owed for; behind the wall of the tables themselves.
create view assets.open_card with (security_invoker = true) as
select id, organ_id, jurisdiction_code, number, class_code, name, model, serial_number, unit, quantity, cost_fen, net_fen, booked_on, state,
  department, place, user_name, custodian_name, removed_on
from assets.card;
create view assets.open_book with (security_invoker = true) as
select organ_id, jurisdiction_code, opened_in from assets.book;
