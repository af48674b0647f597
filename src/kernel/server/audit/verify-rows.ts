import { hash } from 'node:crypto'
import { entryColumns, faultInRow, headTextOf, type EntryRow } from './entry-row.ts'
import type { Ask } from './verify-reader.ts'
import type { Purged } from './verify-purge.ts'

const batch = 4000

/** The head of the sealed part: what comes behind it is not sealed yet, what has no leaf before it was put in. */
const head = `(select transaction_id, entry_id from kernel.audit_leaf order by position desc limit 1)`

/** Rows that wait for sealing, and rows that were put in among sealed ones. @returns how many wait */
export async function verifyOpenRows(ask: Ask, fault: (text: string) => void): Promise<number> {
  const hidden = await ask<{ id: number; count: number }>(
    `select min(e.id) as id, count(*) as count from kernel.audit_entry e, ${head} h
     where (e.transaction_id, e.id) <= (h.transaction_id, h.entry_id)
       and not exists (select from kernel.audit_leaf l where l.entry_id = e.id) having count(*) > 0`,
  )
  for (const { id, count } of hidden)
    fault(`审计记录 ${id} 是插在已封存的记录之间的${count > 1 ? `（这样的记录共 ${count} 条）` : ''}`)
  let waiting = 0
  for (let after = ['0', 0] as [string, number]; ;) {
    const rows = await ask<EntryRow>(
      `select ${entryColumns} from kernel.audit_entry e
       where (e.transaction_id, e.id) > (greatest($1::xid8, coalesce((select transaction_id from ${head} h), '0'::xid8)), $2)
         and not exists (select from kernel.audit_leaf l where l.entry_id = e.id)
         and not exists (select from ${head} h where (e.transaction_id, e.id) <= (h.transaction_id, h.entry_id))
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
