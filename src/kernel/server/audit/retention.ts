import { sql } from 'kysely'
import type { Act } from '../context.ts'
import type { Tx } from '../database.ts'
import { Refused } from '../errors.ts'
import { record } from '../record.ts'

/** Floor of the retention in years; no configuration goes below it. */
const leastYears = 1
const citation = '《互联网政务应用安全管理规定》'

/**
 * Until when content of the record may go: the first instant of the month, in Asia/Shanghai, so many years ago. Whole
 * months go, so that what is left begins with one.
 * @throws Refused below the floor of one year
 */
export function purgeHorizon(today: string, years: number): Date {
  if (!Number.isInteger(years) || years < leastYears)
    throw new Refused([
      {
        code: 'audit-retention-floor',
        message: `审计记录至少保存 ${leastYears} 年，不能按 ${years} 年清除。`,
        basis: { norm: null, citation },
        facts: { 设定年数: years },
        remedy: `请把 YUNBAO_AUDIT_RETENTION_YEARS 设为 ${leastYears} 以上的整数。`,
      },
    ])
  const year = Number(today.slice(0, 4)) - years
  return new Date(`${year}-${today.slice(5, 7)}-01T00:00:00+08:00`)
}

/** Size of the last checkpoint made before the horizon, and how far the content has gone already. */
export async function purgeable(tx: Tx, horizon: Date): Promise<{ through: number; done: number }> {
  const { rows } = await sql<{ through: number; done: number }>`select
      coalesce((select max(size) from kernel.audit_checkpoint where at < ${horizon}), 0) as through,
      coalesce((select max(through) from kernel.audit_purge), 0) as done`.execute(tx)
  return rows[0] ?? { through: 0, done: 0 }
}

/** Rows of one statement. */
const batch = 20_000

/**
 * Deletes the content of rows sealed before the horizon and records it; leaves, nodes and checkpoints stay, so that the
 * tree verifies as before. One batch a transaction.
 * @param transact one transaction
 * @returns rows whose content has gone
 */
export async function purgeAudit(
  transact: <T>(work: (act: Act) => Promise<T>) => Promise<T>,
  years: number,
): Promise<number> {
  for (let gone = 0; ;) {
    const step = await transact(async (act) => {
      const horizon = purgeHorizon(act.today, years)
      const { through, done } = await purgeable(act.tx, horizon)
      if (through <= done) return 0
      await record(act, 'kernel.audit-purged', {
        subject: { kind: 'audit', id: String(through) },
        after: { from: done, through: Math.min(through, done + batch), sealedBefore: horizon.toISOString(), years },
        basis: [{ norm: null, citation }],
      })
      const { rows } = await sql<{ upto: number }>`select kernel.purge_audit(${through}, ${batch}) as upto`.execute(
        act.tx,
      )
      return (rows[0]?.upto ?? done) - done
    })
    if (step === 0) return gone
    gone += step
  }
}

/**
 * Takes the content of one row out because state secrets never stay in the system (Art. 44; norm A44-1). What remains
 * says that something was there, and proves it.
 * @param ground why, in words without the content
 * @returns false when the content was taken out before, or there is no such row
 */
export async function withdrawContent(act: Act, entryId: number, ground: string): Promise<boolean> {
  await record(act, 'kernel.audit-content-withdrawn', {
    subject: { kind: 'audit-entry', id: String(entryId) },
    after: { ground },
    basis: [{ norm: 'A44-1', citation: '《山西省机关运行保障条例》第四十四条' }],
  })
  const { rows } = await sql<{ done: boolean }>`select kernel.withdraw_audit_content(${entryId}) as done`.execute(
    act.tx,
  )
  return rows[0]?.done ?? false
}
