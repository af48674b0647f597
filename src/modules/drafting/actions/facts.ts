import type { Act } from '#kernel/server/context.ts'
import { Conflict, found, Missing } from '#kernel/server/errors.ts'
import { consultationOf } from '#modules/consultation/offers.ts'
import { catalogueHistory, quotaCodesOn, standardHistory } from '#modules/standards/offers.ts'
import { lineage } from '#modules/standards/rules/in-force.ts'
import { draftCase } from '../cases.ts'
import { needsConsultation } from '../model.ts'
import { maySeeDraft } from '../policy.ts'
import type { ConsultationStanding, DraftFacts } from '../rules/facts.ts'
import { asChange, changesOf, draftById, lockDraft, type ChangeRow, type DraftRow } from '../store/draft.ts'
import { localRowsOf } from '../store/local-decision.ts'

export type Loaded = { draft: DraftRow; changes: ChangeRow[]; facts: DraftFacts }

/** The draft, if the actor may know of it. */
export async function seenDraft({ tx, actor }: Pick<Act, 'tx' | 'actor'>, id: string): Promise<DraftRow> {
  const draft = found(await draftById(tx, id), '标准草案')
  if (!maySeeDraft(actor, draft)) throw new Missing('标准草案')
  return draft
}

/** The draft, held until the act is done, as the person saw it. */
export async function lockedDraft(act: Act, id: string, version: number): Promise<DraftRow> {
  await seenDraft(act, id)
  const draft = found(await lockDraft(act.tx, id), '标准草案')
  if (draft.version !== version)
    throw new Conflict(
      '标准草案',
      `标准草案刚刚被他人办理或修改（您看到的是第${version}版，现为第${draft.version}版）。请刷新后核对，再重新提交。`,
    )
  return draft
}

/** What the rules need to judge the draft as it stands, in a handful of queries. */
export async function loaded({ tx, today }: Pick<Act, 'tx' | 'today'>, draft: DraftRow): Promise<Loaded> {
  const changes = await changesOf(tx, draft.id)
  const line = lineage(draft.jurisdictionCode)
  const codes = changes.flatMap(({ content }) => (content.subject === 'standard' ? [content.code] : []))
  const rows = codes.length === 0 ? [] : await standardHistory(tx, codes, line)
  const facts: DraftFacts = {
    matter: draft.matter,
    jurisdictionCode: draft.jurisdictionCode,
    head: draft,
    changes: changes.map(asChange),
    rows,
    entries: draft.matter === 'catalogue' ? await catalogueHistory(tx, line) : [],
    quotaCodes: draft.matter === 'expenditure' ? await quotaCodesOn(tx, line, draft.inForceOn ?? today) : new Set(),
    localRows: await localRowsOf(
      tx,
      rows.map(({ id }) => id),
    ),
    consultation: await consultationStanding(tx, draft),
    today,
  }
  return { draft, changes, facts }
}

export function subjectOf({ id }: Pick<DraftRow, 'id'>) {
  return { kind: draftCase.kind, id }
}

export function recordSubject(draft: Pick<DraftRow, 'id' | 'organId'>) {
  return { subject: subjectOf(draft), organId: draft.organId }
}

async function consultationStanding(tx: Act['tx'], draft: DraftRow): Promise<ConsultationStanding> {
  if (!needsConsultation(draft.matter) && draft.consulted === null) return null
  const standing = await consultationOf(tx, subjectOf(draft))
  return standing === null || standing.state === 'withdrawn'
    ? null
    : { closed: standing.state === 'closed', consulted: draft.consulted ?? {} }
}
