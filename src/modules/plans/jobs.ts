import { z } from 'zod'
import type { JobHandlers, JobWork } from '#kernel/server/jobs.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import { found } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import { partyOrgan } from '#modules/organs/offers.ts'
import { proposeDemand } from './actions/review.ts'
import { markOverdue } from './store/adjustment.ts'
import { demandById, submittedDemandIds } from './store/demand.ts'

export const jobs: JobHandlers = {
  'plans.propose-all': { title: '生成审核建议', run: proposeAll },
  'plans.overdue': { title: '调整备案逾期标记', cron: '5 0 * * *', run: markOverdueFilings },
}

/** Proposes for every submitted demand of a cycle, one demand a transaction; what is done stays if it is stopped. */
async function proposeAll({ data, transact, progress }: JobWork): Promise<{ demands: number }> {
  const { cycleId } = z.object({ cycleId: z.uuid() }).parse(data)
  const ids = await transact(({ tx }) => submittedDemandIds(tx, cycleId))
  for (const [index, id] of ids.entries()) {
    await progress(index, ids.length)
    await transact(async (act) => proposeDemand(act, found(await demandById(act.tx, id), '需求申请')))
  }
  await progress(ids.length, ids.length)
  return { demands: ids.length }
}

/** A35-2, PLAN-T…: the day after the term ends an unfiled adjustment is overdue; the authority's supervision is told. */
async function markOverdueFilings({ transact }: JobWork): Promise<{ overdue: number }> {
  return transact(async (act) => {
    const rows = await markOverdue(act.tx, act.today)
    for (const row of rows) {
      const authority = await partyOrgan(act.tx, row.jurisdictionCode, 'authority', act.today)
      if (authority)
        await notify(act, {
          organId: authority.id, roles: ['supervision-reviewer', 'plan-reviewer'], link: `/plans/adjustments/${row.id}`,
          text: `调整备案${row.number}已逾期(截止${row.dueOn}),机关尚未提交备案。`,
        })
      await record(act, 'plans.adjustment-overdue', { subject: { kind: 'plans.adjustment', id: row.id }, organId: row.organId, after: { dueOn: row.dueOn } })
    }
    return { overdue: rows.length }
  })
}
