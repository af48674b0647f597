import { allOf, allowed, mayOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { secrecyMarkIn } from '#kernel/pure/secrecy-marks.ts'
import { formatYuan } from '#kernel/pure/money.ts'
import { openCase } from '#kernel/server/cases/engine.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { undoDecisions } from '#kernel/server/decisions.ts'
import { Conflict, found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { officeOrgan } from '#kernel/server/office.ts'
import { record } from '#kernel/server/record.ts'
import { readsOfOrgan, readsLevel } from '#kernel/pure/actor.ts'
import { pageFrom } from '#kernel/pure/page.ts'
import { adjustmentNumbered, reopenMatched, reviewGoesOn } from '#modules/plans/offers.ts'
import { allotmentNumbered, type EndedAllotment } from '#modules/warehouse/offers.ts'
import { lapseCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { law } from '../law.ts'
import { causeLabels, type Way } from '../model/lapse.ts'
import { can, matchingRoles } from '../policy.ts'
import { matchedLineKind } from '../rules/decision.ts'
import { insertLapse, lapseById, lapsesPage, type LapseRow } from '../store/lapse.ts'
import { allotmentsOf, answerLine, letThingsGo, lineById, yearOfLine, type LineRow } from '../store/line.ts'
import { buyWithinReview, lapsePage, planners, settled, settleWithReview } from './lapse-settling.ts'

type LapsingActions = Pick<ActionsOf<typeof contract>, 'lapses' | 'viewLapse' | 'settleLapse'>

/**
 * Things that a line was answered with do not come, from the own warehouse or from another level. Where nothing else is left
 * and the review goes on, the line waits for it again. Else its decision stays, and what is missing is the reviewer's to
 * decide with the money it needs: within the review, or late once it is closed (Art. 33, 35). What the line has from
 * elsewhere stays its own.
 */
export async function allotmentEnded(act: Act, ended: EndedAllotment): Promise<void> {
  const line = await lineById(act.tx, ended.sourceId, true)
  if (line === undefined || line.state !== 'accepted') return
  const kept = (await allotmentsOf(act.tx, line.id)).filter(({ accepted }) => accepted)
  const ofOwnLevel = ended.from === 'own-level'
  const gone = kept.filter(({ source, supply, levelRequestId }) =>
    ofOwnLevel ? line.requestId === ended.id && source === 'warehouse' && !supply.own : levelRequestId === ended.id,
  )
  if (gone.length === 0) return
  const pieces = gone.reduce((sum, one) => sum + one.pieces, 0)
  const savedFen = gone.reduce((sum, one) => sum + one.savedFen, 0)
  const why = `${causeLabels[ended.by]}（${ended.number}）${ended.reason === '' ? '' : `：${ended.reason}`}`
  const left = line.acceptedPieces - pieces
  const reopened = left === 0 && (await reopenMatched(act, line.demandLineId, why))
  await letThingsGo(
    act.tx,
    gone.map(({ id }) => id),
  )
  if (left === 0) await undoDecisions(act, matchedLineKind, [line.id], why)
  await answerLine(act.tx, line, {
    state: left === 0 ? 'withdrawn' : 'accepted',
    acceptedPieces: left,
    acceptedFen: left === 0 ? 0 : line.acceptedFen - savedFen,
    reason: why,
    answeredByName: act.actor.name,
    answeredAt: act.now,
    requestId: ofOwnLevel ? null : line.requestId,
    requestNumber: ofOwnLevel ? '' : line.requestNumber,
    decisionId: left === 0 ? null : line.decisionId,
  })
  await record(act, 'matching.allotment-ended', {
    subject: { kind: 'matching.line', id: line.id },
    organId: line.organId,
    before: { state: line.state, pieces: line.acceptedPieces, request: ended.number },
    after: { state: left === 0 ? 'withdrawn' : 'accepted', pieces: left, reason: why },
  })
  if (reopened)
    await tellReviewers(
      act,
      line,
      `/matching/lines/${line.id}`,
      `${why}，第${line.lineNo}行“${line.itemName}”重新待审核。`,
    )
  else await openLapse(act, line, ended, pieces)
}

async function openLapse(act: Act, line: LineRow, ended: EndedAllotment, pieces: number): Promise<void> {
  const id = newId()
  const { cycleId, jurisdictionCode, organId, organName, demandId, demandLineId } = line
  const { lineNo, itemName, standardCode, unit, priceFen } = line
  const year = await yearOfLine(act.tx, line)
  const ofOtherLevel = ended.from === 'other-level'
  const goesOn = await reviewGoesOn(act, demandLineId)
  const opened = await openCase(act, lapseCase, {
    subjectId: id,
    title: `调剂未成 ${organName} ${itemName}${pieces}${unit}`,
    applicantOrganId: organId,
    jurisdictionCode,
  })
  await insertLapse(act.tx, {
    id,
    lineId: line.id,
    cycleId,
    jurisdictionCode,
    organId,
    organName,
    year,
    demandId,
    demandLineId,
    lineNo,
    itemName,
    standardCode,
    unit,
    pieces,
    priceFen,
    cause: ended.by,
    reason: ended.reason,
    requestId: ended.id,
    requestNumber: ended.number,
    source: ofOtherLevel ? 'level' : 'warehouse',
    caseId: opened.id,
    openedOn: act.today,
  })
  const neededFen = pieces * priceFen
  await record(act, 'matching.lapsed', {
    subject: { kind: 'matching.lapse', id },
    organId,
    after: { request: ended.number, item: itemName, pieces, neededFen, cause: ended.by, reason: ended.reason },
  })
  const what = `${year}年度需求第${lineNo}行“${itemName}”调剂的${pieces}${unit}未成（${causeLabels[ended.by]}）`
  await tellReviewers(act, line, lapsePage(id), `${organName}${what}，购置需${formatYuan(neededFen)}元，请补充安排。`)
  await notify(act, {
    organId,
    roles: planners,
    link: lapsePage(id),
    text: goesOn
      ? `${what}。审核尚未办结，由审核人员重新安排，购置所需资金${formatYuan(neededFen)}元。`
      : `${what}。仍需配备的，可按条例第三十五条先调整计划并备案，所需资金${formatYuan(neededFen)}元。`,
  })
}

async function tellReviewers(act: Act, line: LineRow, link: string, text: string): Promise<void> {
  const authority = await act.directory.partyOrgan(act.tx, line.jurisdictionCode, 'authority', act.today)
  if (authority) await notify(act, { organId: authority.id, roles: matchingRoles, link, text })
}

export const lapsingActions: LapsingActions = {
  /** The organ's own, or the level's for who reads it. */
  async lapses(ctx) {
    const organ = officeOrgan(ctx.actor, '调剂')
    const { state, after, limit } = ctx.input
    const { jurisdictionCode } = organ
    const organId = readsLevel(ctx.actor, jurisdictionCode) ? null : organ.id
    const rows = await lapsesPage(ctx.tx, { jurisdictionCode, organId, state }, after, limit + 1)
    const page = pageFrom(rows, limit)
    return { ...page, items: page.items.map(shown) }
  },

  async viewLapse(ctx) {
    return view(ctx, await seenLapse(ctx, ctx.input.lapseId))
  },

  /** The late decision: by an adjustment that is there, by other things, or by saying why not. */
  async settleLapse(ctx) {
    const { lapseId, version, way, document, opinion } = ctx.input
    const { lineId } = await seenLapse(ctx, lapseId)
    // The line before its lapse, as whoever takes the line back locks them.
    if (way === 'review') await lineById(ctx.tx, lineId, true)
    const lapse = await seenLapse(ctx, lapseId, true)
    permit(can.answer(ctx.actor, lapse))
    if ((ctx.ifMatch ?? version) !== lapse.version) throw new Conflict('调剂未成的需求')
    insist(
      allOf(
        way === 'review' ? stillOpen(lapse) : await shownBy(ctx, lapse, way, document),
        provided(secrecyMarkIn(`${document} ${opinion}`) === null, {
          code: 'A44-1',
          message: '填写的内容带有密级标志。本系统为非涉密系统，不得填写涉密内容。',
          basis: { norm: 'A44-1', citation: '《山西省机关运行保障条例》第四十四条' },
        }),
      ),
    )
    if (way === 'review') {
      await buyWithinReview(ctx, lapse.lineId, opinion)
      await settleWithReview(ctx, lapse.lineId, opinion)
    } else await settled(ctx, lapse, { way, document: way === 'waived' ? '' : document, opinion })
    return view(ctx, await seenLapse(ctx, lapse.id))
  },
}

/** A35-1: the paper that meets the need is there: an adjustment of this organ and year, or an allotment to it. */
async function shownBy(act: Act, lapse: LapseRow, way: Exclude<Way, 'review'>, document: string): Promise<Verdict> {
  if (way === 'waived') return allowed
  if (way === 'adjustment') {
    const adjustment = await adjustmentNumbered(act.tx, lapse.organId, document)
    return provided(
      adjustment !== undefined &&
        adjustment.year === lapse.year &&
        !['withdrawn', 'refused'].includes(adjustment.state),
      {
        code: 'no-adjustment',
        message: `${lapse.organName}${lapse.year}年度没有编号为“${document}”的有效计划调整。`,
        basis: law.adjustment,
        remedy: '请核对编号；尚未调整的，由该机关先登记计划调整。',
      },
    )
  }
  const request = await allotmentNumbered(act.tx, lapse.organId, document)
  return provided(request !== undefined && request.id !== lapse.requestId && request.open, {
    code: 'no-allotment',
    message: `${lapse.organName}没有编号为“${document}”、仍然有效的公物仓调拨。`,
    basis: law.sharing,
    remedy: '请核对编号；尚未调拨的，先办理公物仓调拨。',
  })
}

async function seenLapse({ tx, actor }: Act, id: string, lock = false): Promise<LapseRow> {
  const lapse = found(await lapseById(tx, id, lock), '调剂未成的需求')
  if (!readsOfOrgan(actor, lapse)) throw new Missing('调剂未成的需求')
  return lapse
}

const stillOpen = ({ state }: LapseRow): Verdict =>
  provided(state === 'open', { code: 'state', message: '已经登记补充安排。' })

const shown = ({
  lineId: _,
  cycleId: __,
  jurisdictionCode: ___,
  organId: ____,
  standardCode: _____,
  ...row
}: LapseRow) => row

async function view(act: Act, lapse: LapseRow) {
  return {
    lapse: shown(lapse),
    reviewGoesOn: await reviewGoesOn(act, lapse.demandLineId),
    may: {
      settle: mayOf(allOf(can.answer(act.actor, lapse), stillOpen(lapse))),
    },
  }
}
