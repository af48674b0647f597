-- Cards that go over to another organ (调拨, 无偿划转; Art. 12): what left the one book is what came into the other.

-- The day the present holder took the card over; null where it was registered there. Its book charges it from that month on.
alter table assets.card add column taken_over_on date;

-- Value at book on the way: one row says it for both sides, so that it cannot differ (AST-R20).
create table assets.transfer (
  card_id uuid not null references assets.card (id),
  effective_on date not null,
  from_organ_id uuid not null,
  from_jurisdiction_code text not null,
  to_organ_id uuid not null,
  to_jurisdiction_code text not null,
  number text not null,
  new_number text not null,
  name text not null,
  cost_fen bigint not null,
  accumulated_fen bigint not null check (accumulated_fen between 0 and cost_fen),
  document text not null,
  case_id uuid,
  accepted_by uuid not null,
  accepted_by_name text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (card_id, recorded_at),
  check (from_organ_id <> to_organ_id)
);
create index transfer_from on assets.transfer (from_organ_id, card_id);
create index transfer_to on assets.transfer (to_organ_id, card_id);
revoke update, delete, truncate on assets.transfer from yunbao_app;
select kernel.guard_rows('assets.transfer', $$(select kernel.own_organ()) in (from_organ_id, to_organ_id)
  or (select kernel.own_level()) in (from_jurisdiction_code, to_jurisdiction_code)$$);

-- The history of a thing goes with it: whoever may read the card reads what happened to it before, at whichever organ.
do $$
declare one regclass;
begin
  foreach one in array array['assets.event', 'assets.holding', 'assets.depreciation']::regclass[] loop
    execute format('alter policy of_the_app on %s
      using ((select kernel.sees_all()) or organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())
        or exists (select from assets.card c where c.id = card_id))
      with check ((select kernel.sees_all()) or organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())
        or exists (select from assets.card c where c.id = card_id))', one);
  end loop;
end $$;
