-- What a repair holds names its case: the repair alone releases and spends it.
update ledger.commitment c set case_id = r.case_id from repairs.request r where r.commitment_id = c.id;
