-- A payment that came back or was wrong is reversed by its purchase; the invoice may then be paid anew.
alter table procurement.payment
  drop constraint payment_state_check,
  add constraint payment_state_check check (state in ('requested', 'paid', 'returned', 'reversed')),
  add column reversed_on date,
  add column reversed_by_name text,
  add column reversed_reason text,
  add check ((state = 'reversed') = (reversed_on is not null));
drop index procurement.payment_invoice;
create unique index payment_invoice on procurement.payment (purchase_id, invoice_number) where state in ('requested', 'paid');
