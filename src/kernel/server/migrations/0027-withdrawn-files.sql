-- Content of files that had to go (Art. 44). The digest stays, so that the same content is not taken in again.
create table kernel.withdrawn_file (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  ground text not null check (ground <> ''),
  withdrawn_at timestamptz not null
);
