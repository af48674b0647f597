import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { IntakeState, Trigger } from '../model.ts'

export type IntakeRow = {
  id: string
  organId: string
  organName: string
  jurisdictionCode: string
  number: string
  trigger: Trigger
  triggeredOn: string
  dueOn: string | null
  bodyName: string
  reason: string
  called: boolean
  state: IntakeState
  caseId: string
  appliedOn: string
  receivedOn: string | null
  handedByName: string
  receiverName: string
  version: number
  items: number
  costFen: number
}

const columns = sql`n.id, n.organ_id, o.name as organ_name, n.jurisdiction_code, n.number, n.trigger, n.triggered_on, n.due_on, n.body_name,
  n.reason, n.called, n.state, n.case_id, n.applied_on, n.received_on, n.handed_by_name, n.receiver_name, n.version,
  (select count(*)::int from warehouse.item i where i.intake_id = n.id) as items,
  (select coalesce(sum(i.cost_fen), 0)::bigint from warehouse.item i where i.intake_id = n.id) as cost_fen`
const tables = sql`warehouse.intake n join organs.open_organ o on o.id = n.organ_id`

export async function intakeById(tx: Tx, id: string, lock = false): Promise<IntakeRow | undefined> {
  const { rows } = await sql<IntakeRow>`select ${columns} from ${tables} where n.id = ${id}
    ${lock ? sql`for update of n` : sql``}`.execute(tx)
  return rows[0]
}

export type NewIntake = Omit<
  IntakeRow,
  'organName' | 'receivedOn' | 'handedByName' | 'receiverName' | 'version' | 'items' | 'costFen'
>

export async function insertIntake(tx: Tx, row: NewIntake): Promise<void> {
  await sql`insert into warehouse.intake (id, organ_id, jurisdiction_code, number, trigger, triggered_on, due_on, body_name, reason, called, state,
      case_id, applied_on)
    values (${row.id}, ${row.organId}, ${row.jurisdictionCode}, ${row.number}, ${row.trigger}, ${row.triggeredOn}, ${row.dueOn}, ${row.bodyName},
      ${row.reason}, ${row.called}, ${row.state}, ${row.caseId}, ${row.appliedOn})`.execute(tx)
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** @throws Conflict when somebody else changed it meanwhile */
export async function changeIntake(
  tx: Tx,
  row: IntakeRow,
  changes: Partial<Pick<IntakeRow, 'state' | 'receivedOn' | 'handedByName' | 'receiverName' | 'reason'>>,
): Promise<IntakeRow> {
  const sets = Object.entries(changes).map(([key, value]) => sql`${sql.ref(snake(key))} = ${value}`)
  const result = await sql`update warehouse.intake set ${sql.join(sets)}, version = version + 1
    where id = ${row.id} and version = ${row.version}`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('入仓申请')
  return { ...row, ...changes, version: row.version + 1 }
}

export async function intakesPage(
  tx: Tx,
  filter: {
    jurisdictionCode: string
    organId: string | null
    state?: IntakeState | undefined
    trigger?: Trigger | undefined
  },
  after: string | undefined,
  limit: number,
): Promise<IntakeRow[]> {
  const { jurisdictionCode, organId, state, trigger } = filter
  const { rows } = await sql<IntakeRow>`select ${columns} from ${tables}
    where ${organId === null ? sql`n.jurisdiction_code = ${jurisdictionCode}` : sql`n.organ_id = ${organId}`}
      ${state === undefined ? sql`` : sql`and n.state = ${state}`} ${trigger === undefined ? sql`` : sql`and n.trigger = ${trigger}`}
      ${after === undefined ? sql`` : sql`and n.id < ${after}::uuid`} order by n.id desc limit ${limit}`.execute(tx)
  return rows
}
