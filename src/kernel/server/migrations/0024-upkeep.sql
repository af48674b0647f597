-- What the system administrator must know of the installation: its backups, and the processes that run it.
create table kernel.backup (
  id uuid primary key,
  -- Name in the backup folder, once it is finished.
  name text,
  origin text not null check (origin in ('scheduled', 'command')),
  directory text not null,
  key_id text not null,
  state text not null check (state in ('running', 'done', 'failed')),
  started_at timestamptz not null,
  finished_at timestamptz,
  data_bytes bigint,
  sealed_bytes bigint,
  attachments integer,
  attachments_added integer,
  attachments_missing integer,
  problem text,
  check ((state = 'running') = (finished_at is null)),
  check ((state = 'done') = (name is not null))
);
create index backup_newest on kernel.backup (started_at desc, id desc);
-- One row a process, renewed every few seconds; one that ended is gone after a day.
create table kernel.server_process (
  id uuid primary key,
  host text not null,
  pid integer not null,
  version text not null,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  state jsonb not null
);

-- What was tried stays noted.
revoke delete on kernel.backup from yunbao_app;
