import { readsLevel } from '#kernel/pure/actor.ts'
import { allOf, mayOf, verdictOf, type Finding } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import { jurisdictions, organNames } from '#modules/organs/offers.ts'
import { Standard, type CatalogueEntry } from '#modules/standards/model.ts'
import type { Draft, DraftView } from '../contract/draft.ts'
import { needsConsultation } from '../model.ts'
import { can } from '../policy.ts'
import { entryAbove } from '../rules/catalogue.ts'
import { checkDraft } from '../rules/draft.ts'
import { rowAbove } from '../rules/override.ts'
import { mayConsult, mayDecide, mayEdit, mayRecall, maySubmit, mayWithdraw } from '../rules/steps.ts'
import { rivalsOf, type DraftRow } from '../store/draft.ts'
import { reviewsOfDraft } from '../store/review.ts'
import { loaded, type Loaded } from './facts.ts'

const under: readonly DraftRow['state'][] = ['drafting', 'consulting', 'returned', 'approving']

/** The draft with everything its page shows: changes beside what they replace, findings, rivals, what may be done. */
export async function draftView(act: Pick<Act, 'tx' | 'today' | 'actor'>, draft: DraftRow): Promise<DraftView> {
  const all = await loaded(act, draft)
  // Those it binds read the draft; how it stands with the rules is for the level to mend.
  const ofLevel = readsLevel(act.actor, draft.jurisdictionCode)
  const findings = ofLevel && under.includes(draft.state) ? checkDraft(all.facts) : []
  const { consultation } = all.facts
  const sends = allOf(can.submit(act.actor, draft), maySubmit(draft), verdictOf(findings))
  const decides = (verdict: ReturnType<typeof can.approve>) => allOf(verdict, mayDecide(draft))
  const [head] = await asDrafts(act, [draft])
  return {
    draft: { ...(head as Draft), caseId: ofLevel ? draft.caseId : null },
    changes: all.changes.map((row) => asChangeView(all, row)),
    findings,
    consultationNeeded: needsConsultation(draft.matter),
    rivals: ofLevel && under.includes(draft.state) ? await rivalsOf(act.tx, draft) : [],
    reviews: ofLevel && draft.state === 'approved' ? await reviewViews(act, draft) : [],
    may: {
      edit: mayOf(allOf(can.edit(act.actor, draft), mayEdit(draft, consultation))),
      consult: mayOf(
        allOf(can.consult(act.actor, draft), mayConsult(draft, consultation), verdictOf(beforeConsulting(findings))),
      ),
      submit: mayOf(sends),
      recall: mayOf(allOf(can.recall(act.actor, draft), mayRecall(draft))),
      approve: mayOf(allOf(decides(can.approve(act.actor, draft)), verdictOf(findings))),
      returnForCorrection: mayOf(decides(can.returnForCorrection(act.actor, draft))),
      refuse: mayOf(decides(can.refuse(act.actor, draft))),
      withdraw: mayOf(allOf(can.withdraw(act.actor, draft), mayWithdraw(draft, consultation))),
    },
  }
}

/** Opinions are asked for on a draft that is sound in itself; that it has not been consulted on yet is no fault then. */
export function beforeConsulting(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ rule }) => rule !== 'STD-R06')
}

/** Drafts with the names of jurisdiction and organ, in two queries. */
export async function asDrafts({ tx, today }: Pick<Act, 'tx' | 'today'>, rows: readonly DraftRow[]): Promise<Draft[]> {
  const names = await organNames(
    tx,
    rows.map(({ organId }) => organId),
  )
  const places = new Map((await jurisdictions(tx, today)).map(({ code, name }) => [code, name]))
  return rows.map(({ consulted: _, authors: __, submittedBy: ___, ...row }) => ({
    ...row,
    jurisdictionName: places.get(row.jurisdictionCode) ?? row.jurisdictionCode,
    organName: names.get(row.organId) ?? '',
  }))
}

function asChangeView({ draft, facts }: Loaded, row: Loaded['changes'][number]): DraftView['changes'][number] {
  const { id, lineNo, content, before, enactedId } = row
  const on = draft.inForceOn ?? facts.today
  if (content.subject === 'standard')
    return {
      ...content,
      id,
      lineNo,
      enactedId,
      before: before === null ? null : Standard.parse(before),
      above: rowAbove(facts, content, on).row,
    }
  return {
    ...content,
    id,
    lineNo,
    enactedId,
    before: before as CatalogueEntry | null,
    above: entryAbove(facts, content.needKind, on),
  }
}

async function reviewViews({ tx, today }: Pick<Act, 'tx' | 'today'>, draft: DraftRow) {
  const places = new Map((await jurisdictions(tx, today)).map(({ code, name }) => [code, name]))
  return (await reviewsOfDraft(tx, draft.id)).map(({ id, jurisdictionCode, state }) => ({
    id,
    state,
    jurisdictionName: places.get(jurisdictionCode) ?? jurisdictionCode,
  }))
}
