import type { OfficialDocument } from '#kernel/pure/official-document.ts'
import type { Act } from '#kernel/server/context.ts'
import { issueDocument, issuedDocumentsOf } from '#kernel/server/issued-documents.ts'

export type Paper = {
  kind: 'plans.notice' | 'plans.plan' | 'plans.filing' | 'plans.report'
  number: string
  title: string
  organId: string
  jurisdictionCode: string
  recipientOrganIds: string[]
  subject: { kind: string; id: string }
  caseId: string | null
  document: Omit<OfficialDocument, 'number' | 'createdAt'>
}

/** Issues a document of the plan cycle; what is issued anew after correction keeps its number with a mark, and both stay. */
export async function issuePaper(ctx: Act, { number, document, caseId, ...paper }: Paper): Promise<string> {
  const earlier = (await issuedDocumentsOf(ctx.tx, paper.subject)).length
  const marked = earlier === 0 ? number : `${number}（第${earlier + 1}稿）`
  const { id } = await issueDocument(ctx, {
    ...paper,
    ...(caseId === null ? {} : { caseId }),
    number: marked,
    document: { ...document, number: marked, createdAt: ctx.now.toISOString() },
  })
  return id
}
