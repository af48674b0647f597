-- Repair of things (Art. 12): what it costs against a new one decides whether a thing is repaired or disposed of.
create table repairs.request (
  id uuid primary key,
  organ_id uuid not null,
  jurisdiction_code text not null,
  number text not null,
  -- The card as it was when the repair was asked for.
  card_id uuid not null references assets.card (id),
  card_number text not null,
  thing text not null,
  place text not null,
  cost_fen bigint not null,
  -- Its item among the standards, by which a new one is priced.
  item text,
  -- What the card's state was; it has it again when the request is withdrawn.
  state_before text not null,
  fault text not null,
  state text not null check (state in ('reported', 'quoted', 'approved', 'repaired', 'refused', 'withdrawn')),
  requested_on date not null,
  requested_by text not null,
  repairer text,
  offer_fen bigint check (offer_fen >= 0),
  replacement_fen bigint check (replacement_fen > 0),
  unsafe boolean not null default false,
  grade text check (grade in ('A', 'B', 'C', 'D')),
  actual_fen bigint check (actual_fen >= 0),
  voucher_number text,
  finished_on date,
  answer text,
  case_id uuid not null,
  version integer not null default 1,
  unique (organ_id, number),
  check ((state in ('reported', 'withdrawn')) or offer_fen is not null),
  check ((state in ('repaired', 'refused', 'withdrawn')) = (finished_on is not null))
);
create index request_organ on repairs.request (organ_id, id desc);
create index request_level on repairs.request (jurisdiction_code, id desc);
create index request_card on repairs.request (card_id, id desc);
-- A thing is in one open repair at a time.
create unique index request_open on repairs.request (card_id) where state in ('reported', 'quoted', 'approved');
revoke delete, truncate on repairs.request from yunbao_app;

select kernel.guard_rows('repairs.request', $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$);
