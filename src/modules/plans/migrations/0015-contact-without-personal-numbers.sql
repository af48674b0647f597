-- A demand names whom to ask at the office. Mobile and identity numbers are sealed with their person (people.personal_data); those
-- that stand in demands from before are put out of sight in the form in which they are shown everywhere else. From now on the
-- database takes none, whoever writes.
update plans.demand
set contact = regexp_replace(
  regexp_replace(contact, '(?<!\d)([1-9]\d{3})\d{12}(\d[\dXx])(?![\dXx])', '\1************\2', 'g'),
  '(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)', '\1****\2', 'g')
where contact ~ '\d{11}';
alter table plans.demand add constraint demand_contact_without_mobile
  check (contact !~ '(?<![A-Za-z0-9_-])(\+?86[- ]?)?1[3-9]\d{9}(?![A-Za-z0-9_-])');
