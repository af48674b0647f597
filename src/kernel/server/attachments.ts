import { sql } from 'kysely'
import type { UploadedFile } from '#kernel/pure/contract.ts'
import { provided } from '#kernel/pure/verdict.ts'
import type { Act, Download } from './context.ts'
import type { Tx } from './database.ts'
import { found, insist } from './errors.ts'
import { newId } from './identifier.ts'
import { record } from './record.ts'

export type AttachmentRow = {
  id: string
  caseId: string | null
  subjectKind: string
  subjectId: string
  organId: string
  jurisdictionCode: string
  fileName: string
  sha256: string
  sizeBytes: number
  mediaType: string
  uploadedBy: string | null
  uploadedByName: string
  uploadedAt: Date
}

const columns = sql`a.id, a.case_id, a.subject_kind, a.subject_id, a.organ_id, a.jurisdiction_code, a.file_name, a.sha256, f.size_bytes, f.media_type,
  a.uploaded_by, a.uploaded_by_name, a.uploaded_at`

/** Keeps an uploaded file with a record. */
export async function keepAttachment(
  act: Act,
  given: { caseId: string | null; subject: { kind: string; id: string }; organId: string; jurisdictionCode: string; file: UploadedFile },
): Promise<AttachmentRow> {
  const kept = await act.files.keep(given.file)
  await sql`insert into kernel.stored_file (sha256, size_bytes, media_type, stored_at) values (${kept.sha256}, ${kept.sizeBytes}, ${kept.mediaType}, ${act.now})
    on conflict do nothing`.execute(act.tx)
  const id = newId()
  await sql`insert into kernel.attachment (id, case_id, subject_kind, subject_id, organ_id, jurisdiction_code, file_name, sha256, uploaded_by, uploaded_by_name, uploaded_at)
    values (${id}, ${given.caseId}, ${given.subject.kind}, ${given.subject.id}, ${given.organId}, ${given.jurisdictionCode}, ${given.file.fileName},
      ${kept.sha256}, ${act.actor.personId}, ${act.actor.name}, ${act.now})`.execute(act.tx)
  await record(act, 'kernel.attachment-kept', { subject: given.subject, organId: given.organId, after: { attachment: id, fileName: given.file.fileName, sha256: kept.sha256 } })
  return found(await attachmentById(act.tx, id), '附件')
}

export async function attachmentById(tx: Tx, id: string): Promise<AttachmentRow | null> {
  return (
    await sql<AttachmentRow>`select ${columns} from kernel.attachment a join kernel.stored_file f using (sha256) where a.id = ${id} and a.removed_at is null`.execute(tx)
  ).rows[0] ?? null
}

export async function attachmentsOf(tx: Tx, subject: { kind: string; id: string }): Promise<AttachmentRow[]> {
  return (
    await sql<AttachmentRow>`select ${columns} from kernel.attachment a join kernel.stored_file f using (sha256)
      where a.subject_kind = ${subject.kind} and a.subject_id = ${subject.id} and a.removed_at is null order by a.uploaded_at, a.id`.execute(tx)
  ).rows
}

/** Always as a download under its own name, never shown by the browser as part of the site. */
export async function openAttachment(act: Act, row: AttachmentRow): Promise<Download> {
  return { fileName: row.fileName, mediaType: row.mediaType, body: await act.files.read(row.sha256) }
}

/** Takes an attachment off its record; the content and the trace stay. Only who put it there may. */
export async function removeAttachment(act: Act, row: AttachmentRow, reason: string): Promise<void> {
  insist(provided(row.uploadedBy !== null && row.uploadedBy === act.actor.personId, { code: 'not-uploader', message: '附件只能由上传人移除。' }))
  await sql`update kernel.attachment set removed_at = ${act.now}, removed_reason = ${reason} where id = ${row.id} and removed_at is null`.execute(act.tx)
  await record(act, 'kernel.attachment-removed', { subject: { kind: row.subjectKind, id: row.subjectId }, organId: row.organId, before: { attachment: row.id, fileName: row.fileName, sha256: row.sha256 }, after: { reason } })
}
