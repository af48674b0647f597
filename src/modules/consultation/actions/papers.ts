import { attachmentById, attachmentsOf, openAttachment } from '#kernel/server/attachments.ts'
import type { Act, Download } from '#kernel/server/context.ts'
import { found, Missing } from '#kernel/server/errors.ts'
import { issuedDocument, renderIssued } from '#kernel/server/issued-documents.ts'
import { beyondScope } from '#kernel/server/scope.ts'
import type { ConsultationRow } from '../store/consultation.ts'

/** Files and documents of a draft lie with the department that asks; whoever is asked reads them with the draft. */
const reason = 'whoever is asked for an opinion reads the papers of the draft'

export type Papers = {
  files: { id: string; fileName: string; sizeBytes: number; uploadedAt: Date }[]
  documents: { id: string; number: string; title: string }[]
}

/** The papers of a draft the actor may know of. */
export async function papersOf(act: Act, row: ConsultationRow): Promise<Papers> {
  return beyondScope(act, reason, async () => {
    const files = await attachmentsOf(act.tx, { kind: 'consultation.consultation', id: row.id })
    const documents: Papers['documents'] = []
    for (const id of row.documentIds) {
      const issued = await issuedDocument(act.tx, id)
      if (issued) documents.push({ id, number: issued.number, title: issued.title })
    }
    return {
      files: files.map(({ id, fileName, sizeBytes, uploadedAt }) => ({ id, fileName, sizeBytes, uploadedAt })),
      documents,
    }
  })
}

/** @throws Missing for a file of something else */
export async function openFile(act: Act, row: ConsultationRow, fileId: string): Promise<Download> {
  const file = await beyondScope(act, reason, () => attachmentById(act.tx, fileId))
  const { subjectKind, subjectId } = found(file, '附件')
  if (file === null || subjectKind !== 'consultation.consultation' || subjectId !== row.id) throw new Missing('附件')
  return openAttachment(act, file)
}

/** @throws Missing for a document that is no part of the draft */
export async function openDocument(
  act: Act,
  row: ConsultationRow,
  documentId: string,
  format: 'docx' | 'pdf',
): Promise<Download> {
  if (!row.documentIds.includes(documentId)) throw new Missing('公文')
  return beyondScope(act, reason, () => renderIssued(act.tx, documentId, format))
}
