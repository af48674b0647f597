-- What a scan session (连续扫码) did to many cards at once: one receipt (资产变动单), made in the act that changed them.
create table assets.scan_receipt (
  id uuid primary key,
  organ_id uuid not null,
  jurisdiction_code text not null,
  number text not null,
  act text not null check (act in ('move', 'state')),
  effective_on date not null,
  reason text not null,
  -- What was set on every card: place, department, state.
  changes jsonb not null,
  done_at timestamptz not null,
  done_by uuid,
  done_by_name text not null,
  unique (organ_id, number)
);
create index scan_receipt_organ on assets.scan_receipt (organ_id, id desc);
create index scan_receipt_level on assets.scan_receipt (jurisdiction_code, id desc);
create table assets.scan_receipt_card (
  receipt_id uuid not null references assets.scan_receipt (id),
  card_id uuid not null references assets.card (id),
  organ_id uuid not null,
  -- In the order of the scans.
  place_no integer not null,
  -- As the card was before.
  number text not null,
  name text not null,
  place text not null,
  department text not null,
  state text not null,
  custodian_name text not null,
  -- False where the card said so before.
  changed boolean not null,
  primary key (receipt_id, card_id)
);
revoke update, delete, truncate on assets.scan_receipt, assets.scan_receipt_card from yunbao_app;
select kernel.guard_rows('assets.scan_receipt', $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$);
select kernel.guard_rows('assets.scan_receipt_card', $$exists (select from assets.scan_receipt r where r.id = receipt_id)$$);
