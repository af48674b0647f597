-- What a purchase holds names its case: the purchase alone releases and spends it.
update ledger.commitment c set case_id = p.case_id
from procurement.funding f join procurement.purchase p on p.id = f.purchase_id
where f.commitment_id = c.id;
