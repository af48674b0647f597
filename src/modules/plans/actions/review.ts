import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, mayOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { mayMoveNow, moveCase } from '#kernel/server/cases/engine.ts'
import { caseById } from '#kernel/server/cases/store.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { decideAll, releaseDecisions, undoDecisions } from '#kernel/server/decisions.ts'
import { found, insist, permit } from '#kernel/server/errors.ts'
import { enqueue } from '#kernel/server/jobs.ts'
import { record } from '#kernel/server/record.ts'
import { organNames } from '#modules/organs/offers.ts'
import { demandCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import type { DemandLine } from '../model.ts'
import { can } from '../policy.ts'
import { reviewLineKind, takenOnLine } from '../rules/decisions/review-line.ts'
import { stillPlanning } from '../rules/cycle.ts'
import { notMatched } from '../rules/matched.ts'
import { mayAcceptUnseen, mayCloseReview, mayDecide } from '../rules/review.ts'
import { standingsPage } from '../store/cycle.ts'
import { lineById, linesOf, linesOfDemands, saveDemand, type DemandRow } from '../store/demand.ts'
import {
  cycleTotals,
  eraseDecisions,
  eraseReviews,
  oddLinesPage,
  reviewProgress,
  reviewsOf,
  saveDecisions,
  type DecisionToSave,
  type ReviewRow,
} from '../store/review.ts'
import { seenCycle, standingPage } from './cycle.ts'
import { demandContext, seenDemand } from './demand-context.ts'
import { asDemands, caseOf, expectVersion } from './demand.ts'
import { asNotices, issueNotice, joined } from './notice.ts'
import { proposeFor } from './proposing.ts'

type ReviewActions = Pick<
  ActionsOf<typeof contract>,
  | 'reviewQueue'
  | 'viewReview'
  | 'oddLines'
  | 'proposeAll'
  | 'decideLine'
  | 'acceptProposals'
  | 'undoDecisions'
  | 'returnDemand'
  | 'closeReview'
>

export const reviewActions: ReviewActions = {
  async reviewQueue(ctx) {
    const { cycleId, onlyOpen, after, limit } = ctx.input
    const cycle = await seenCycle(ctx, cycleId)
    const rows = await standingsPage(
      ctx.tx,
      { cycleId: cycle.id, openOnly: onlyOpen, today: ctx.today },
      after,
      limit + 1,
    )
    return {
      ...(await standingPage(ctx, rows, limit)),
      totals: { ...(await cycleTotals(ctx.tx, cycle.id)), controlFen: null },
    }
  },

  /** The lines of one demand with proposals; made here if the demand has none yet. */
  async viewReview(ctx) {
    const demand = await reviewable(ctx, ctx.input.demandId)
    if (demand.state === 'submitted') await proposeFor(ctx, [demand])
    const lines = await linesOf(ctx.tx, demand.id)
    const reviews = await reviewsOf(ctx.tx, [demand.id])
    const act = allOf(
      can.review(ctx.actor, demand),
      demand.state === 'submitted' ? await isReviewer(ctx, demand) : underReview(demand),
    )
    return {
      demand: found((await asDemands(ctx, [demand]))[0], '需求申请'),
      lines: joined(lines, reviews),
      holdings: (await demandContext(ctx, demand)).holdings,
      may: {
        decide: mayOf(act),
        close: mayOf(allOf(act, mayCloseReview(closing(lines, reviews)))),
        returnForCorrection: mayOf(act),
      },
    }
  },

  async oddLines(ctx) {
    const { cycleId, needKind, undecidedOnly, after, limit } = ctx.input
    const cycle = await seenCycle(ctx, cycleId)
    const cursor = /^(\d+):([0-9a-f-]{36})$/.exec(after ?? '')
    const rows = await oddLinesPage(
      ctx.tx,
      { cycleId: cycle.id, needKind, undecidedOnly },
      cursor ? { oddness: Number(cursor[1]), lineId: cursor[2] as string } : null,
      limit + 1,
    )
    const page = pageFrom(rows, limit, (last) => `${last.oddness}:${last.review.lineId}`)
    const lines = new Map(
      (await linesOfDemands(ctx.tx, [...new Set(page.items.map(({ review }) => review.demandId))])).map((line) => [
        line.id,
        line,
      ]),
    )
    const names = await organNames(
      ctx.tx,
      page.items.map(({ organId }) => organId),
    )
    return {
      ...page,
      items: page.items.map(({ review, organId }) => ({
        line: found(lines.get(review.lineId), '需求行'),
        proposal: review.proposal,
        decision: review.decision,
        organName: names.get(organId) ?? '',
        demandId: review.demandId,
      })),
    }
  },

  async proposeAll(ctx) {
    const cycle = await seenCycle(ctx, ctx.input.cycleId)
    permit(can.changeCycle(ctx.actor, cycle))
    insist(stillPlanning(cycle))
    const title = `生成${cycle.year}年度审核建议`
    const runId = await enqueue(ctx, 'plans.propose-all', { cycleId: cycle.id }, { title })
    await record(ctx, 'plans.proposals-asked', {
      subject: { kind: 'plans.cycle', id: cycle.id },
      organId: ctx.actor.organ?.id ?? null,
      after: { run: runId },
    })
    return { runId }
  },

  /** Norm A33-1, PLAN-R09: a person decides, with a reason where something is taken away. */
  async decideLine(ctx) {
    const { lineId, ...decision } = ctx.input
    const line = found(await lineById(ctx.tx, lineId), '需求行')
    const demand = await lockedForReview(ctx, line.demandId)
    await proposeFor(ctx, [demand])
    const review = found(
      (await reviewsOf(ctx.tx, [demand.id])).find((row) => row.lineId === lineId),
      '需求行',
    )
    const proposal = found(review.proposal, '审核建议')
    insist(notMatched(matchedLines([line], [review])))
    insist(mayDecide({ quantity: line.quantity ?? 0, amountFen: line.amountFen ?? 0 }, decision, proposal))
    const deviates =
      decision.opinion !== proposal.opinion ||
      decision.amountFen !== proposal.amountFen ||
      decision.quantity !== proposal.quantity
    await keepDecisions(ctx, demand, [{ line, review, decision: { ...decision, deviates } }])
    const decided = found(
      (await reviewsOf(ctx.tx, [demand.id])).find((row) => row.lineId === lineId),
      '需求行',
    )
    return { line, proposal: decided.proposal, decision: decided.decision }
  },

  async acceptProposals(ctx) {
    const demand = await lockedForReview(ctx, ctx.input.demandId)
    await proposeFor(ctx, [demand])
    const wanted = ctx.input.lineIds ? new Set(ctx.input.lineIds) : null
    const reviews = await reviewsOf(ctx.tx, [demand.id])
    const open = reviews.filter(({ lineId, decision }) => decision === null && (wanted === null || wanted.has(lineId)))
    const lines = new Map((await linesOf(ctx.tx, demand.id)).map((line) => [line.id, line]))
    const taken = open.filter(({ lineId, proposal }) => {
      if (proposal === null || (ctx.input.onlyWithoutFindings && !mayAcceptUnseen(proposal))) return false
      const line = lines.get(lineId)
      return mayDecide({ quantity: line?.quantity ?? 0, amountFen: line?.amountFen ?? 0 }, proposal, proposal).ok
    })
    const decisions = taken.map((review) => {
      const { opinion, quantity, amountFen, reason } = found(review.proposal, '审核建议')
      const decision = { opinion, quantity, amountFen, reason, deviates: false }
      return { line: found(lines.get(review.lineId), '需求行'), review, decision }
    })
    await keepDecisions(ctx, demand, decisions)
    return { accepted: taken.map(({ lineId }) => lineId), left: open.length - taken.length }
  },

  async undoDecisions(ctx) {
    const demand = await lockedForReview(ctx, ctx.input.demandId)
    const before = (await reviewsOf(ctx.tx, [demand.id])).filter(({ lineId }) => ctx.input.lineIds.includes(lineId))
    insist(notMatched(matchedLines(await linesOf(ctx.tx, demand.id), before)))
    const undone = await eraseDecisions(ctx.tx, demand.id, ctx.input.lineIds)
    await undoDecisions(ctx, reviewLineKind, lineIdsOf(before), '审核人员撤销意见')
    await saveProgress(ctx, demand)
    await record(ctx, 'plans.decisions-undone', {
      subject: { kind: 'plans.demand', id: demand.id },
      organId: demand.organId,
      before: before.map(({ lineId, decision }) => ({ lineId, decision })),
    })
    return { undone }
  },

  /** O4: back to the organ with what is to be corrected; it has the correction term. */
  async returnDemand(ctx) {
    const demand = await lockedForReview(ctx, ctx.input.demandId)
    expectVersion(demand, ctx.input.version)
    const before = await reviewsOf(ctx.tx, [demand.id])
    insist(notMatched(matchedLines(await linesOf(ctx.tx, demand.id), before)))
    await undoDecisions(ctx, reviewLineKind, lineIdsOf(before), '退回申请机关补正')
    await eraseReviews(ctx.tx, demand.id)
    const returned = await saveDemand(ctx.tx, demand, { state: 'returned', decidedCount: 0, approvedFen: null })
    await moveCase(ctx, demandCase, caseOf(demand), 'return', { opinion: ctx.input.opinion })
    await record(ctx, 'plans.demand-returned', {
      subject: { kind: 'plans.demand', id: demand.id },
      organId: demand.organId,
      before: { state: demand.state, decisions: before.map(({ lineId, decision }) => ({ lineId, decision })) },
      after: { state: 'returned', opinion: ctx.input.opinion },
    })
    return found((await asDemands(ctx, [returned]))[0], '需求申请')
  },

  /** Art. 33: centralised lines wait for the authority's plan; for the rest the written notice goes out at once. */
  async closeReview(ctx) {
    const demand = await lockedForReview(ctx, ctx.input.demandId)
    expectVersion(demand, ctx.input.version)
    const lines = await linesOf(ctx.tx, demand.id)
    const reviews = await reviewsOf(ctx.tx, [demand.id])
    insist(mayCloseReview(closing(lines, reviews)))
    // Cut or as asked: whatever of the rest gets money goes into the organ's own plan, and so into the notice (PLAN-R08).
    const own = reviews.filter(
      ({ decision }) =>
        decision !== null &&
        !decision.centralised &&
        (decision.opinion === 'O6' || decision.opinion === 'O2') &&
        decision.amountFen > 0,
    )
    await releaseDecisions(ctx, reviewLineKind, lineIdsOf(reviews))
    const notice = await issueNotice(ctx, demand, lines, reviews, own)
    const approvedFen = reviews.reduce((sum, { decision }) => sum + (decision?.amountFen ?? 0), 0)
    const closed = await saveDemand(ctx.tx, demand, { state: 'reviewed', approvedFen, decidedCount: reviews.length })
    await moveCase(ctx, demandCase, caseOf(demand), 'close', {})
    await record(ctx, 'plans.review-closed', {
      subject: { kind: 'plans.demand', id: demand.id },
      organId: demand.organId,
      before: { state: demand.state },
      after: { state: 'reviewed', approvedFen, notice: notice?.number ?? null },
      basis: reviews.map(({ lineId, decision }) => ({ lineId, decision })),
    })
    return {
      demand: found((await asDemands(ctx, [closed]))[0], '需求申请'),
      notice: notice ? found((await asNotices(ctx, [notice]))[0], '书面通知') : null,
    }
  },
}

async function reviewable(ctx: Act, demandId: string, lock = false): Promise<DemandRow> {
  const demand = await seenDemand(ctx, demandId, lock)
  const verdict = can.review(ctx.actor, demand)
  if (!verdict.ok) permit(verdict)
  return demand
}

/** The demand, locked, while it is under review and the actor is one who decides. */
export async function lockedForReview(ctx: Act, demandId: string): Promise<DemandRow> {
  const demand = await reviewable(ctx, demandId, true)
  insist(underReview(demand))
  insist(await isReviewer(ctx, demand))
  return demand
}

/** Who may not close the review decides no line of it either: the submitter (ROLE-R02), and others once it was handed over. */
async function isReviewer(ctx: Act, demand: DemandRow): Promise<Verdict> {
  return mayMoveNow(ctx, demandCase, found(await caseById(ctx.tx, caseOf(demand)), '办理事项'), 'close')
}

function underReview(demand: DemandRow): Verdict {
  return provided(demand.state === 'submitted', {
    code: 'state',
    message: demand.state === 'reviewed' ? '该申请已审结。' : '该申请不在审核中。',
  })
}

function closing(lines: readonly DemandLine[], reviews: readonly ReviewRow[]) {
  return joined(lines, reviews).map(({ decision }) => ({
    decided: decision !== null,
    opinion: decision?.opinion ?? null,
  }))
}

type LineDecided = { line: DemandLine; review: ReviewRow; decision: Omit<DecisionToSave, 'lineId' | 'decisionId'> }

/** Kept for good with what each rests on; the organ is told once the review is closed. */
export async function keepDecisions(ctx: Act, demand: DemandRow, decided: readonly LineDecided[]): Promise<void> {
  if (decided.length === 0) return
  const { organId, jurisdictionCode, year } = demand
  const kept = await decideAll(
    ctx,
    reviewLineKind,
    decided.map(({ line, review, decision }) => ({
      subject: { kind: 'plans.demand-line', id: line.id },
      organId,
      jurisdictionCode,
      year,
      title: `${year}年度需求申请第${line.lineNo}行 ${line.itemName}`,
      link: `/plans/demands/${demand.id}?line=${line.id}`,
      judgementId: review.judgementId,
      findings: review.proposal?.findings ?? [],
      taken: takenOnLine(decision, line),
      deviates: decision.deviates,
      held: true,
    })),
  )
  const decisionOf = new Map(kept.map(({ subjectId, id }) => [subjectId, id]))
  const rows = decided.map(({ line, decision }) => ({
    lineId: line.id,
    decisionId: found(decisionOf.get(line.id), '决定'),
    ...decision,
  }))
  await saveDecisions(ctx.tx, rows, { personId: ctx.actor.personId, name: ctx.actor.name, now: ctx.now })
  await saveProgress(ctx, demand)
  await record(ctx, 'plans.lines-decided', {
    subject: { kind: 'plans.demand', id: demand.id },
    organId,
    before: decided.map(({ review: { lineId, decision } }) => ({ lineId, decision })),
    after: rows,
    // Findings stand in the decisions; their digests here show if a decision was changed behind the system's back.
    basis: { decisions: kept },
  })
}

function matchedLines(lines: readonly DemandLine[], reviews: readonly ReviewRow[]) {
  const matched = new Map(reviews.map(({ lineId, decision }) => [lineId, decision?.matchedQuantity ?? 0]))
  return lines.map(({ id, lineNo }) => ({ lineNo, matchedQuantity: matched.get(id) ?? 0 }))
}

function lineIdsOf(reviews: readonly ReviewRow[]): string[] {
  return reviews.map(({ lineId }) => lineId)
}

/** How many lines of a demand are decided, and for how much. */
export async function saveProgress(ctx: Act, demand: DemandRow): Promise<void> {
  const { decided, approvedFen } = await reviewProgress(ctx.tx, demand.id)
  await saveDemand(ctx.tx, demand, { decidedCount: decided, approvedFen })
}
