-- A body is led by an organ and known to the whole level: its row is no record of that organ alone. Policies follow the name.
alter table warehouse.body rename column organ_id to lead_organ_id;
