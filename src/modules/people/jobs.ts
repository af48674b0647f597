import { sql } from 'kysely'
import type { JobHandlers } from '#kernel/server/jobs.ts'

export const jobs: JobHandlers = {
  'people.tidy': {
    title: '清理结束的登录和登录失败记录',
    cron: '45 3 * * *',
    /** What was done in a session stays in the audit record; the session itself is of no more use. */
    async run({ transact }) {
      await transact(async ({ tx, now }) => {
        await sql`delete from people.session where least(expires_at, coalesce(ended_at, expires_at)) < ${now}::timestamptz - interval '30 days'`.execute(
          tx,
        )
        await sql`delete from people.pending_sign_in where expires_at < ${now}`.execute(tx)
        await sql`delete from people.second_factor_enrolment where created_at < ${now}::timestamptz - interval '1 day'`.execute(
          tx,
        )
        await sql`delete from people.sign_in_guard where last_failed_at < ${now}::timestamptz - interval '30 days'
          and (locked_until is null or locked_until < ${now})`.execute(tx)
        await sql`delete from people.oidc_flow where created_at < ${now}::timestamptz - interval '1 day'`.execute(tx)
      })
      return null
    },
  },
}
