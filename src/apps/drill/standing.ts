import { sql } from 'kysely'
import { latestCheckpoint } from '#kernel/server/audit/tree-store.ts'
import type { Act } from '#kernel/server/context.ts'
import type { Ground } from '../application.ts'

/** What must be the same after a restore; read from the tables as they are, since databases are compared here. */
export type Standing = {
  /** Ids of the drill's payments in the ledger. */
  payments: ReadonlySet<string>
  /** Digest over all balances and entries of the ledger. */
  balances: string
  /** Size and roots of the sealed audit record. */
  auditRoot: string
  auditRows: number
  /** Digests of the attachments the database knows, and of those whose content is there and unchanged. */
  attachments: readonly string[]
  attachmentsWhole: readonly string[]
}

export async function standingOf(ground: Ground): Promise<Standing> {
  return ground.act(async (act) => {
    const { rows: payments } = await sql<{
      id: string
    }>`select source_id as id from ledger.entry where source_kind = 'drill'`.execute(act.tx)
    const newest = await latestCheckpoint(act.tx)
    const attachments = await storedDigests(act)
    const faulty = new Set(await act.files.verify(attachments))
    return {
      payments: new Set(payments.map(({ id }) => id)),
      balances: await ledgerDigest(act),
      auditRoot: newest ? `${newest.size} ${newest.sha256.toString('hex')} ${newest.sm3.toString('hex')}` : '',
      auditRows: await auditRows(act),
      attachments,
      attachmentsWhole: attachments.filter((sha256) => !faulty.has(sha256)),
    }
  })
}

async function ledgerDigest({ tx }: Act): Promise<string> {
  const { rows } = await sql<{ digest: string }>`select
      (select coalesce(md5(string_agg(l::text, '|' order by l.id)), '') from ledger.line l) || ' ' ||
      (select coalesce(md5(string_agg(e::text, '|' order by e.id)), '') from ledger.entry e) as digest`.execute(tx)
  return rows[0]?.digest ?? ''
}

async function auditRows({ tx }: Act): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from kernel.audit_entry`.execute(tx)
  return rows[0]?.count ?? 0
}

async function storedDigests({ tx }: Act): Promise<string[]> {
  const { rows } = await sql<{ sha256: string }>`select sha256 from kernel.stored_file f
    where not exists (select from kernel.withdrawn_file w where w.sha256 = f.sha256) order by sha256`.execute(tx)
  return rows.map(({ sha256 }) => sha256)
}

export type Comparison = {
  acknowledgedBefore: number
  lost: number
  acknowledgedAfter: number
  /** Acts after the moment that are there although they should not be. */
  tooMany: number
  balancesEqual: boolean
  auditRootEqual: boolean
  attachmentsEqual: boolean
  attachments: number
}

/** Compares what was restored with what stood at the moment restored to. */
export function compare(
  acknowledged: { before: ReadonlySet<string>; after: ReadonlySet<string> },
  then: Standing,
  restored: Standing,
): Comparison {
  const missing = [...acknowledged.before].filter((id) => !restored.payments.has(id))
  const added = [...restored.payments].filter((id) => !then.payments.has(id))
  return {
    acknowledgedBefore: acknowledged.before.size,
    lost: missing.length,
    acknowledgedAfter: acknowledged.after.size,
    tooMany: added.length,
    balancesEqual: then.balances === restored.balances,
    auditRootEqual: then.auditRoot === restored.auditRoot && then.auditRows === restored.auditRows,
    attachmentsEqual: then.attachments.join() === restored.attachmentsWhole.join(),
    attachments: restored.attachmentsWhole.length,
  }
}
