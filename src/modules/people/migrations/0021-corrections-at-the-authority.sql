-- Requests for correction are answered by the system administrator of the level, who is of its authority (people/rules/granting.ts):
-- beside the person who asks, only that organ reaches them.
drop policy of_the_app on people.correction;
drop policy of_the_owner on people.correction;
drop policy of_the_reader on people.correction;
select kernel.guard_rows('people.correction',
  $$person_id = (select kernel.own_person()) or (jurisdiction_code = (select kernel.own_jurisdiction())
    and (select exists (select from organs.open_organ_part p where p.organ_id = kernel.own_organ() and p.part = 'authority'
      and (p.valid_until is null or p.valid_until >= current_date))))$$);
