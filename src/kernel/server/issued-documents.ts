import { sql } from 'kysely'
import { OfficialDocument } from '#kernel/pure/official-document.ts'
import { createHash } from 'node:crypto'
import type { Act, Download } from './context.ts'
import type { Tx } from './database.ts'
import { Conflict, found } from './errors.ts'
import { shortForm } from './audit/checkpoint.ts'
import { latestCheckpoint } from './audit/tree-store.ts'
import { newId } from './identifier.ts'
import { canonicalJson } from '#kernel/pure/canonical-json.ts'
import { record } from './record.ts'
import { renderDocx } from './documents/docx.ts'
import { renderPdf } from './documents/pdf.ts'

export type Issue = {
  /** `<module>.<noun>`, e.g. `plans.notice`. */
  kind: string
  number: string
  title: string
  organId: string
  jurisdictionCode: string
  recipientOrganIds: readonly string[]
  subject: { kind: string; id: string }
  caseId?: string
  document: OfficialDocument
}

export type IssuedDocument = {
  id: string
  kind: string
  number: string
  title: string
  organId: string
  jurisdictionCode: string
  recipientOrganIds: string[]
  subjectKind: string
  subjectId: string
  caseId: string | null
  document: OfficialDocument
  digest: string
  issuedOn: string
  issuedAt: Date
  issuedBy: string
  /** The newest checkpoint of the audit record when it was issued; null where there was none yet. */
  checkpoint: string | null
}

/** Everything but the document itself, for lists. */
export type IssuedHead = Omit<IssuedDocument, 'document'>

const head = sql`id, kind, number, title, organ_id, jurisdiction_code, recipient_organ_ids, subject_kind, subject_id, case_id, digest, issued_on, issued_at, issued_by, checkpoint`

/**
 * Issues an official document: kept as data with its digest, never changed; files are drawn from it when asked for.
 * @throws Conflict when the organ has issued that number before
 */
export async function issueDocument(act: Act, issue: Issue): Promise<{ id: string }> {
  const document = OfficialDocument.parse(issue.document)
  const id = newId()
  const digest = documentDigest(document)
  const newest = await latestCheckpoint(act.tx)
  const checkpoint = newest && shortForm(newest)
  const { rows } =
    await sql`insert into kernel.issued_document (id, kind, number, title, organ_id, jurisdiction_code, recipient_organ_ids, subject_kind,
      subject_id, case_id, document, digest, issued_on, issued_at, issued_by, checkpoint)
    values (${id}, ${issue.kind}, ${issue.number}, ${issue.title}, ${issue.organId}, ${issue.jurisdictionCode}, ${[...issue.recipientOrganIds]}::uuid[],
      ${issue.subject.kind}, ${issue.subject.id}, ${issue.caseId ?? null}, ${JSON.stringify(document)}::jsonb, ${digest}, ${act.today}, ${act.now}, ${act.actor.name},
      ${checkpoint})
    on conflict do nothing returning id`.execute(act.tx)
  if (rows.length === 0) throw new Conflict('公文', `文号“${issue.number}”已经使用。请刷新后重新提交。`)
  await record(act, 'kernel.document-issued', {
    subject: issue.subject,
    organId: issue.organId,
    after: { document: id, kind: issue.kind, number: issue.number, title: issue.title, digest },
  })
  return { id }
}

/** Digest over the canonical JSON, so that it does not depend on how the database keeps it. */
export function documentDigest(document: OfficialDocument): string {
  return createHash('sha256').update(canonicalJson(document)).digest('hex')
}

export async function issuedDocument(tx: Tx, id: string): Promise<IssuedDocument | null> {
  return (
    (await sql<IssuedDocument>`select ${head}, document from kernel.issued_document where id = ${id}`.execute(tx))
      .rows[0] ?? null
  )
}

export async function issuedDocumentsOf(tx: Tx, subject: { kind: string; id: string }): Promise<IssuedHead[]> {
  return (
    await sql<IssuedHead>`select ${head} from kernel.issued_document where subject_kind = ${subject.kind} and subject_id = ${subject.id} order by issued_at, id`.execute(
      tx,
    )
  ).rows
}

const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** The document as an editable .docx or as PDF, with number and digest at its foot. */
export async function renderIssued(tx: Tx, id: string, format: 'docx' | 'pdf'): Promise<Download> {
  const issued = found(await issuedDocument(tx, id), '公文')
  // Printed, the checkpoint is kept by everybody who has the paper: against it, a rewritten record shows.
  const hint = issued.checkpoint === null ? {} : { hint: `审计检查点：${issued.checkpoint}` }
  const verification = { recordNumber: issued.id, digest: issued.digest.slice(0, 16), ...hint }
  const document = { ...issued.document, verification }
  const fileName = `${issued.number} ${issued.title}.${format}`.replace(/[\\/:*?"<>|\n]/g, '_')
  if (format === 'docx') return { fileName, mediaType: wordType, body: await renderDocx(document) }
  return { fileName, mediaType: 'application/pdf', body: await renderPdf(document) }
}
