-- The last day under which a step was taken stays with it: lateness is a fact, also after the matter was dealt with.
alter table kernel.case_step
  add column entered_at timestamptz,
  add column due_on date,
  add column due_provisional boolean not null default false,
  add column clock_from date;
create index case_step_due on kernel.case_step (due_on, case_id) where due_on is not null;
-- What was done after its last day: few among many, and asked for by whoever supervises.
create index case_step_late on kernel.case_step (case_id) where (at at time zone 'Asia/Shanghai')::date > due_on;
create index case_jurisdiction on kernel.case_item (jurisdiction_code, id);

-- Terms in months: one month after retiring, three months after completion.
alter table kernel.case_item drop constraint case_item_clock_unit_check;
alter table kernel.case_item add constraint case_item_clock_unit_check
  check (clock_unit in ('workdays', 'calendar-days', 'months'));
