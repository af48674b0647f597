import { sql } from 'kysely'
import type { UploadedFile } from '#kernel/pure/contract.ts'
import { provided } from '#kernel/pure/verdict.ts'
import { caseById } from './cases/store.ts'
import type { Act, Download } from './context.ts'
import { executePrepared, type Tx } from './database.ts'
import { Conflict, found, insist } from './errors.ts'
import { newId } from './identifier.ts'
import { keepFile } from './kept-files.ts'
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

/** Keeps an uploaded file with a record; with a case, only while it is open. */
export async function keepAttachment(
  act: Act,
  given: {
    caseId: string | null
    subject: { kind: string; id: string }
    organId: string
    jurisdictionCode: string
    file: UploadedFile
  },
): Promise<AttachmentRow> {
  const { caseId, subject, organId, jurisdictionCode } = given
  await insistOpen(act.tx, caseId)
  const fileName = cleanFileName(given.file.fileName)
  const kept = await keepFile(act, { ...given.file, fileName })
  await sql`insert into kernel.stored_file (sha256, size_bytes, media_type, stored_at) values (${kept.sha256}, ${kept.sizeBytes}, ${kept.mediaType}, ${act.now})
    on conflict do nothing`.execute(act.tx)
  const id = newId()
  await sql`insert into kernel.attachment (id, case_id, subject_kind, subject_id, organ_id, jurisdiction_code, file_name, sha256, uploaded_by, uploaded_by_name, uploaded_at)
    values (${id}, ${caseId}, ${subject.kind}, ${subject.id}, ${organId}, ${jurisdictionCode}, ${fileName},
      ${kept.sha256}, ${act.actor.personId}, ${act.actor.name}, ${act.now})`.execute(act.tx)
  await record(act, 'kernel.attachment-kept', {
    subject,
    organId,
    after: { attachment: id, fileName, sha256: kept.sha256 },
  })
  return found(await attachmentById(act.tx, id), '附件')
}

/** Puts a file that is kept with one record with another as well; it lies there once. */
export async function attachAlso(
  act: Act,
  { fileName, sha256 }: Pick<AttachmentRow, 'fileName' | 'sha256'>,
  to: { subject: { kind: string; id: string }; organId: string; jurisdictionCode: string },
): Promise<void> {
  const id = newId()
  await sql`insert into kernel.attachment (id, case_id, subject_kind, subject_id, organ_id, jurisdiction_code, file_name, sha256, uploaded_by, uploaded_by_name, uploaded_at)
    values (${id}, null, ${to.subject.kind}, ${to.subject.id}, ${to.organId}, ${to.jurisdictionCode}, ${fileName},
      ${sha256}, ${act.actor.personId}, ${act.actor.name}, ${act.now})`.execute(act.tx)
  await record(act, 'kernel.attachment-kept', {
    subject: to.subject,
    organId: to.organId,
    after: { attachment: id, fileName, sha256 },
  })
}

const longestFileName = 150

/** The name as it may be shown and sent: no path, no control characters, none that turn the reading direction, not overlong. */
function cleanFileName(name: string): string {
  const last = name.toWellFormed().normalize('NFC').split(/[\\/]/).at(-1) ?? ''
  const letters = [...last.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim()]
  const ending = /\.[a-z0-9]{1,8}$/i.exec(letters.join(''))?.[0] ?? ''
  if (letters.length <= longestFileName) return letters.join('')
  return letters.slice(0, longestFileName - ending.length).join('') + ending
}

/** Holds the case still: it cannot be closed by somebody else before this act is done. */
async function insistOpen(tx: Tx, caseId: string | null): Promise<void> {
  if (caseId === null) return
  const { closedAt } = found(await caseById(tx, caseId, true), '办理事项')
  insist(provided(closedAt === null, { code: 'case-closed', message: '事项已经办结，不能再增减附件。' }))
}

export async function attachmentById(tx: Tx, id: string): Promise<AttachmentRow | null> {
  return (
    (
      await sql<AttachmentRow>`select ${columns} from kernel.attachment a join kernel.stored_file f using (sha256) where a.id = ${id} and a.removed_at is null`.execute(
        tx,
      )
    ).rows[0] ?? null
  )
}

export async function attachmentsOf(tx: Tx, subject: { kind: string; id: string }): Promise<AttachmentRow[]> {
  const { rows } = await executePrepared(
    tx,
    sql<AttachmentRow>`select ${columns} from kernel.attachment a join kernel.stored_file f using (sha256)
      where a.subject_kind = ${subject.kind} and a.subject_id = ${subject.id} and a.removed_at is null order by a.uploaded_at, a.id`,
  )
  return rows
}

/** Always as a download under its own name, never shown by the browser as part of the site. */
export async function openAttachment(act: Act, row: AttachmentRow): Promise<Download> {
  return { fileName: row.fileName, mediaType: row.mediaType, body: await act.files.read(row.sha256) }
}

/**
 * Takes an attachment off its record; the content and the trace stay. Only who put it there may, while the case is open.
 * @throws Conflict when it was taken off meanwhile
 */
export async function removeAttachment(act: Act, row: AttachmentRow, reason: string): Promise<void> {
  await insistOpen(act.tx, row.caseId)
  insist(
    provided(row.uploadedBy !== null && row.uploadedBy === act.actor.personId, {
      code: 'not-uploader',
      message: '附件只能由上传人移除。',
    }),
  )
  const { rows } = await sql`update kernel.attachment set removed_at = ${act.now}, removed_reason = ${reason}
    where id = ${row.id} and removed_at is null returning id`.execute(act.tx)
  if (rows.length === 0) throw new Conflict('附件')
  await record(act, 'kernel.attachment-removed', {
    subject: { kind: row.subjectKind, id: row.subjectId },
    organId: row.organId,
    before: { attachment: row.id, fileName: row.fileName, sha256: row.sha256 },
    after: { reason },
  })
}

/** Attachments of records that another organ holds from now on go along. */
export async function moveAttachments(
  tx: Tx,
  subjects: { kind: string; ids: readonly string[] },
  to: { organId: string; jurisdictionCode: string },
): Promise<void> {
  await sql`update kernel.attachment set organ_id = ${to.organId}, jurisdiction_code = ${to.jurisdictionCode}
    where subject_kind = ${subjects.kind} and subject_id = any(${[...subjects.ids]}::uuid[])`.execute(tx)
}
