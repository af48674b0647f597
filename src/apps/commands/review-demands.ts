import { formatYuan } from '#kernel/pure/money.ts'
import { outcomeLabels, outcomes, worstOutcome, type Outcome } from '#kernel/pure/verdict.ts'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { Conflict, permit, Refused } from '#kernel/server/errors.ts'
import { contract as plans } from '#modules/plans/contract.ts'
import { opinionLabels, type Opinion } from '#modules/plans/model.ts'
import { can } from '#modules/plans/policy.ts'
import type { Acting, Desk } from './desk.ts'
import { cycleAt, organAt, ownLevel } from './finding.ts'
import { progressBar, tableOf, type Answer, type Terminal } from './terminal.ts'

export type ReviewOptions = Acting & { jurisdiction: string; year: number; organ?: string; adopt?: boolean }
type Review = OutputOf<typeof plans.viewReview>
type Reviewed = {
  review: Review
  adopted: number
  left: number
  /** Why nothing was adopted. */ refusal: string | null
}

/**
 * Lets the rules propose for every submitted application of a level and counts what they say. With `adopt` the lines that
 * need no judgement are adopted, application by application, by the same operation as "many at once" on the screen; what
 * is adopted stays adopted should the command be stopped.
 */
export async function reviewDemands(desk: Desk, options: ReviewOptions, terminal: Terminal): Promise<Answer> {
  await ownLevel(desk, options.jurisdiction)
  permit(can.review(desk.actor, { organId: '', jurisdictionCode: options.jurisdiction }))
  const cycle = await cycleAt(desk, options.year)
  const only = options.organ === undefined ? null : await organAt(desk, options.organ)
  const demands = (await desk.all(plans.demands, { year: options.year, state: 'submitted' })).filter(
    ({ organId }) => only === null || organId === only.id,
  )
  const bar = progressBar(terminal, '生成审核建议', demands.length)
  const reviewed: Reviewed[] = []
  try {
    for (const { id, organName } of demands) {
      reviewed.push(await reviewOne(desk, id, options.adopt ?? false))
      bar.step(organName)
    }
  } finally {
    bar.end()
  }
  const proposals = reviewed.flatMap(({ review }) => review.lines.flatMap(({ proposal }) => proposal ?? []))
  const byOpinion = Object.fromEntries(
    (Object.keys(opinionLabels) as Opinion[]).map((opinion) => [
      opinion,
      proposals.filter((proposal) => proposal.opinion === opinion).length,
    ]),
  ) as Record<Opinion, number>
  const byOutcome = Object.fromEntries(
    outcomes.map((outcome) => [outcome, proposals.filter(({ findings }) => worstOutcome(findings) === outcome).length]),
  ) as Record<Outcome, number>
  const rows = reviewed.map(({ review: { demand, lines }, adopted, left, refusal }) => ({
    organName: demand.organName,
    demandId: demand.id,
    number: demand.number,
    lines: lines.length,
    askedFen: demand.askedFen,
    proposedFen: lines.reduce((sum, { proposal }) => sum + (proposal?.amountFen ?? 0), 0),
    adopted,
    left,
    refusal,
  }))
  const adopted = rows.reduce((sum, row) => sum + row.adopted, 0)
  const left = rows.reduce((sum, row) => sum + row.left, 0)
  const refused = rows.flatMap(({ organName, refusal }) => (refusal ? `${organName}：${refusal}` : []))
  return {
    ok: refused.length === 0,
    json: {
      jurisdictionCode: cycle.jurisdictionCode,
      year: cycle.year,
      demands: rows,
      lines: proposals.length,
      byOpinion,
      byOutcome,
      adopted,
      left,
    },
    lines: [
      `${cycle.jurisdictionName}${cycle.year}年度：审核中的需求申请 ${rows.length} 份，${proposals.length} 行。`,
      ...(rows.length > 0
        ? [
            ...tableOf(
              ['机关', '申请编号', '行数', '申请（元）', '建议核定（元）', '本次采纳', '待审'],
              rows.map((row) => [
                row.organName,
                row.number,
                String(row.lines),
                formatYuan(row.askedFen),
                formatYuan(row.proposedFen),
                String(row.adopted),
                String(row.left),
              ]),
            ),
            `建议：${(Object.keys(opinionLabels) as Opinion[]).flatMap((one) => (byOpinion[one] > 0 ? `${opinionLabels[one]} ${byOpinion[one]} 行` : [])).join('，')}。`,
            `核对：${outcomes.flatMap((one) => (byOutcome[one] > 0 ? `${outcomeLabels[one]} ${byOutcome[one]} 行` : [])).join('，')}。`,
          ]
        : []),
      ...refused.map((line) => `未采纳 ${line}`),
      options.adopt
        ? `已采纳 ${adopted} 行建议，另有 ${left} 行须由审核人员逐行审核。`
        : `尚待审核 ${left} 行。用 --adopt 可采纳其中不需人工判断的建议。`,
    ],
  }
}

/** One application: proposals made where there are none yet, and adopted where the account may decide. */
async function reviewOne(desk: Desk, demandId: string, adopt: boolean): Promise<Reviewed> {
  const review = await desk.call(plans.viewReview, { demandId })
  const open = review.lines.filter(({ decision }) => decision === null).map(({ line }) => line.id)
  const untouched = { review, adopted: 0, left: open.length, refusal: null }
  if (!adopt || open.length === 0) return untouched
  const refusals = review.may.decide
  if (refusals) return { ...untouched, refusal: refusals.map(({ message }) => message).join('') }
  try {
    const { accepted, left } = await desk.call(plans.acceptProposals, {
      demandId,
      lineIds: open,
      onlyWithoutFindings: true,
    })
    return { ...untouched, adopted: accepted.length, left }
  } catch (error) {
    // Withdrawn or handed over meanwhile: the others are reviewed all the same.
    if (error instanceof Refused || error instanceof Conflict) return { ...untouched, refusal: error.message }
    throw error
  }
}
