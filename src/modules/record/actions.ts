import { pageFrom } from '#kernel/pure/page.ts'
import { mayOf } from '#kernel/pure/verdict.ts'
import {
  attachmentById,
  attachmentsOf,
  keepAttachment,
  openAttachment,
  removeAttachment,
  type AttachmentRow,
} from '#kernel/server/attachments.ts'
import { readableCase } from '#kernel/server/cases/reading.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { BadInput, found, Missing, permit } from '#kernel/server/errors.ts'
import { issuedDocument, renderIssued } from '#kernel/server/issued-documents.ts'
import { organNames } from '#modules/organs/offers.ts'
import { beyondScope } from '#kernel/server/scope.ts'
import type { contract } from './contract.ts'
import { auditActions } from './actions/audit.ts'
import { can, changesScope, readsBusiness, recordScope } from './policy.ts'
import { groundsOf, maskedForAuditor } from './rules/auditor-view.ts'
import {
  changesOf,
  digestOfDocument,
  documentsOf,
  documentsPage,
  mayReadDocument,
  type EntryRow,
  type HeadRow,
} from './store.ts'

export const actions: ActionsOf<typeof contract> = {
  async attachments(ctx) {
    const row = await readableCase(ctx, ctx.input.caseId)
    const open = row.closedAt === null
    const items = await attachmentsOf(ctx.tx, { kind: row.kind, id: row.subjectId })
    return {
      items: items.map((item) => attachmentView(ctx, item, open)),
      may: { attach: mayOf(can.attach(ctx.actor, open)) },
    }
  },

  async attach(ctx) {
    const row = await readableCase(ctx, ctx.input.caseId)
    permit(can.attach(ctx.actor, row.closedAt === null))
    const kept = await keepAttachment(ctx, {
      caseId: row.id,
      subject: { kind: row.kind, id: row.subjectId },
      organId: row.applicantOrganId,
      jurisdictionCode: row.jurisdictionCode,
      file: ctx.input.file,
    })
    return attachmentView(ctx, kept, true)
  },

  async attachmentFile(ctx) {
    return openAttachment(ctx, (await seenAttachment(ctx, ctx.input.attachmentId)).attachment)
  },

  async removeAttachment(ctx) {
    const { attachment, open } = await seenAttachment(ctx, ctx.input.attachmentId)
    permit(can.removeAttachment(ctx.actor, attachment, open))
    await removeAttachment(ctx, attachment, ctx.input.reason)
    return {}
  },

  async documents(ctx) {
    const scope = recordScope(ctx.actor)
    const { after, limit, ...filter } = ctx.input
    const rows = scope ? await documentsPage(ctx.tx, scope, filter, documentCursor(after), limit + 1) : []
    const page = pageFrom(rows, limit, (last) => `${last.issuedAt.toISOString()}@${last.id}`)
    return { ...page, items: await named(ctx, page.items) }
  },

  async document(ctx) {
    await permitDocument(ctx, ctx.input.documentId)
    const issued = found(await issuedDocument(ctx.tx, ctx.input.documentId), '公文')
    const names = await organNames(ctx.tx, [issued.organId, ...issued.recipientOrganIds])
    const { issuedAt: _, recipientOrganIds, ...shown } = issued
    return {
      ...shown,
      organName: names.get(issued.organId) ?? '',
      recipientNames: recipientOrganIds.map((id) => names.get(id) ?? ''),
    }
  },

  async subjectDocuments(ctx) {
    const scope = recordScope(ctx.actor)
    return {
      items: scope
        ? await named(ctx, await documentsOf(ctx.tx, scope, { kind: ctx.input.subjectKind, id: ctx.input.subjectId }))
        : [],
    }
  },

  async documentFile(ctx) {
    await permitDocument(ctx, ctx.input.documentId)
    return renderIssued(ctx.tx, ctx.input.documentId, ctx.input.format)
  },

  async checkDocument(ctx) {
    const known = await beyondScope(ctx, 'whoever holds a document may ask whether it is genuine', () =>
      digestOfDocument(ctx.tx, ctx.input.recordNumber),
    )
    const genuine = known?.digest.startsWith(ctx.input.digest) ?? false
    return { genuine, issuedOn: genuine ? (known?.issuedOn ?? null) : null }
  },

  async changes(ctx) {
    const scope = changesScope(ctx.actor)
    if (!scope) return { items: [] }
    const items = await changesOf(ctx.tx, scope, { kind: ctx.input.subjectKind, id: ctx.input.subjectId }, 200)
    return { items: readsBusiness(ctx.actor) ? items : items.map(masked) }
  },

  ...auditActions,
}

/** As the audit administrator may see it, who reads changes of the level without being in office there. */
function masked(row: EntryRow): EntryRow {
  return {
    ...row,
    before: maskedForAuditor(row.fact, row.before),
    after: maskedForAuditor(row.fact, row.after),
    basis: groundsOf(row.fact, row.basis),
  }
}

function attachmentView({ actor }: Act, row: AttachmentRow, open: boolean) {
  const { id, fileName, sizeBytes, mediaType, uploadedByName, uploadedAt } = row
  return {
    id,
    fileName,
    sizeBytes,
    mediaType,
    uploadedByName,
    uploadedAt,
    may: { remove: mayOf(can.removeAttachment(actor, row, open)) },
  }
}

/** A paper outside of the reader's scope is not even known to exist. */
async function permitDocument({ tx, actor }: Act, id: string): Promise<void> {
  const scope = recordScope(actor)
  if (!scope || !(await mayReadDocument(tx, scope, id))) throw new Missing('公文')
}

function wrongCursor(): BadInput {
  return new BadInput([{ pointer: '/after', message: '翻页位置无效。请从第一页重新查看。' }])
}

function documentCursor(after: string | undefined): { issuedAt: Date; id: string } | null {
  if (after === undefined) return null
  const [, instant, id] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)@([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(after) ?? []
  if (instant === undefined || id === undefined || Number.isNaN(Date.parse(instant))) throw wrongCursor()
  return { issuedAt: new Date(instant), id }
}

/** An attachment is seen by whoever sees its case. */
async function seenAttachment(ctx: Act, id: string): Promise<{ attachment: AttachmentRow; open: boolean }> {
  const attachment = found(await attachmentById(ctx.tx, id), '附件')
  if (attachment.caseId === null) throw new Missing('附件')
  const row = await readableCase(ctx, attachment.caseId)
  return { attachment, open: row.closedAt === null }
}

async function named({ tx }: Act, rows: readonly HeadRow[]) {
  const names = await organNames(
    tx,
    rows.map(({ organId }) => organId),
  )
  return rows.map(({ issuedAt: _, digest: __, ...row }) => ({ ...row, organName: names.get(row.organId) ?? '' }))
}
