import { sql } from 'kysely'
import type { JobHandlers } from '#kernel/server/jobs.ts'

/** Timed work of the kernel itself. */
export const housekeeping: JobHandlers = {
  'kernel.tidy': {
    title: '清理过期的请求凭据和任务记录',
    cron: '40 3 * * *',
    async run({ transact }) {
      await transact(async ({ tx, now }) => {
        await sql`delete from kernel.idempotency where created_at < ${now}::timestamptz - interval '7 days'`.execute(tx)
        await sql`delete from kernel.job_run where finished_at < ${now}::timestamptz - interval '180 days'`.execute(tx)
      })
      return null
    },
  },
}
