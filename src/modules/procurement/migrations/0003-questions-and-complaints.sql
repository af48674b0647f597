-- Suppliers' questions 质疑 and complaints 投诉 (政府采购法 Art. 51 to 58): recorded by the organ and by finance, since suppliers have no
-- accounts here.
create table procurement.question (
  id uuid primary key,
  purchase_id uuid not null references procurement.purchase (id),
  organ_id uuid not null,
  jurisdiction_code text not null,
  number text not null,
  -- An enquiry 询问 asks, a question 质疑 says that the supplier's interest was hurt.
  kind text not null check (kind in ('enquiry', 'question')),
  state text not null check (state in ('received', 'answered', 'declined', 'withdrawn')),
  supplier text not null,
  credit_code text not null,
  about text not null check (about in ('document', 'process', 'result')),
  known_on date not null,
  received_on date not null,
  -- Last day on which it could be asked; null for an enquiry, which may be made at any time.
  ask_until date,
  claims text not null,
  -- May change who wins: no contract meanwhile (实施条例 Art. 54).
  bears_on_result boolean not null,
  answer_until date not null,
  answer_provisional boolean not null,
  outcome text check (outcome in ('explained', 'unfounded', 'corrected', 'redo')),
  answer text,
  settled_on date,
  settled_by_name text,
  recorded_by_name text not null,
  case_id uuid not null,
  version integer not null default 1,
  unique (organ_id, number),
  check (known_on <= received_on),
  check ((state = 'received') = (settled_on is null)),
  check ((state = 'answered') = (outcome is not null))
);
create index question_purchase on procurement.question (purchase_id, id);
create index question_organ on procurement.question (organ_id, id desc);
create index question_level on procurement.question (jurisdiction_code, id desc);

create table procurement.complaint (
  id uuid primary key,
  question_id uuid not null references procurement.question (id),
  purchase_id uuid not null references procurement.purchase (id),
  organ_id uuid not null,
  jurisdiction_code text not null,
  number text not null,
  state text not null check (state in ('received', 'accepted', 'rejected', 'upheld', 'declined', 'withdrawn')),
  supplier text not null,
  received_on date not null,
  complain_until date not null,
  claims text not null,
  review_until date not null,
  decide_until date not null,
  provisional boolean not null,
  -- What the organ says to it.
  reply_until date,
  reply text,
  replied_on date,
  replied_by_name text,
  suspended_from date,
  suspended_until date,
  suspension_reason text,
  suspension_document text,
  resumed_on date,
  consequence text check (consequence in ('go-on', 'annul', 'liability')),
  document text,
  reasons text,
  settled_on date,
  settled_by_name text,
  -- What was given back to the plan because of the decision, 分.
  released_fen bigint not null default 0 check (released_fen >= 0),
  recorded_by_name text not null,
  case_id uuid not null,
  version integer not null default 1,
  unique (jurisdiction_code, number),
  check ((suspended_from is null) = (suspended_until is null)),
  check (suspended_until >= suspended_from),
  check (resumed_on is null or suspended_from is not null),
  check ((state = 'upheld') = (consequence is not null)),
  check ((state in ('received', 'accepted')) = (settled_on is null))
);
create index complaint_purchase on procurement.complaint (purchase_id, id);
create index complaint_organ on procurement.complaint (organ_id, id desc);
create index complaint_level on procurement.complaint (jurisdiction_code, id desc);
-- A supplier complains of an answer once.
create unique index complaint_once on procurement.complaint (question_id) where state not in ('declined', 'withdrawn');

revoke delete, truncate on procurement.question, procurement.complaint from yunbao_app;

-- The organ keeps its questions, finance of the level its complaints; the organ replies to those about it.
select kernel.guard_rows('procurement.question',
  $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$,
  $$organ_id = (select kernel.own_organ())$$);
select kernel.guard_rows('procurement.complaint',
  $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$,
  $$organ_id = (select kernel.own_organ()) or jurisdiction_code = (select kernel.own_level())$$);
