import { z } from 'zod'
import { statutoryDeadline } from '#kernel/pure/deadline.ts'
import { currentCalendar } from '#kernel/server/cases/clock.ts'
import type { Act } from '#kernel/server/context.ts'
import type { JobHandlers, JobWork } from '#kernel/server/jobs.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import { record } from '#kernel/server/record.ts'
import { durationOf } from '#modules/duties/reference/terms.ts'
import { partyOrgan } from '#modules/organs/offers.ts'
import { proposeFor } from './actions/proposing.ts'
import { markOverdue, provisionalAdjustments, saveAdjustment } from './store/adjustment.ts'
import { countSubmitted, submittedDemands } from './store/demand.ts'

export const jobs: JobHandlers = {
  'plans.propose-all': { title: '生成审核建议', run: proposeAll },
  'plans.overdue': { title: '调整备案逾期标记', cron: '5 0 * * *', run: markOverdueFilings },
}

/** Demands proposed for in one transaction: few enough that a stopped run loses little. */
const batchOfDemands = 100

/** Proposes for every submitted demand of a cycle, batch by batch; what is done stays if it is stopped. */
async function proposeAll({
  data,
  transact,
  progress,
}: JobWork): Promise<{ demands: number; lines: number; link: string }> {
  const { cycleId } = z.object({ cycleId: z.uuid() }).parse(data)
  let after: string | null = null
  let [demands, lines] = [0, 0]
  const total = await transact(({ tx }) => countSubmitted(tx, cycleId))
  for (;;) {
    await progress(demands, total)
    const [last, done, proposed]: [string | null, number, number] = await transact(async (act) => {
      const batch = await submittedDemands(act.tx, cycleId, after, batchOfDemands)
      return [batch.at(-1)?.id ?? null, batch.length, await proposeFor(act, batch)]
    })
    demands += done
    lines += proposed
    if (done < batchOfDemands) break
    after = last
  }
  await progress(demands, Math.max(demands, total))
  return { demands, lines, link: `/plans/reviews/${cycleId}` }
}

/** A35-2, PLAN-R14: the day after the term ends an unfiled adjustment is overdue; the authority's supervision is told. */
async function markOverdueFilings({ transact }: JobWork): Promise<{ overdue: number }> {
  return transact(async (act) => {
    await reckonAnew(act)
    const rows = await markOverdue(act.tx, act.today)
    for (const row of rows) {
      const authority = await partyOrgan(act.tx, row.jurisdictionCode, 'authority', act.today)
      if (authority)
        await notify(act, {
          organId: authority.id,
          roles: ['supervision-reviewer', 'plan-reviewer'],
          link: `/plans/adjustments/${row.id}`,
          text: `调整备案${row.number}已逾期（截止${row.dueOn}），机关尚未提交备案。`,
        })
      await record(act, 'plans.adjustment-overdue', {
        subject: { kind: 'plans.adjustment', id: row.id },
        organId: row.organId,
        after: { dueOn: row.dueOn },
      })
    }
    return { overdue: rows.length }
  })
}

/** A last day that rested on a year without a notice is reckoned anew once the notice is there (CAL-R01). */
async function reckonAnew(act: Act): Promise<void> {
  const calendar = await currentCalendar(act.tx)
  for (const row of await provisionalAdjustments(act.tx)) {
    const { dueOn, provisional } = statutoryDeadline({
      from: row.adjustedOn,
      duration: durationOf('adjustment-filing'),
      calendar,
      region: row.jurisdictionCode,
    })
    if (dueOn !== row.dueOn || provisional !== row.dueProvisional)
      await saveAdjustment(act.tx, row, { dueOn, dueProvisional: provisional })
  }
}
