import { hash } from 'node:crypto'
import { entryColumns, faultInRow, headTextOf, type EntryRow } from './entry-row.ts'
import type { Ask } from './verify-reader.ts'
import type { Purged } from './verify-purge.ts'

const batch = 4000

/** The head of the sealed part, and which rows are of its epoch: what comes behind is not sealed yet, what has no leaf before was put in. */
const headQuery = `select h.transaction_id::text as transaction, h.entry_id as entry,
    coalesce((select max(first_entry) from kernel.audit_epoch where first_entry <= h.entry_id), 0) as from,
    coalesce((select min(first_entry) from kernel.audit_epoch where first_entry > h.entry_id), 9223372036854775807)::text as to
  from (select transaction_id, entry_id from kernel.audit_leaf order by position desc limit 1) h`
type Head = { transaction: string; entry: number; from: number; to: string }
/** Of an empty tree. */
const noHead: Head = { transaction: '0', entry: 0, from: 0, to: '9223372036854775807' }

/** Rows that wait for sealing, and rows that were put in among sealed ones. @returns how many wait */
export async function verifyOpenRows(ask: Ask, fault: (text: string) => void): Promise<number> {
  const { transaction, entry, from, to } = (await ask<Head>(headQuery))[0] ?? noHead
  const hidden = await ask<{ id: number; count: number }>(
    `select min(e.id) as id, count(*) as count from kernel.audit_entry e
     where (e.id < $3 or (e.id < $4 and (e.transaction_id, e.id) <= ($1::xid8, $2)))
       and not exists (select from kernel.audit_leaf l where l.entry_id = e.id) having count(*) > 0`,
    [transaction, entry, from, to],
  )
  for (const { id, count } of hidden)
    fault(`审计记录 ${id} 是插在已封存的记录之间的${count > 1 ? `（这样的记录共 ${count} 条）` : ''}`)
  await verifyEpochs(ask, fault)
  const ofThisEpoch = await verifyWaiting(
    ask,
    fault,
    `(e.transaction_id, e.id) > ($1::xid8, $2) and e.id >= ${Number(from)} and e.id < ${BigInt(to)}`,
    [transaction, entry],
  )
  const later = await verifyWaiting(ask, fault, `(e.transaction_id, e.id) > ($1::xid8, $2) and e.id >= ${BigInt(to)}`, [
    '0',
    0,
  ])
  return ofThisEpoch + later
}

/** Rows of a part of the record that have no leaf yet, each by itself. @returns how many */
async function verifyWaiting(
  ask: Ask,
  fault: (text: string) => void,
  which: string,
  begin: [transaction: string, entry: number],
): Promise<number> {
  let waiting = 0
  for (let after = begin; ;) {
    const rows = await ask<EntryRow>(
      `select ${entryColumns} from kernel.audit_entry e
       where ${which} and not exists (select from kernel.audit_leaf l where l.entry_id = e.id)
       order by e.transaction_id, e.id limit ${batch}`,
      after,
    )
    for (const row of rows) {
      const said = faultInRow(row, headTextOf(row))
      if (said) fault(`审计记录 ${row.id}（尚未封存）${said}`)
    }
    waiting += rows.length
    const last = rows.at(-1)
    if (!last || rows.length < batch) return waiting
    after = [last.transactionText, last.id]
  }
}

/** Each epoch began by a row that says so, which is the first of it. */
async function verifyEpochs(ask: Ask, fault: (text: string) => void): Promise<void> {
  const unsaid = await ask<{ epoch: number }>(
    `select epoch from kernel.audit_epoch p
     where exists (select from kernel.audit_entry) and not exists (select from kernel.audit_entry e
         where e.fact = 'kernel.audit-epoch-begun' and e.subject_id = p.epoch::text and e.id >= p.first_entry
           and (e.after->>'firstEntry')::bigint = p.first_entry)
       and p.first_entry > coalesce((select max(entry_id) from kernel.audit_leaf where position < (select max(through) from kernel.audit_purge)), 0)`,
  )
  for (const { epoch } of unsaid) fault(`审计记录的第 ${epoch} 个时期没有开始的留痕，可能是他人加入的`)
}

const genesis = '0'.repeat(64)

/** The chain that was kept before the tree: every link again, up to the head that was carried over. */
export async function verifyChain(ask: Ask, purged: Purged, fault: (text: string) => void): Promise<void> {
  let chain = genesis
  let position = 0
  for (;;) {
    const rows = await ask<{ position: number; chain: string; entryId: number; digest: string | null }>(
      `select s.position, s.chain, s.entry_id, e.digest from kernel.audit_seal s
       left join kernel.audit_entry e on e.id = s.entry_id where s.position > $1 order by s.position limit ${batch}`,
      [position],
    )
    for (const row of rows) {
      if (row.position !== position + 1) fault(`原封存链在第 ${position + 1} 位中断`)
      position = row.position
      const rightlyGone = row.digest === null && position <= purged.through
      chain = rightlyGone ? row.chain : hash('sha256', `${chain}${row.digest ?? ''}`)
      if (chain !== row.chain) fault(`原封存链自第 ${position} 位（审计记录 ${row.entryId}）起不符`)
      chain = row.chain
    }
    if (rows.length < batch) break
  }
  if (position === 0) return
  const carried = await ask<{ after: { rows: number; chain: string } }>(
    `select after from kernel.audit_entry where fact = 'kernel.audit-chain-carried-over' order by id limit 1`,
  )
  for (const { after } of carried)
    if (after?.chain !== chain || after.rows !== position) fault('原封存链的末端与转入审计树时的留痕不符')
}
