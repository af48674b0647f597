import type { Ask } from './verify-reader.ts'

/** What is rightly gone: content of the first rows by the retention rule, content of single rows by Art. 44. */
export type Purged = { through: number; withdrawn: ReadonlySet<number> }

const yearMs = 365 * 86_400_000

/**
 * What the record says is rightly gone. A purge counts only for rows sealed a year before it at least (the floor), and
 * only where the act was recorded; else the rows are missing.
 */
export async function purgedUntil(ask: Ask, fault: (text: string) => void): Promise<Purged> {
  const [purge] = await ask<{ through: number; atUs: number; sealedAtUs: number | null; recorded: boolean }>(
    `select p.through, (extract(epoch from p.at) * 1000000)::bigint as at_us,
      (select (extract(epoch from c.at) * 1000000)::bigint from kernel.audit_checkpoint c where c.size >= p.through order by c.size limit 1) as sealed_at_us,
      exists (select from kernel.audit_entry where fact = 'kernel.audit-purged') as recorded
     from kernel.audit_purge p order by p.through desc limit 1`,
  )
  const withdrawn = await ask<{ subjectId: string }>(
    `select w.subject_id from kernel.audit_entry w where w.fact = 'kernel.audit-content-withdrawn'`,
  )
  const rest = { withdrawn: new Set(withdrawn.map(({ subjectId }) => Number(subjectId))) }
  if (!purge) return { through: 0, ...rest }
  const old = purge.sealedAtUs !== null && purge.atUs - purge.sealedAtUs >= yearMs * 1000
  if (!old) fault(`前 ${purge.through} 条的清除不合规：封存未满一年`)
  if (!purge.recorded) fault(`前 ${purge.through} 条的清除没有留痕`)
  return { through: old && purge.recorded ? purge.through : 0, ...rest }
}
