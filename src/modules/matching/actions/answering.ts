import { keeperRoles } from '#kernel/pure/actor.ts'
import { allOf, mayOf, provided } from '#kernel/pure/verdict.ts'
import { secrecyMarkIn } from '#kernel/pure/secrecy-marks.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { decideAll, undoDecisions } from '#kernel/server/decisions.ts'
import { Conflict, found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import { idleCards, lockedCards } from '#modules/assets/offers.ts'
import { cycleToMatch, settleByMatching, unsettleMatched } from '#modules/plans/offers.ts'
import { standardTable } from '#modules/standards/offers.ts'
import { allotItems, releaseItems, reserveItems, revokeAllotment } from '#modules/warehouse/offers.ts'
import type { AnswerOf } from '#kernel/pure/contract.ts'
import type { contract } from '../contract.ts'
import { law } from '../law.ts'
import { can, maySee } from '../policy.ts'
import {
  mayAccept,
  mayRefuse,
  mayWithdraw,
  onceOnly,
  refusalReasoned,
  settlementText,
  stillThere,
  withdrawalReasoned,
} from '../rules/answering.ts'
import { matchedLineKind } from '../rules/decision.ts'
import {
  acceptedDemandLines,
  allotmentsOf,
  answerLine,
  findingsOf,
  keepAllotments,
  keptElsewhere,
  letAllotmentsGo,
  lineById,
  type AllotmentRow,
  type LineRow,
} from '../store/line.ts'
import { proposalsOf } from '../store/proposal.ts'
import { asLine } from './cycle.ts'
import { settleWithReview } from './lapse-settling.ts'
import { askLevels, insistOwnLevelFirst, ofLevels, takeLevelsBack } from './other-levels.ts'

type AnsweringActions = Pick<ActionsOf<typeof contract>, 'viewLine' | 'acceptLine' | 'refuseLine' | 'withdrawLine'>

export const answeringActions: AnsweringActions = {
  async viewLine(ctx) {
    return lineView(ctx, await seenLine(ctx, ctx.input.lineId))
  },

  /** Opinion O3 with no new money (a part: the rest is bought), and the things are the organ's to come (A23-2, PLAN-R06). */
  async acceptLine(ctx) {
    const { lineId, version, allotmentIds, reason } = ctx.input
    const line = await lockedLine(ctx, lineId, version)
    const all = await allotmentsOf(ctx.tx, line.id)
    const chosen = allotmentIds === undefined ? all : all.filter(({ id }) => allotmentIds.includes(id))
    insist(
      allOf(
        mayAccept(line, await presentOf(ctx, line)),
        onceOnly((await acceptedDemandLines(ctx.tx, line.cycleId)).has(line.demandLineId) && line.state !== 'accepted'),
        provided(allotmentIds === undefined || chosen.length === new Set(allotmentIds).size, {
          code: 'not-proposed',
          message: '所选资产不在该行的调剂建议中。',
          basis: law.sharing,
          remedy: '请刷新后重新选择。',
        }),
        withoutMarks(reason),
      ),
    )
    const pieces = sumOf(chosen, 'pieces')
    const text = settlementText(chosen.map(asGiven), line, reason)
    const settled = await settleByMatching(ctx, {
      lineId: line.demandLineId,
      asked: line.asked,
      standardCode: line.standardCode,
      needed: line.needed,
      matched: pieces,
      priceFen: line.priceFen,
      reason: text,
    })
    await insistOwnLevelFirst(ctx, line, chosen)
    await keepThings(ctx, line, chosen)
    await askLevels(ctx, line, chosen)
    const request = await takeFromWarehouse(ctx, line, chosen, text)
    await tellHolders(ctx, line, chosen)
    const savedFen = sumOf(chosen, 'savedFen')
    const decisionId = await decided(ctx, line, {
      says: `采纳：${text}`,
      values: {
        调剂数量: pieces,
        购置数量: settled.bought,
        '购置金额（分）': settled.boughtFen,
        '节约购置资金（分）': savedFen,
      },
      reason,
      deviates: chosen.length < all.length,
    })
    const answered = await answerLine(ctx.tx, line, {
      state: 'accepted',
      acceptedPieces: pieces,
      acceptedFen: savedFen,
      reason,
      answeredByName: ctx.actor.name,
      answeredAt: ctx.now,
      requestId: request?.requestId ?? null,
      requestNumber: request?.number ?? '',
      decisionId,
    })
    await record(ctx, 'matching.line-accepted', {
      ...subjectOf(line),
      before: { state: line.state },
      after: {
        state: 'accepted',
        pieces,
        savedFen,
        cards: chosen.flatMap(({ cardId }) => cardId ?? []),
        levels: ofLevels(chosen).length,
        request: request?.number ?? null,
      },
      basis: { decisionId },
    })
    return lineView(ctx, answered)
  },

  /** The line is bought after all: the reviewer says why, and decides it in the review (GWC-R01, PLAN-R06). */
  async refuseLine(ctx) {
    const { lineId, version, reason } = ctx.input
    const line = await lockedLine(ctx, lineId, version)
    insist(allOf(mayRefuse(line, await presentOf(ctx, line)), refusalReasoned(reason), withoutMarks(reason)))
    const decisionId = await decided(ctx, line, { says: '不采纳调剂建议。', values: {}, reason, deviates: true })
    const answered = await answerLine(ctx.tx, line, {
      ...unanswered,
      state: 'refused',
      reason,
      answeredByName: ctx.actor.name,
      answeredAt: ctx.now,
      decisionId,
    })
    await record(ctx, 'matching.line-refused', {
      ...subjectOf(line),
      before: { state: line.state },
      after: { state: 'refused', reason },
      basis: { decisionId },
    })
    return lineView(ctx, answered)
  },

  /** While the receiver has not signed: the things are free again, and the line waits for the review. */
  async withdrawLine(ctx) {
    const { lineId, version, reason } = ctx.input
    const line = await lockedLine(ctx, lineId, version)
    insist(allOf(mayWithdraw(line), withdrawalReasoned(reason), withoutMarks(reason)))
    const kept = (await allotmentsOf(ctx.tx, line.id)).filter(({ accepted }) => accepted)
    await unsettleMatched(ctx, line.demandLineId, reason)
    if (line.requestId !== null) await revokeAllotment(ctx, line.requestId, reason)
    const own = kept.filter((one) => one.source === 'warehouse' && one.supply.own).map(({ supplyId }) => supplyId)
    if (own.length > 0) await releaseItems(ctx, { itemIds: own, holder: holderOf(line) })
    await takeLevelsBack(ctx, kept, reason)
    await settleWithReview(ctx, line.id, reason)
    await letAllotmentsGo(ctx.tx, line.id)
    await undoDecisions(ctx, matchedLineKind, [line.id], reason)
    const answered = await answerLine(ctx.tx, line, {
      ...unanswered,
      state: 'withdrawn',
      reason,
      answeredByName: ctx.actor.name,
      answeredAt: ctx.now,
    })
    await record(ctx, 'matching.acceptance-withdrawn', {
      ...subjectOf(line),
      before: { state: line.state, pieces: line.acceptedPieces, request: line.requestNumber },
      after: { state: 'withdrawn', reason },
    })
    return lineView(ctx, answered)
  },
}

const unanswered = { acceptedPieces: 0, acceptedFen: 0, requestId: null, requestNumber: '', decisionId: null }

async function seenLine({ tx, actor }: Act, id: string, lock = false): Promise<LineRow> {
  const line = found(await lineById(tx, id, lock), '调剂建议')
  if (!maySee(actor, line)) throw new Missing('调剂建议')
  return line
}

async function lockedLine(act: Act & { ifMatch: number | null }, id: string, version: number): Promise<LineRow> {
  const line = await seenLine(act, id, true)
  permit(can.answer(act.actor, line))
  if ((act.ifMatch ?? version) !== line.version) throw new Conflict('调剂建议')
  return line
}

async function presentOf({ tx }: Pick<Act, 'tx'>, { cycleId }: LineRow): Promise<string | null> {
  return (await proposalsOf(tx, cycleId)).present?.id ?? null
}

function withoutMarks(reason: string) {
  return provided(secrecyMarkIn(reason) === null, {
    code: 'A44-1',
    message: '填写的内容带有密级标志。本系统为非涉密系统，不得填写涉密内容。',
    basis: { norm: 'A44-1', citation: '《山西省机关运行保障条例》第四十四条' },
  })
}

/** The cards are this line's from now on; what went elsewhere meanwhile, or is idle no more, is named (GWC-R12). */
async function keepThings(act: Act, line: LineRow, chosen: readonly AllotmentRow[]): Promise<void> {
  const own = chosen.filter(({ source }) => source !== 'level')
  const cardIds = own.flatMap(({ cardId }) => cardId ?? [])
  await lockedCards(act, cardIds)
  const kept = await keptElsewhere(act.tx, cardIds, line.id)
  const ofOrgans = own.flatMap(({ source, cardId }) => (source === 'idle' && cardId !== null ? [cardId] : []))
  const items = await standardTable(act.tx, line.jurisdictionCode, act.today, ['item.'])
  const free = new Set((await idleCards(act.tx, line.jurisdictionCode, items, ofOrgans)).map(({ id }) => id))
  insist(
    stillThere(
      chosen.flatMap(({ cardId, source, levelRequestId, supply: { name, number } }) =>
        kept.has(cardId ?? '')
          ? [{ name, number, why: '已调剂给其他需求' }]
          : source === 'idle' && !free.has(cardId ?? '')
            ? [{ name, number, why: '已不再闲置或正在办理其他事项' }]
            : levelRequestId !== null
              ? [{ name, number, why: '其他层级未同意调剂' }]
              : [],
      ),
    ),
  )
  await keepAllotments(
    act.tx,
    own.map(({ id }) => id),
  )
}

const holderOf = ({ organId, organName, jurisdictionCode }: LineRow) => ({
  id: organId,
  name: organName,
  jurisdictionCode,
})

/** The warehouse's own procedure goes on: consent of finance, signature of the receiver; the own things are reserved. */
async function takeFromWarehouse(act: Act, line: LineRow, chosen: readonly AllotmentRow[], reason: string) {
  const stored = chosen.filter(({ source }) => source === 'warehouse')
  const idsOf = (own: boolean) => stored.filter(({ supply }) => supply.own === own).map(({ supplyId }) => supplyId)
  const holder = holderOf(line)
  if (idsOf(true).length > 0) await reserveItems(act, { itemIds: idsOf(true), holder, reason })
  if (idsOf(false).length === 0) return null
  return allotItems(act, {
    itemIds: idsOf(false),
    holder,
    purpose: line.replacement ? 'replacement' : 'shortage',
    reason,
    inUse: { [line.standardCode]: line.inUse },
    source: { kind: 'matching.line', id: line.id },
  })
}

/** Organs whose things stand idle are asked to hand them over; what is the asker's own it puts in use itself. */
async function tellHolders(act: Act, line: LineRow, chosen: readonly AllotmentRow[]): Promise<void> {
  const idle = chosen.filter(({ source }) => source === 'idle')
  for (const [organId, things] of Map.groupBy(idle, ({ ownerOrganId }) => ownerOrganId ?? '')) {
    const pieces = sumOf(things, 'pieces')
    const own = organId === line.organId
    await notify(act, {
      organId,
      roles: keeperRoles,
      link: own
        ? '/assets/cards?state=idle'
        : `/disposal/applications/new?form=transfer&cards=${things.flatMap(({ cardId }) => cardId ?? []).join(',')}`,
      text: own
        ? `需求审核安排使用本机关闲置的${line.itemName}${pieces}${line.unit}，不再购置，请投入使用。`
        : `本机关闲置的${line.itemName}${pieces}${line.unit}已安排调剂给${line.organName}，请办理无偿划转。`,
    })
  }
}

async function decided(
  act: Act,
  line: LineRow,
  taken: { says: string; values: Record<string, number>; reason: string; deviates: boolean },
): Promise<string> {
  const { deviates, ...rest } = taken
  const { year } = await cycleToMatch(act, line.cycleId)
  const [decision] = await decideAll(act, matchedLineKind, [
    {
      subject: { kind: 'matching.line', id: line.id },
      organId: line.organId,
      jurisdictionCode: line.jurisdictionCode,
      year,
      title: `第${line.lineNo}行 ${line.itemName} 调剂建议`,
      link: `/matching/lines/${line.id}`,
      judgementId: line.judgementId,
      findings: await findingsOf(act.tx, line.judgementId),
      taken: rest,
      deviates,
      // Told with the review of the line, whose own decision says the same (Art. 33).
      held: true,
    },
  ])
  return found(decision, '决定').id
}

const subjectOf = (line: LineRow) => ({ subject: { kind: 'matching.line', id: line.id }, organId: line.organId })

const asGiven = ({ source, pieces, supply: { own, organName } }: AllotmentRow) => ({ source, pieces, own, organName })

function sumOf(rows: readonly AllotmentRow[], figure: 'pieces' | 'savedFen'): number {
  return rows.reduce((sum, row) => sum + row[figure], 0)
}

async function lineView(act: Act, line: LineRow): Promise<AnswerOf<(typeof contract)['viewLine']>> {
  const present = await presentOf(act, line)
  const may = can.answer(act.actor, line)
  return {
    line: asLine(line),
    allotments: (await allotmentsOf(act.tx, line.id)).map(
      ({ id, supply, pieces, savedFen, accepted, levelRequestId, levelRequestNumber }) => ({
        ...supply,
        allotmentId: id,
        pieces,
        savedFen,
        accepted,
        levelRequestId,
        levelRequestNumber,
      }),
    ),
    findings: await findingsOf(act.tx, line.judgementId),
    may: {
      accept: mayOf(allOf(may, mayAccept(line, present))),
      refuse: mayOf(allOf(may, mayRefuse(line, present))),
      withdraw: mayOf(allOf(may, mayWithdraw(line))),
    },
  }
}
