import { sql } from 'kysely'
import { withdrawContent } from './audit/retention.ts'
import type { Act } from './context.ts'
import { isSpokenOf, stopKeeping } from './kept-files.ts'
import { record } from './record.ts'

const namesGone = '（内容已依法撤除）'

/**
 * Takes a kept file out because state secrets never stay in the system (Art. 44; norm A44-1): it leaves the records it is
 * attached to, its names go from there and from the audit record, whose proofs hold on; its content is not kept again. Its
 * digest, and that, when and why it was taken out, stay. The content on disk is the caller's to remove after the commit.
 * @param sha256 digest of the content
 * @param ground why, in words without the content
 * @returns to how many records it was attached; null when no file of that content was ever kept
 */
export async function withdrawFile(act: Act, sha256: string, ground: string): Promise<number | null> {
  const { tx, now } = act
  await stopKeeping(tx)
  if (!(await isSpokenOf(tx, sha256))) return null
  const { rows: attached } = await sql<{ id: string; subjectKind: string; subjectId: string }>`
    update kernel.attachment set file_name = ${namesGone}, removed_at = coalesce(removed_at, ${now}),
      removed_reason = coalesce(removed_reason, ${ground})
    where sha256 = ${sha256} returning id, subject_kind, subject_id`.execute(tx)
  await sql`insert into kernel.withdrawn_file (sha256, ground, withdrawn_at) values (${sha256}, ${ground}, ${now})
    on conflict do nothing`.execute(tx)
  for (const entryId of await entriesNaming(act, sha256, attached)) await withdrawContent(act, entryId, ground)
  await record(act, 'kernel.file-withdrawn', {
    subject: { kind: 'file', id: sha256 },
    after: { attachments: attached.map(({ id }) => id), ground },
    basis: [{ norm: 'A44-1', citation: '《山西省机关运行保障条例》第四十四条' }],
  })
  return attached.length
}

/** Rows of the record that tell a file's name, found by what it was attached to. */
async function entriesNaming(
  { tx }: Act,
  sha256: string,
  attached: readonly { subjectId: string }[],
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select id from kernel.audit_entry
    where subject_id = any(${attached.map(({ subjectId }) => subjectId)}::text[])
      and fact in ('kernel.attachment-kept', 'kernel.attachment-removed') and withdrawn_at is null
      and ${sha256} in (after ->> 'sha256', before ->> 'sha256') order by id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** The digest of an attachment's content, withdrawn or not; null where there is none of that id. */
export async function digestOfAttachment({ tx }: Pick<Act, 'tx'>, id: string): Promise<string | null> {
  const { rows } = await sql<{ sha256: string }>`select sha256 from kernel.attachment where id = ${id}`.execute(tx)
  return rows[0]?.sha256 ?? null
}
