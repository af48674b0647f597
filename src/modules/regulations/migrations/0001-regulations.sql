-- The library of laws and rules 制度库 (Art. 15): works, their versions over time, passages for search, links between articles.
create table regulations.work (
  id uuid primary key,
  -- The title of its latest version.
  title text not null check (title <> ''),
  kind text not null check (kind in ('law', 'administrative-regulation', 'local-regulation', 'rule', 'normative-document', 'standard')),
  fields text[] not null check (cardinality(fields) > 0),
  -- Whose library it is in: what it holds counts there and below.
  jurisdiction_code text not null,
  version integer not null default 1,
  unique (jurisdiction_code, title)
);

create table regulations.version (
  id uuid primary key,
  work_id uuid not null references regulations.work (id),
  title text not null check (title <> ''),
  document_number text,
  issuer text not null,
  issued_on date not null,
  valid_from date not null,
  -- Last day; null while it goes on.
  valid_until date,
  -- The text as it was confirmed, and the same as a tree: what readers see is always read from this text.
  source text not null,
  content jsonb not null,
  article_count integer not null check (article_count > 0),
  -- Oddities that readers are told of.
  oddity_count integer not null,
  -- Errors of numbering that the clerk confirmed to be right in this text.
  confirmed text[] not null,
  file_name text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  imported_by uuid,
  imported_by_name text not null,
  imported_at timestamptz not null,
  check (valid_until >= valid_from),
  constraint version_one_in_force exclude using gist (work_id with =, daterange(valid_from, valid_until, '[]') with &&)
);
create index version_work on regulations.version (work_id, valid_from desc);

-- What search looks through: the title of a version (position 0) and each of its articles.
create table regulations.passage (
  version_id uuid not null references regulations.version (id),
  position integer not null check (position >= 0),
  -- Null for the title.
  article text,
  number integer,
  label text not null,
  body text not null,
  -- One width, one case, no spaces; and all its characters and pairs of neighbours. Trigrams would find no word of two
  -- characters, and most Chinese words have two.
  words text not null,
  grams text[] not null,
  primary key (version_id, position),
  check ((position = 0) = (article is null))
);
create index passage_grams on regulations.passage using gin (grams);

-- A text that was read and waits for its clerk; nothing of it counts before it is confirmed.
create table regulations.import (
  id uuid primary key,
  jurisdiction_code text not null,
  file_name text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  -- Emptied once it is confirmed or given up.
  source text,
  automatic_numbers integer not null,
  state text not null check (state in ('open', 'confirmed', 'given-up')),
  uploaded_by uuid,
  uploaded_by_name text not null,
  created_at timestamptz not null,
  version_id uuid references regulations.version (id),
  check ((state = 'open') = (source is not null)),
  check ((state = 'confirmed') = (version_id is not null))
);
create index import_open on regulations.import (jurisdiction_code, created_at desc) where state = 'open';

-- Articles that an authority has tied to others; what the text itself names needs no row.
create table regulations.link (
  id uuid primary key,
  version_id uuid not null references regulations.version (id),
  article text not null,
  to_work_id uuid not null references regulations.work (id),
  to_article text,
  note text not null,
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz not null,
  removed_at timestamptz
);
create unique index link_once on regulations.link (version_id, article, to_work_id, coalesce(to_article, '')) where removed_at is null;

-- A province's text is read in all of it, a city's in the city and its counties; written by the own level alone.
select kernel.guard_rows('regulations.work',
  $$jurisdiction_code in ((select kernel.own_jurisdiction()), (select left(kernel.own_jurisdiction(), 4) || '00'),
    (select left(kernel.own_jurisdiction(), 2) || '0000'))$$,
  $$jurisdiction_code = (select kernel.own_level())$$);
select kernel.guard_rows('regulations.import', $$jurisdiction_code = (select kernel.own_level())$$);
-- Passages stay open for their index to serve search; they are only ever read through their version.
select kernel.guard_rows('regulations.version', $$exists (select from regulations.work w where w.id = work_id)$$,
  $$exists (select from regulations.work w where w.id = work_id and w.jurisdiction_code = (select kernel.own_level()))$$);
select kernel.guard_rows('regulations.link', $$exists (select from regulations.version v where v.id = version_id)$$);
