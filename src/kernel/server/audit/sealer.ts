import { sql } from 'kysely'
import { transaction, type Database } from '../database.ts'
import { anchor, anchorDirectories, lastAnchored } from './anchors.ts'
import { sealAudit, sealedAtOnce, TamperedLog, type SealedRound } from './seal.ts'
import { openAuditSigner, type AuditSigner, type SignatureAlgorithm } from './signing-key.ts'
import { checkpointsAfter, type CheckpointRow } from './tree-store.ts'

/** How the sealing of the record stands, for health, metrics and the alarm. */
export type SealingState = {
  /** False once nothing could be sealed for a minute although rows wait. */
  working: boolean
  /** Seconds since when rows wait without one being sealed; 0 while all is well. */
  lagSeconds: number
  /** Why, in words; null while all is well. */
  problem: string | null
  /** Rows sealed since this process started. */
  sealed: number
}

export type Sealer = {
  /** Seals what can be sealed and anchors the checkpoints; `asBefore`: only with the key that signed before. */
  round: (options?: { asBefore?: boolean }) => Promise<SealedRound>
  state: () => SealingState
  /** Rounds every few seconds until stopped. */
  keep: (everyMs?: number) => { stop: () => Promise<void> }
}

/** After so long without progress the audit administrator is told (the audit process itself is protected). */
export const alarmAfterMs = 60_000

/**
 * The sealer of one process; several processes take turns by a lock in the database.
 * @param parts.alarm told once when sealing has stood still for a minute, and once when it goes on again (null)
 * @param parts.elapsed milliseconds of a clock that only goes forward
 */
export async function openSealer(parts: {
  db: Database
  dataDirectory: string
  anchorDirectory: string | undefined
  /** Ed25519 unless said otherwise. */
  signature?: SignatureAlgorithm
  clock: () => Date
  log: (line: string) => void
  alarm?: (problem: string | null) => Promise<void>
  elapsed?: () => number
}): Promise<Sealer> {
  const { db, log } = parts
  const elapsed = parts.elapsed ?? (() => performance.now())
  const signer = await openAuditSigner(parts.dataDirectory, parts.signature)
  const directories = anchorDirectories(parts.dataDirectory, parts.anchorDirectory)
  let standsSince: number | null = null
  let problem: string | null = null
  let alarmed = false
  let sealed = 0

  async function roundOnce(asBefore: boolean): Promise<SealedRound> {
    const whole: SealedRound = { sealed: 0, waiting: false }
    for (;;) {
      const now = parts.clock()
      const one = await transaction(db, (tx) => sealAudit(tx, { signer, now, asBefore }))
      whole.sealed += one.sealed
      whole.waiting = one.waiting
      if (one.sealed < sealedAtOnce && !(one.sealed > 0 && one.waiting)) break
    }
    for (const directory of directories) await keepUp(db, directory, signer)
    return whole
  }

  async function round({ asBefore = false }: { asBefore?: boolean } = {}): Promise<SealedRound> {
    try {
      const done = await roundOnce(asBefore)
      sealed += done.sealed
      await note(done.waiting && done.sealed === 0 ? '有尚未结束的长事务，其后的审计记录暂不能封存。' : null)
      return done
    } catch (error) {
      await note(error instanceof Error ? error.message : String(error))
      throw error
    }
  }

  async function note(what: string | null): Promise<void> {
    if (what === null) standsSince = null
    else standsSince ??= elapsed()
    problem = what
    const late = standsSince !== null && elapsed() - standsSince >= alarmAfterMs
    if (late === alarmed) return
    alarmed = late
    log(late ? `审计记录封存已停止一分钟以上：${what}` : '审计记录封存已恢复。')
    // Whoever cannot be told now (the database is away) is told by the next round that still stands still.
    await parts.alarm?.(late ? (what ?? '') : null).catch(() => {
      alarmed = !late
    })
  }

  return {
    round,
    state: () => ({
      working: standsSince === null || elapsed() - standsSince < alarmAfterMs,
      lagSeconds: standsSince === null ? 0 : Math.round((elapsed() - standsSince) / 1000),
      problem: standsSince === null ? null : problem,
      sealed,
    }),
    keep: (everyMs = 5000) => {
      let under: Promise<unknown> = Promise.resolve()
      let told = ''
      const timer = setInterval(() => {
        under = under
          .then(() => round())
          .then(() => (told = ''))
          .catch((error: unknown) => {
            const message = error instanceof Error ? error.message : String(error)
            if (message !== told) log(`审计记录封存暂停：${message}`)
            told = message
          })
      }, everyMs)
      return {
        stop: async () => {
          clearInterval(timer)
          await under
          await round().catch(() => {}) // what the last seconds left
        },
      }
    },
  }
}

/**
 * Appends the checkpoints an anchor does not have yet; a crash between sealing and anchoring is caught up here.
 * @throws TamperedLog when the database no longer has what the anchor has
 */
async function keepUp(db: Database, directory: string, signer: AuditSigner): Promise<void> {
  await transaction(db, async (tx) => {
    // One process at a time, or two would append the same lines.
    await sql`select pg_advisory_xact_lock(hashtext('kernel.audit_anchor'))`.execute(tx)
    const last = await lastAnchored(directory)
    if (last) {
      const { rows } =
        await sql<CheckpointRow>`select * from kernel.audit_checkpoint where size = ${last.size}`.execute(tx)
      if (rows[0]?.note !== last.note)
        throw new TamperedLog(
          `数据库中没有与锚定文件（${directory}）一致的检查点（${last.size} 条），审计记录可能被截断或替换。请运行 yunbao verify 查明。`,
        )
    }
    for (let after = last?.size ?? 0; ;) {
      const missing = await checkpointsAfter(tx, after, 1000)
      if (missing.length === 0) return
      await anchor(directory, missing, signer)
      after = missing.at(-1)?.size ?? after
    }
  })
}
