import { formatYuan } from '#kernel/pure/money.ts'
import { wasTold } from '#kernel/server/cases/notifications.ts'
import type { JobHandlers, JobWork } from '#kernel/server/jobs.ts'
import { linkOf } from './actions/access.ts'
import { tellFinance } from './actions/proceeds.ts'
import { overdueProceeds } from './store/proceeds.ts'

export const jobs: JobHandlers = {
  'disposal.overdue-proceeds': { title: '处置收入逾期未缴', cron: '20 6 * * *', run: tellOfOverdue },
}

const batch = 100

/** AST-R14: finance is told once of proceeds that are not paid when the term has passed. Repeatable. */
export async function tellOfOverdue({ transact }: Pick<JobWork, 'transact'>): Promise<{ told: number }> {
  let told = 0
  for (let after: string | null = null; ;) {
    const last = after
    const rows = await transact(async (act) => {
      const overdue = await overdueProceeds(act.tx, act.today, last, batch)
      for (const row of overdue) {
        const text = `处置收入${formatYuan(row.netFen)}元应于${row.dueOn}前上缴国库，至今未缴`
        if (await wasTold(act.tx, linkOf(row), `${row.organName}资产处置${row.number}：${text}`)) continue
        await tellFinance(act, row, text)
        told++
      }
      return overdue
    })
    if (rows.length < batch) return { told }
    after = rows.at(-1)?.id ?? null
  }
}
