import { sql } from 'kysely'
import type { UploadedFile } from '#kernel/pure/contract.ts'
import type { Act } from './context.ts'
import type { Tx } from './database.ts'
import { BadInput } from './errors.ts'

/** A number of our own choosing: who keeps a file shares this advisory lock, who removes files holds it alone. */
const lockKey = 7_962_802

/**
 * Keeps an uploaded file in an act that writes its digest into a row; see `FileStore.keep`.
 * @throws BadInput for content that was taken out of the system (Art. 44; norm A44-1)
 */
export async function keepFile(
  act: Act,
  file: UploadedFile,
): Promise<{ sha256: string; mediaType: string; sizeBytes: number }> {
  await sql`select pg_advisory_xact_lock_shared(${lockKey})`.execute(act.tx)
  const withdrawn = await sql`select 1 from kernel.withdrawn_file where sha256 = ${file.sha256}`.execute(act.tx)
  if (withdrawn.rows.length > 0)
    throw new BadInput([
      {
        pointer: '/file',
        code: 'A44-1',
        message: '这份文件的内容已依法撤除，不得再次上传。请核对文件；涉密事项通过保密渠道办理。',
      },
    ])
  return act.files.keep(file)
}

/** Until the end of the transaction nobody keeps a file. */
export async function stopKeeping(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lockKey})`.execute(tx)
}

const dayMs = 86_400_000

/**
 * Removes content that no row speaks of: its act was undone, or the process died, after the bytes had been moved in. A row
 * speaks of it in a column `sha256`, in whatever table.
 * @param options.olderThanMs a day unless said otherwise
 * @returns how many were removed
 */
export async function sweepUnkept(
  { tx, files, now }: Pick<Act, 'tx' | 'files' | 'now'>,
  options: { olderThanMs?: number } = {},
): Promise<number> {
  await stopKeeping(tx)
  const columns = await digestColumns(tx)
  return files.sweep((digests) => unspokenOf(tx, columns, digests), {
    olderThanMs: options.olderThanMs ?? dayMs,
    now: now.getTime(),
  })
}

/** Whether a row speaks of the content, in whatever table. */
export async function isSpokenOf(tx: Tx, sha256: string): Promise<boolean> {
  return (await unspokenOf(tx, await digestColumns(tx), [sha256])).length === 0
}

async function digestColumns(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select table_schema || '.' || table_name as name
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where column_name = 'sha256' and data_type = 'text' and table_type = 'BASE TABLE' and table_name <> 'migration'`.execute(
    tx,
  )
  return rows.map(({ name }) => name)
}

async function unspokenOf(tx: Tx, tables: readonly string[], digests: readonly string[]): Promise<string[]> {
  const spoken = new Set<string>()
  for (const table of tables) {
    const { rows } = await sql<{ sha256: string }>`select sha256 from ${sql.table(table)}
      where sha256 = any(${[...digests]}::text[])`.execute(tx)
    for (const { sha256 } of rows) spoken.add(sha256)
  }
  return digests.filter((digest) => !spoken.has(digest))
}
