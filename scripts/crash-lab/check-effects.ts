import type { Evidence, Fault } from './check.ts'
import type { OperationRecord } from './operation-log.ts'

/** Where the effect of an operation is found by the text its client put into it, and what must be equal there. */
type Trace = {
  operation: string
  /** Rows with the client's text, which stands in `id`. */
  sql: string
  agrees: (row: Record<string, unknown>, record: OperationRecord) => boolean
}

const entryKinds = { commit: 'commit', execute: 'execute', release: 'release', reverse: 'reverse' } as const

const traces: readonly Trace[] = [
  ...Object.entries(entryKinds).map(([name, kind]) => ({
    operation: `ledger.${name}`,
    sql: `select note as id, line_id, amount_fen::float8 as amount from ledger.entry where kind = '${kind}' and note like 'L%-%'`,
    agrees: (row: Record<string, unknown>, { gist }: OperationRecord) =>
      row['line_id'] === gist?.['lineId'] && row['amount'] === gist?.['amountFen'],
  })),
  {
    operation: 'plans.submitDemand',
    sql: `select s.opinion as id, c.subject_id from kernel.case_step s join kernel.case_item c on c.id = s.case_id where s.transition = 'submit' and c.kind = 'plans.demand'`,
    agrees: (row, { gist }) => row['subject_id'] === gist?.['demandId'],
  },
  {
    operation: 'plans.withdrawDemand',
    sql: `select s.opinion as id, c.subject_id from kernel.case_step s join kernel.case_item c on c.id = s.case_id where s.transition = 'withdraw' and c.kind = 'plans.demand'`,
    agrees: (row, { gist }) => row['subject_id'] === gist?.['demandId'],
  },
  {
    operation: 'plans.returnDemand',
    sql: `select s.opinion as id, c.subject_id from kernel.case_step s join kernel.case_item c on c.id = s.case_id where s.transition = 'return' and c.kind = 'plans.demand'`,
    agrees: (row, { gist }) => row['subject_id'] === gist?.['demandId'],
  },
  {
    operation: 'plans.saveDemand',
    sql: `select after->>'contact' as id, subject_id from kernel.audit_entry where fact = 'plans.demand-saved'`,
    agrees: (row, { gist }) => row['subject_id'] === gist?.['demandId'],
  },
  {
    operation: 'consultation.openConsultation',
    sql: `select substr(title, length('征求意见 ') + 1) as id, id as consultation from consultation.consultation where title like '征求意见 L%'`,
    agrees: (row, { gist }) => row['consultation'] === gist?.['consultationId'],
  },
  {
    operation: 'record.attach',
    sql: `select replace(a.file_name, '.txt', '') as id, a.id as attachment, f.size_bytes::float8 as size
      from kernel.attachment a join kernel.stored_file f using (sha256)`,
    agrees: (row, { gist, input }) =>
      row['attachment'] === gist?.['attachmentId'] &&
      row['size'] === Buffer.byteLength((input['file'] as { text: string }).text),
  },
]

/** Every acknowledged act is there exactly once with equal content; what was refused is nowhere; nothing came unasked. */
export async function checkEffects(evidence: Evidence): Promise<Fault[]> {
  const faults: Fault[] = []
  for (const { operation, sql, agrees } of traces) {
    const { rows } = await evidence.client.query<Record<string, unknown>>(sql)
    const byId = Map.groupBy(rows, (row) => String(row['id']))
    const records = evidence.records.filter((record) => record.operation === operation)
    for (const record of records) {
      const found = byId.get(record.id) ?? []
      byId.delete(record.id)
      const said = `${record.id} ${operation}, answered ${record.outcome} (${record.status ?? record.code})`
      if (record.outcome === 'ok' && found.length === 0) faults.push({ rule: 'lost', what: said })
      if (record.outcome === 'ok' && found.length > 1)
        faults.push({ rule: 'doubled', what: `${said}: ${found.length} times` })
      if (record.outcome === 'fail' && found.length > 0) faults.push({ rule: 'effect of a refusal', what: said })
      for (const row of found)
        if (record.outcome === 'ok' && !agrees(row, record))
          faults.push({
            rule: 'content',
            what: `${said}: ${JSON.stringify(row)} instead of ${JSON.stringify(record.gist)}`,
          })
    }
    for (const id of byId.keys())
      if (/^L\d+-\d+$/.test(id)) faults.push({ rule: 'unasked', what: `${operation} ${id}` })
  }
  return [...faults, ...(await checkVersions(evidence))]
}

/** Versions of one demand and one opinion go up by one with each act on it: none lost, none given twice. */
async function checkVersions({ client, records }: Evidence): Promise<Fault[]> {
  const faults: Fault[] = []
  for (const [table, name] of [
    ['plans.demand', 'demandId'],
    ['consultation.opinion', 'opinionId'],
  ] as const) {
    const { rows } = await client.query<{ id: string; version: number }>(`select id, version from ${table}`)
    const done = records.filter(
      ({ outcome, gist }) => outcome === 'ok' && gist?.[name] !== undefined && gist['version'] !== undefined,
    )
    const byRow = Map.groupBy(done, ({ gist }) => String(gist?.[name]))
    for (const { id, version } of rows) {
      const given = (byRow.get(id) ?? []).map(({ gist }) => Number(gist?.['version'])).toSorted((a, b) => a - b)
      const expected = Array.from({ length: given.length }, (_, place) => version - given.length + 1 + place)
      if (given.join() !== expected.join())
        faults.push({ rule: 'versions', what: `${table} ${id} stands at ${version}; acknowledged ${given.join(' ')}` })
    }
  }
  return faults
}
