-- Kept files: the content lies in the data folder under its digest, once; rows say what it is and whose.
create table kernel.stored_file (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes bigint not null check (size_bytes > 0),
  media_type text not null,
  stored_at timestamptz not null
);

-- Attachments 附件 of a record; taken off with a trace, never deleted.
create table kernel.attachment (
  id uuid primary key,
  case_id uuid,
  subject_kind text not null,
  subject_id uuid not null,
  organ_id uuid not null,
  jurisdiction_code text not null,
  file_name text not null,
  sha256 text not null references kernel.stored_file (sha256),
  uploaded_by uuid,
  uploaded_by_name text not null,
  uploaded_at timestamptz not null,
  removed_at timestamptz,
  removed_reason text
);
create index attachment_subject on kernel.attachment (subject_kind, subject_id, uploaded_at);

-- Official documents as issued: the document as data with its digest; .docx and PDF are drawn from it on demand.
create table kernel.issued_document (
  id uuid primary key,
  kind text not null,
  number text not null,
  title text not null,
  organ_id uuid not null,
  jurisdiction_code text not null,
  recipient_organ_ids uuid[] not null,
  subject_kind text not null,
  subject_id uuid not null,
  case_id uuid,
  document jsonb not null,
  digest text not null,
  issued_on date not null,
  issued_at timestamptz not null,
  issued_by text not null,
  unique (jurisdiction_code, organ_id, kind, number)
);
create index issued_document_subject on kernel.issued_document (subject_kind, subject_id, issued_at);
create index issued_document_organ on kernel.issued_document (organ_id, issued_at desc, id);
create index issued_document_level on kernel.issued_document (jurisdiction_code, issued_at desc, id);
create index issued_document_recipient on kernel.issued_document using gin (recipient_organ_ids);
revoke update, delete, truncate on kernel.issued_document from yunbao_app;
