import { allOf, verdictOf } from '#kernel/pure/verdict.ts'
import { moveCase } from '#kernel/server/cases/engine.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, insist, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { nextNumber } from '#kernel/server/number-series.ts'
import { record } from '#kernel/server/record.ts'
import type { CatalogueEntry, Standard } from '#modules/standards/model.ts'
import { definitionOf } from '#modules/standards/model/definitions.ts'
import {
  endCatalogueEntries,
  endStandards,
  holdStandards,
  insertCatalogueEntries,
  insertStandards,
} from '#modules/standards/offers.ts'
import { draftCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { issueDraftDocument } from '../documents/notice.ts'
import type { CatalogueChange, Change, Matter, StandardChange } from '../model.ts'
import { can } from '../policy.ts'
import { checkDraft, datedRows, plannedChanges } from '../rules/draft.ts'
import { enactmentOf } from '../rules/enactment.ts'
import { mayDecide } from '../rules/steps.ts'
import { markEnacted, saveDraft, type DraftRow } from '../store/draft.ts'
import { insertLocalDecisions } from '../store/local-decision.ts'
import { loaded, lockedDraft, recordSubject, type Loaded } from './facts.ts'
import { concludeAnswered, openReviews } from './review.ts'
import { drafterRoles } from './steps.ts'
import { draftView } from './view.ts'

/** 文号 where the office gives none of its own, by matter. */
const series: Readonly<Record<Matter, string>> = {
  standard: '保障标准',
  expenditure: '支出标准',
  parameter: '办理参数',
  catalogue: '指导目录',
}

export const approvalActions: Pick<ActionsOf<typeof contract>, 'approveDraft'> = {
  /**
   * A9-2: old rows end the day before, new ones begin; all or nothing. Enactments of all jurisdictions happen one after
   * the other, and the rules judge again on what the one before left: of two drafts on one standard the second is refused.
   */
  async approveDraft(ctx) {
    const { draftId, version, opinion } = ctx.input
    const draft = await lockedDraft(ctx, draftId, version)
    permit(can.approve(ctx.actor, draft))
    await holdStandards(ctx.tx)
    const all = await loaded(ctx, draft)
    const findings = checkDraft(all.facts)
    insist(allOf(mayDecide(draft), verdictOf(findings)))
    const documentNumber = ctx.input.documentNumber || (await ownNumber(ctx, draft))
    await enact(ctx, all, documentNumber)
    const documentId = await issueDraftDocument(ctx, { ...all, draft: { ...draft, documentNumber } })
    const approved = await saveDraft(ctx.tx, draft, {
      state: 'approved',
      documentNumber,
      documentId,
      approvedOn: ctx.today,
      approvedByName: ctx.actor.name,
    })
    await moveCase(ctx, draftCase, found(draft.caseId, '办理事项'), 'approve', { opinion })
    await record(ctx, 'drafting.draft-approved', {
      ...recordSubject(draft),
      before: { state: draft.state },
      after: { state: approved.state, documentNumber, inForceOn: draft.inForceOn, opinion: opinion ?? null },
      basis: findings,
    })
    if (draft.matter === 'standard') await openReviews(ctx, approved, all)
    if (draft.matter === 'expenditure') await concludeAnswered(ctx, approved)
    await notify(ctx, {
      organId: draft.organId,
      roles: drafterRoles(draft),
      link: `/standards/drafts/${draft.id}`,
      text: `“${draft.documentTitle}”（${documentNumber}）已批准，自${draft.inForceOn ?? ''}起施行。`,
    })
    return draftView(ctx, approved)
  },
}

async function ownNumber({ tx, today }: Act, { matter, organId }: DraftRow): Promise<string> {
  const year = today.slice(0, 4)
  const serial = await nextNumber(tx, `${series[matter]}-${organId}-${year}`)
  return `${series[matter]}〔${year}〕${serial}号`
}

/** Writes what was planned; whatever the planning finds wrong has been refused as a finding before. */
async function enact(act: Act, { draft, facts }: Loaded, documentNumber: string): Promise<void> {
  const on = found(draft.inForceOn, '施行日期')
  const { closings } = enactmentOf(datedRows(facts), plannedChanges(facts.changes), on)
  const enacted = new Map<string, string | null>(facts.changes.map(({ id, replacesId }) => [id, replacesId]))
  const lasting = facts.changes.filter(({ act: what }) => what !== 'end')
  for (const { id } of lasting) enacted.set(id, newId())
  const citation = (place: string) => `《${draft.documentTitle}》（${documentNumber}）${place}`
  const idOf = (change: Change) => found(enacted.get(change.id), '标准')
  if (draft.matter === 'catalogue') {
    await endCatalogueEntries(act.tx, closings)
    await insertCatalogueEntries(
      act.tx,
      lasting.filter(isCatalogue).map((change) => ({
        ...entryOf(change),
        id: idOf(change),
        jurisdictionCode: draft.jurisdictionCode,
        from: on,
        until: null,
        citation: citation(change.citation),
      })),
    )
  } else {
    const rows = lasting.filter(isStandard)
    await endStandards(act.tx, closings)
    await insertStandards(
      act.tx,
      rows.map((change) => ({
        ...rowOf(change),
        id: idOf(change),
        jurisdictionCode: draft.jurisdictionCode,
        from: on,
        citation: citation(change.citation),
      })),
    )
    await insertLocalDecisions(act.tx, draft.id, rows.filter(({ localDecision }) => localDecision).map(idOf))
  }
  await markEnacted(act.tx, enacted)
}

/** What a department lays down in a document of its own is certain; doubts of an earlier source end with it. */
function rowOf(change: Change<StandardChange>): Omit<Standard, 'id' | 'jurisdictionCode' | 'from' | 'citation'> {
  const { code, kind, title, level, rank, value, until, restsOn, localDecision } = change
  return {
    code,
    kind,
    title,
    level,
    rank,
    value: found(value, '标准内容'),
    until,
    confidence: 'A',
    note: [change.note, localDecision ? '下级可以根据当地实际另行规定。' : ''].filter((text) => text !== '').join(' '),
    norms: [...(definitionOf(code)?.norms ?? [])],
    restsOn,
  }
}

function entryOf({
  needKind,
  centralised,
  provided,
  items,
  note,
}: CatalogueChange): Pick<CatalogueEntry, 'needKind' | 'centralised' | 'provided' | 'items' | 'note'> {
  // A draft begun before things could be named one by one has none.
  return { needKind, centralised, provided, items: items ?? [], note }
}

function isStandard(change: Change): change is Change<StandardChange> {
  return change.subject === 'standard'
}

function isCatalogue(change: Change): change is Change<CatalogueChange> {
  return change.subject === 'catalogue'
}
