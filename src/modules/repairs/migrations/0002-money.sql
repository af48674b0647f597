-- What a repair costs is held on a plan line of upkeep and paid from it (Art. 34).
alter table repairs.request
  add column ledger_line_id uuid,
  add column commitment_id uuid,
  -- What the ledger still holds for it.
  add column held_fen bigint not null default 0 check (held_fen >= 0),
  add column invoice_number text,
  add column paid_on date,
  add column paid_by text,
  add check (held_fen = 0 or commitment_id is not null),
  add check (commitment_id is null or ledger_line_id is not null),
  add check (paid_on is null or (invoice_number is not null and held_fen = 0));
