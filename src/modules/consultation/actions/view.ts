import { allOf, mayOf, provided, type May, type Verdict } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import { organNames } from '#modules/organs/offers.ts'
import type { Consultation, OpinionDraft } from '../model.ts'
import { can, seesAll } from '../policy.ts'
import { mayAnswer } from '../rules/answering.ts'
import { mayChange, mayClose, mayRemind } from '../rules/closing.ts'
import { countsOf, type ConsultationRow, type ListedRow } from '../store/consultation.ts'
import { itemsOfOpinion, type ItemRow } from '../store/item.ts'
import type { OpinionRow } from '../store/opinion.ts'
import { seesSummary, type Seen } from './access.ts'
import { papersOf } from './papers.ts'

/** Rows of a list with names and counts, two queries however many. */
export async function asConsultations({ tx }: Pick<Act, 'tx'>, rows: readonly ListedRow[]): Promise<Consultation[]> {
  const counts = await countsOf(
    tx,
    rows.map(({ id }) => id),
  )
  const names = await organNames(
    tx,
    rows.map(({ organId }) => organId),
  )
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    title: row.title,
    organId: row.organId,
    organName: names.get(row.organId) ?? '',
    state: row.state,
    opinionsUntil: row.opinionsUntil,
    openedOn: row.openedOn,
    closedOn: row.closedOn,
    counts: counts.get(row.id) as Consultation['counts'],
    mine:
      row.opinionId === null || row.opinionState === null
        ? null
        : { opinionId: row.opinionId, state: row.opinionState, late: row.late ?? false },
  }))
}

/** The consultation as its page shows it to this reader. */
export async function consultationView(act: Act, { row, mine }: Seen) {
  const [listed] = await asConsultations(act, [
    { ...row, opinionId: mine?.id ?? null, opinionState: mine?.state ?? null, late: mine?.late ?? null },
  ])
  const { counts } = listed as Consultation
  const all = seesAll(act.actor, row)
  const lead = (what: string, whether: Verdict): May => mayOf(allOf(can.lead(act.actor, row, what), whether))
  return {
    consultation: {
      ...(listed as Consultation),
      text: row.text,
      openedByName: row.openedByName,
      namesShown: row.namesShown,
      remindedOn: row.remindedOn,
      closedByName: row.closedByName,
      conclusion: row.conclusion,
      summaryDocumentId: row.summaryDocumentId,
      version: row.version,
    },
    subject: subjectOf(act, row),
    seesAll: all,
    seesSummary: seesSummary(act, row),
    caseId: all ? row.caseId : (mine?.caseId ?? null),
    ...(await papersOf(act, row)),
    may: {
      answer: mine === null ? notAsked : mayOf(allOf(can.answer(act.actor, mine), answerNow(act, row, mine))),
      reply: lead('答复意见', mayChange(row.state)),
      remind: lead('催办', mayRemind({ state: row.state, counts, remindedOn: row.remindedOn }, act.today)),
      close: lead('办结征求意见', mayClose({ state: row.state, opinionsUntil: row.opinionsUntil, counts }, act.today)),
      withdraw: lead('撤销征求意见', mayChange(row.state)),
    },
  }
}

const notAsked: May = mayOf(provided(false, { code: 'not-asked', message: '没有征求本机关的意见。' }))

function answerNow({ today }: Act, row: ConsultationRow, mine: OpinionRow): Verdict {
  return mayAnswer({ consultationState: row.state, opinionState: mine.state, opinionsUntil: row.opinionsUntil }, today)
}

/** The record consulted on, where its kind of case says on which page it is shown. */
function subjectOf({ caseKinds }: Act, { subjectKind, subjectId }: ConsultationRow) {
  const kind = subjectKind === null ? undefined : caseKinds.get(subjectKind)?.kind
  if (kind === undefined || subjectId === null) return null
  return { kind: kind.kind, title: kind.title, link: kind.page.replace(':subjectId', subjectId) }
}

/** Opinions as the reader may see them: names where they are shown or one's own, answers once they are final. */
export async function asItems(
  { tx, actor }: Pick<Act, 'tx' | 'actor'>,
  row: ConsultationRow,
  items: readonly ItemRow[],
) {
  const all = seesAll(actor, row)
  const names = await organNames(
    tx,
    items.map(({ organId }) => organId),
  )
  const answered = all || row.state === 'closed'
  return items.map((item) => {
    const named = all || row.namesShown || item.organId === actor.organ?.id
    return {
      id: item.id,
      itemNo: item.itemNo,
      organId: named ? item.organId : null,
      organName: named ? (names.get(item.organId) ?? '') : null,
      late: item.late,
      place: item.place,
      opinion: item.opinion,
      suggestion: item.suggestion,
      reason: item.reason,
      groupLabel: all ? item.groupLabel : null,
      reply: answered ? item.reply : null,
      replyReason: answered ? item.replyReason : null,
      repliedByName: all ? item.repliedByName : null,
      version: item.version,
    }
  })
}

/** One organ's answer as its page shows it. */
export async function opinionView(act: Act, row: ConsultationRow, opinion: OpinionRow) {
  const items = await itemsOfOpinion(act.tx, opinion.id)
  const names = await organNames(act.tx, [row.organId, opinion.organId])
  const isOwn = act.actor.organ?.id === opinion.organId
  const sent: OpinionDraft = {
    stance: opinion.stance,
    items: items.map(({ id, place, opinion: said, suggestion, reason }) => ({
      id,
      place,
      opinion: said,
      suggestion,
      reason,
    })),
  }
  return {
    opinion: {
      id: opinion.id,
      consultationId: row.id,
      organId: opinion.organId,
      organName: names.get(opinion.organId) ?? '',
      state: opinion.state,
      stance: opinion.stance,
      late: opinion.late,
      submittedAt: opinion.submittedAt,
      submittedByName: opinion.submittedByName,
      caseId: opinion.caseId,
      version: opinion.version,
    },
    consultation: {
      id: row.id,
      number: row.number,
      title: row.title,
      text: row.text,
      organName: names.get(row.organId) ?? '',
      state: row.state,
      opinionsUntil: row.opinionsUntil,
      closedOn: row.closedOn,
      ...(await papersOf(act, row)),
    },
    items: await asItems(act, row, items),
    // What is only being typed is nobody's but the organ's.
    draft: (isOwn ? opinion.draft : null) ?? sent,
    may: { answer: mayOf(allOf(can.answer(act.actor, opinion), answerNow(act, row, opinion))) },
  }
}
