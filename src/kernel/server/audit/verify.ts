import pg from 'pg'
import { columnTypes } from '../database/column-types.ts'
import type { KeptCheckpoint, SignedCheckpoint } from './checkpoint.ts'
import { leafData, leafHashes, type LeafHashes } from './entry.ts'
import { entryColumns, faultInRow, headTextOf, type EntryRow } from './entry-row.ts'
import { grow, rootOf, suites, type Frontier, type Suite } from './merkle.ts'
import type { PublicKey } from './signing-key.ts'
import { claimsOf } from './verify-claims.ts'
import { nodeCheck } from './verify-nodes.ts'
import { purgedUntil, type Purged } from './verify-purge.ts'
import { verifyChain, verifyOpenRows } from './verify-rows.ts'

/** What the verifier found; `faults` name the first bad record of each kind, in the order of the log. */
export type AuditVerdict = {
  /** Rows looked at: sealed ones and those waiting. */
  checked: number
  unsealed: number
  /** Rows of which only the leaf is left, by the retention rule. */
  purged: number
  checkpoints: number
  /** Checkpoints kept outside that were compared. */
  anchored: number
  /** The newest checkpoint; null of an empty log. */
  newest: SignedCheckpoint | null
  faults: string[]
  seconds: number
}

export type VerifyOptions = {
  /** A role that reads the record; nothing is ever written. */
  url: string
  keys: readonly PublicKey[]
  /** Folders with checkpoints kept outside of the database. */
  anchors: readonly string[]
  /** Further checkpoints, as somebody kept them. */
  kept?: readonly KeptCheckpoint[]
  /** Only what was sealed since (ISO 8601); what lies before is taken by its leaves. */
  since?: string | undefined
  onProgress?: (done: number, total: number) => void
}

/** Rows read at once: the only thing the memory depends on. */
const batch = 4000
/** Faults named before the verifier stops looking for more. */
const enough = 50

/** Row-shaped answer of `pg`, columns in camelCase. */
export type Ask = <R>(text: string, values?: readonly unknown[]) => Promise<R[]>

/**
 * Recomputes the record from its rows and compares with everything that is kept of it: leaves, nodes, checkpoints and
 * their signatures, anchors, checkpoints kept by others. A reader of its own, with a connection of its own, in one
 * snapshot; memory does not grow with the record.
 */
export async function verifyAudit(options: VerifyOptions): Promise<AuditVerdict> {
  const startedAt = performance.now()
  const client = new pg.Client({
    connectionString: options.url,
    application_name: 'yunbao verify',
    types: columnTypes,
    options: '-c TimeZone=Asia/Shanghai',
  })
  client.on('error', () => {}) // the query under way reports it
  await client.connect()
  try {
    await client.query('begin transaction isolation level repeatable read read only')
    return await verifyIn(askerOf(client), options, startedAt)
  } finally {
    await client.end()
  }
}

function askerOf(client: pg.Client): Ask {
  const names = new Map<string, string>()
  const camel = (name: string) => {
    const known = names.get(name) ?? name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
    names.set(name, known)
    return known
  }
  return async <R>(text: string, values: readonly unknown[] = []) => {
    const { rows, fields } = await client.query({ text, values: [...values], rowMode: 'array' })
    const columns = fields.map(({ name }) => camel(name))
    return (rows as unknown[][]).map((row) => {
      const made: Record<string, unknown> = {}
      for (const [place, column] of columns.entries()) made[column] = row[place]
      return made as R
    })
  }
}

type SealedRow = Omit<EntryRow, 'id'> & {
  id: number | null
  position: number
  leafEntry: number
  leafTransaction: string
  leafSha256: Buffer
  leafSm3: Buffer
}

async function verifyIn(ask: Ask, options: VerifyOptions, startedAt: number): Promise<AuditVerdict> {
  const faults: string[] = []
  const fault = (text: string) => void (faults.length < enough && faults.push(text))
  const [sizes] = await ask<{ leaves: number; newest: number }>(
    `select coalesce((select max(position) + 1 from kernel.audit_leaf), 0) as leaves,
      coalesce((select max(size) from kernel.audit_checkpoint), 0) as newest`,
  )
  const { leaves, newest } = sizes ?? { leaves: 0, newest: 0 }
  const from = options.since === undefined ? 0 : await sizeAt(ask, options.since)
  const purged = await purgedUntil(ask, fault)
  const frontiers: Record<Suite, Frontier> = { sha256: [], sm3: [] }
  const claims = claimsOf(ask, options, fault)
  let claim = await claims.next()
  let checked = 0
  let gone = 0
  let anchored = 0
  let checkpoints = 0
  let newestSigned: SignedCheckpoint | null = null
  let size = 0

  // The size up to which each source agreed: what is wrong lies behind it, and is told once.
  const agreed = new Map<string, number | null>()
  const compare = async () => {
    while (!claim.done && claim.value.size === size) {
      const { source, roots, checkpoint } = claim.value
      if (source === null) checkpoints++
      else anchored++
      const from = agreed.get(source?.name ?? '')
      const wrong = suites.filter(
        (suite) =>
          !rootOf(suite, frontiers[suite])
            .toString('hex')
            .startsWith(roots[suite] ?? ''),
      )
      if (wrong.length > 0 && from !== null)
        fault(
          `${source?.place ?? '数据库中的检查点'}（${size} 条）与重新计算的根值（${wrong.join('、')}）不符：第 ${(from ?? 0) + 1} 至 ${size} 条中有记录被改动、插入、删除或换位，或检查点本身被替换`,
        )
      agreed.set(source?.name ?? '', wrong.length > 0 || from === null ? null : size)
      if (source === null && checkpoint) newestSigned = checkpoint
      claim = await claims.next()
    }
  }
  await compare()
  const read = (first: number) =>
    ask<SealedRow>(
      `select l.position, l.entry_id as leaf_entry, l.transaction_id::text as leaf_transaction, l.sha256 as leaf_sha256,
        l.sm3 as leaf_sm3, ${first + batch <= from ? 'null::bigint as id' : entryColumns}
       from kernel.audit_leaf l ${first + batch <= from ? '' : 'left join kernel.audit_entry e on e.id = l.entry_id'}
       where l.position >= $1 order by l.position limit $2`,
      [first, batch],
    )
  // The database reads the next rows while these are hashed.
  for (let coming = read(0); ;) {
    const rows = await coming
    if (rows.length === batch) coming = read((rows.at(-1)?.position ?? 0) + 1)
    coming.catch(() => {}) // awaited above, unless something else ends the reading first
    const nodes = nodeCheck(fault)
    for (const row of rows) {
      if (row.position !== size) {
        fault(`审计树在第 ${size + 1} 位中断：记录的封存被删除`)
        for (const suite of suites) frontiers[suite] = []
        size = row.position
      }
      if (size >= from) {
        const known = row.id !== null
        if (!known && size < purged.through) gone++
        else {
          const said = known ? faultOfSealed(row as SealedRow & { id: number }, purged) : '已被删除'
          if (said) fault(`第 ${size + 1} 条（审计记录 ${row.leafEntry}）${said}`)
        }
        checked++
      }
      for (const suite of suites)
        grow(suite, frontiers[suite], { level: 0, hash: leafOf(row)[suite] }, (level, hash) =>
          nodes.grown(suite, level, Math.floor(size / 2 ** level), hash),
        )
      size++
      await compare()
    }
    await nodes.compare(ask)
    options.onProgress?.(Math.max(0, size - from), leaves - from)
    if (rows.length < batch || faults.length >= enough) break
  }
  // What others have kept of more rows than there are: the tail is gone.
  const cut = new Set<string>()
  for (; !claim.done && faults.length < enough; claim = await claims.next()) {
    const { source, size: said } = claim.value
    if (source === null) checkpoints++
    else anchored++
    if (cut.has(source?.name ?? '')) continue
    cut.add(source?.name ?? '')
    const named = `${source?.place ?? '数据库中的检查点'}（${said} 条）`
    fault(said > size ? `${named}多于现有的 ${size} 条：第 ${size + 1} 条起的记录被截去` : `${named}排在了不该在的位置`)
  }
  if (leaves > newest) fault(`第 ${newest + 1} 条起的记录没有检查点：检查点被删除`)
  if (from === 0) await verifyChain(ask, purged, fault)
  const open = await verifyOpenRows(ask, fault)
  return {
    checked: checked + open,
    unsealed: open,
    purged: gone,
    checkpoints,
    anchored,
    newest: newestSigned,
    faults,
    seconds: (performance.now() - startedAt) / 1000,
  }
}

function leafOf({ leafSha256: sha256, leafSm3: sm3 }: SealedRow): LeafHashes {
  return { sha256, sm3 }
}

function faultOfSealed(row: SealedRow & { id: number }, purged: Purged): string | null {
  const head = headTextOf(row)
  const own = faultInRow(row, head)
  if (own) return own
  if (row.withdrawn && !purged.withdrawn.has(row.id)) return '内容被撤除，却没有撤除的留痕'
  const leaf = leafHashes(leafData(head, row.id, row.transactionText))
  const stored = leafOf(row)
  return suites.every((suite) => leaf[suite].equals(stored[suite])) && row.transactionText === row.leafTransaction
    ? null
    : '与封存时的叶子值不符，已被改动'
}

/** Size of the last checkpoint before an instant. */
async function sizeAt(ask: Ask, instant: string): Promise<number> {
  const [row] = await ask<{ size: number }>(
    'select coalesce(max(size), 0) as size from kernel.audit_checkpoint where at < $1::timestamptz',
    [instant],
  )
  return row?.size ?? 0
}
