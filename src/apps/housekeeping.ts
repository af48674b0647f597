import { sql } from 'kysely'
import { purgeAudit } from '#kernel/server/audit/retention.ts'
import type { JobHandlers } from '#kernel/server/jobs.ts'
import { sweepUnkept } from '#kernel/server/kept-files.ts'
import { resealAll } from '#kernel/server/sealing/reseal.ts'
import type { SealedColumn } from '#kernel/server/sealing/sealed-column.ts'
import { tellCheckpoint } from '#modules/record/offers.ts'

/** Timed work of the kernel itself. */
export function housekeeping(
  { auditRetentionYears }: { auditRetentionYears: number },
  sealedColumns: readonly SealedColumn[],
): JobHandlers {
  return {
    'kernel.tidy': {
      title: '清理过期的请求凭据和任务记录',
      cron: '40 3 * * *',
      async run({ transact }) {
        await transact(async ({ tx, now }) => {
          await sql`delete from kernel.idempotency where created_at < ${now}::timestamptz - interval '7 days'`.execute(
            tx,
          )
          await sql`delete from kernel.job_run where finished_at < ${now}::timestamptz - interval '180 days'`.execute(
            tx,
          )
        })
        return null
      },
    },
    'kernel.sweep-files': {
      title: '清理没有归属的文件内容',
      cron: '50 3 * * *',
      async run({ transact }) {
        return { removed: await transact((act) => sweepUnkept(act)) }
      },
    },
    'kernel.purge-audit': {
      title: '清除保存期满的审计内容',
      cron: '20 4 2 * *',
      async run({ transact }) {
        return { rows: await purgeAudit(transact, auditRetentionYears) }
      },
    },
    'kernel.reseal': {
      title: '用现行密钥重新加密',
      cron: '10 2 * * *',
      /** What a change of keys left behind: a command that was broken off, a row that was being written. */
      async run({ transact }) {
        const keyring = await transact(async (act) => act.keyring)
        const rows = await resealAll((work) => transact(({ tx }) => work(tx)), keyring, sealedColumns)
        return { rows }
      },
    },
    'kernel.tell-checkpoint': {
      title: '告知安全审计员当日检查点',
      cron: '0 8 * * *',
      async run({ transact }) {
        await transact(tellCheckpoint)
        return null
      },
    },
  }
}
