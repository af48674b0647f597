-- Rows written before had no level of their own; it was looked up at every reading.
update kernel.audit_entry e set jurisdiction_code = o.jurisdiction_code
from organs.open_organ o
where e.form = 1 and e.jurisdiction_code is null and o.id = coalesce(e.organ_id, e.acting_organ_id);
