import { sql } from 'kysely'
import type { Finding } from '#kernel/pure/verdict.ts'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { Grade, Purpose, RequestedItem, RequestKind, RequestState } from '../model.ts'

export type RequestRow = {
  id: string
  organId: string
  organName: string
  jurisdictionCode: string
  number: string
  kind: RequestKind
  purpose: Purpose
  reason: string
  document: string
  dueOn: string | null
  eventEndsOn: string | null
  bodyId: string | null
  renewalUntil: string | null
  renewed: boolean
  insteadOfPurchase: boolean
  inUse: Record<string, number>
  findings: Finding[]
  state: RequestState
  caseId: string
  sourceKind: string | null
  sourceId: string | null
  appliedOn: string
  approvedOn: string | null
  consentDocument: string
  consentedOn: string | null
  signedOn: string | null
  signedByName: string
  closedOn: string | null
  version: number
  items: number
  costFen: number
  savedFen: number
}

const columns = sql`r.id, r.organ_id, o.name as organ_name, r.jurisdiction_code, r.number, r.kind, r.purpose, r.reason, r.document, r.due_on,
  r.event_ends_on, r.body_id, r.renewal_until, r.renewed, r.instead_of_purchase, r.in_use, r.findings, r.state, r.case_id, r.source_kind, r.source_id,
  r.applied_on, r.approved_on, r.consent_document, r.consented_on, r.signed_on, r.signed_by_name, r.closed_on, r.version,
  (select count(*)::int from warehouse.request_item x where x.request_id = r.id and x.state <> 'dropped') as items,
  -- Things of another level are told of by what was asked for.
  case when r.source_kind = 'warehouse.level-request' then (select coalesce(sum(l.cost_fen), 0)::bigint from warehouse.level_request_item l
      where l.level_request_id = r.source_id)
    else (select coalesce(sum(i.cost_fen), 0)::bigint from warehouse.request_item x join warehouse.item i on i.id = x.item_id
      where x.request_id = r.id and x.state <> 'dropped') end as cost_fen,
  (select coalesce(sum(s.saved_fen), 0)::bigint from warehouse.saving s where s.request_id = r.id) as saved_fen`
const tables = sql`warehouse.request r join organs.open_organ o on o.id = r.organ_id`

export async function requestById(tx: Tx, id: string, lock = false): Promise<RequestRow | undefined> {
  const { rows } = await sql<RequestRow>`select ${columns} from ${tables} where r.id = ${id}
    ${lock ? sql`for update of r` : sql``}`.execute(tx)
  return rows[0]
}

/** An allotment of an organ by its number, and whether it may still come or has come. */
export async function allotmentNumbered(
  tx: Tx,
  organId: string,
  number: string,
): Promise<{ id: string; open: boolean } | undefined> {
  const { rows } = await sql<{ id: string; open: boolean }>`select id, state not in ('refused', 'withdrawn') as open
    from warehouse.request where organ_id = ${organId} and number = ${number} and kind = 'allotment'`.execute(tx)
  return rows[0]
}

export type NewRequest = Pick<
  RequestRow,
  | 'id'
  | 'organId'
  | 'jurisdictionCode'
  | 'number'
  | 'kind'
  | 'purpose'
  | 'reason'
  | 'document'
  | 'dueOn'
  | 'eventEndsOn'
  | 'bodyId'
  | 'insteadOfPurchase'
  | 'inUse'
  | 'findings'
  | 'caseId'
  | 'sourceKind'
  | 'sourceId'
  | 'appliedOn'
>

export async function insertRequest(tx: Tx, row: NewRequest, itemIds: readonly string[]): Promise<void> {
  await sql`insert into warehouse.request (id, organ_id, jurisdiction_code, number, kind, purpose, reason, document, due_on, event_ends_on, body_id,
      instead_of_purchase, in_use, findings, state, case_id, source_kind, source_id, applied_on)
    values (${row.id}, ${row.organId}, ${row.jurisdictionCode}, ${row.number}, ${row.kind}, ${row.purpose}, ${row.reason}, ${row.document},
      ${row.dueOn}, ${row.eventEndsOn}, ${row.bodyId}, ${row.insteadOfPurchase}, ${JSON.stringify(row.inUse)}, ${JSON.stringify(row.findings)}, 'applied',
      ${row.caseId}, ${row.sourceKind}, ${row.sourceId}, ${row.appliedOn})`.execute(tx)
  await sql`insert into warehouse.request_item (request_id, item_id, state)
    select ${row.id}, id, 'asked' from unnest(${[...itemIds]}::uuid[]) id`.execute(tx)
}

export type RequestChanges = Partial<
  Pick<
    RequestRow,
    | 'state'
    | 'dueOn'
    | 'renewalUntil'
    | 'renewed'
    | 'approvedOn'
    | 'consentDocument'
    | 'consentedOn'
    | 'signedOn'
    | 'signedByName'
    | 'closedOn'
    | 'findings'
  >
>

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** @throws Conflict when somebody else changed it meanwhile */
export async function changeRequest(tx: Tx, row: RequestRow, changes: RequestChanges): Promise<RequestRow> {
  const sets = Object.entries(changes).map(
    ([key, value]) => sql`${sql.ref(snake(key))} = ${key === 'findings' ? JSON.stringify(value) : value}`,
  )
  const result = await sql`update warehouse.request set ${sql.join(sets)}, version = version + 1
    where id = ${row.id} and version = ${row.version}`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('用物申请')
  return { ...row, ...changes, version: row.version + 1 }
}

export async function itemsOfRequest(
  tx: Tx,
  requestId: string,
): Promise<(RequestedItem & { itemCode: string | null })[]> {
  const { rows } = await sql<
    RequestedItem & { itemCode: string | null }
  >`select x.item_id, i.card_id, i.number, i.name, i.model, i.quantity, i.unit, i.cost_fen,
      i.place, x.state, x.out_grade, x.back_grade, x.back_note, x.back_on, i.item_code,
      (select s.saved_fen from warehouse.saving s where s.request_id = x.request_id and s.item_id = x.item_id) as saved_fen
    from warehouse.request_item x join warehouse.item i on i.id = x.item_id where x.request_id = ${requestId} order by i.number, i.id`.execute(
    tx,
  )
  return rows
}

export async function changeRequestItems(
  tx: Tx,
  requestId: string,
  itemIds: readonly string[],
  changes: {
    state: RequestedItem['state']
    outGrade?: Grade | null
    backGrade?: Grade
    backNote?: string
    backOn?: string
  },
): Promise<void> {
  const { state, outGrade, backGrade, backNote, backOn } = changes
  await sql`update warehouse.request_item set state = ${state}
      ${outGrade === undefined ? sql`` : sql`, out_grade = ${outGrade}`} ${backGrade === undefined ? sql`` : sql`, back_grade = ${backGrade}`}
      ${backNote === undefined ? sql`` : sql`, back_note = ${backNote}`} ${backOn === undefined ? sql`` : sql`, back_on = ${backOn}`}
    where request_id = ${requestId} and item_id = any(${[...itemIds]}::uuid[])`.execute(tx)
}

/** Loans of an organ that are out. */
export async function openLoans(tx: Tx, organId: string): Promise<{ number: string; dueOn: string }[]> {
  const { rows } = await sql<{ number: string; dueOn: string }>`select number, due_on from warehouse.request
    where organ_id = ${organId} and state in ('lent', 'renewing', 'returning') order by due_on`.execute(tx)
  return rows
}

/** Loans for a temporary body or event that have not ended, locked in one order. */
export async function loansOfBody(tx: Tx, bodyId: string, lock = false): Promise<RequestRow[]> {
  const { rows } = await sql<RequestRow>`select ${columns} from ${tables}
    where r.body_id = ${bodyId} and r.kind = 'loan' ${lock ? sql`and r.state not in ('returned', 'refused', 'withdrawn')` : sql``}
    order by r.id desc ${lock ? sql`for update of r` : sql`limit 200`}`.execute(tx)
  return rows
}

export type RequestFilter = Readonly<{
  jurisdictionCode: string
  organId: string | null
  kind?: RequestKind | undefined
  state?: RequestState | undefined
  /** Out and due before this day. */
  lateOn?: string | undefined
}>

export async function requestsPage(
  tx: Tx,
  filter: RequestFilter,
  after: string | undefined,
  limit: number,
): Promise<RequestRow[]> {
  const { organId, jurisdictionCode, kind, state, lateOn } = filter
  const { rows } = await sql<RequestRow>`select ${columns} from ${tables}
    where ${organId === null ? sql`r.jurisdiction_code = ${jurisdictionCode}` : sql`r.organ_id = ${organId}`}
      ${kind === undefined ? sql`` : sql`and r.kind = ${kind}`} ${state === undefined ? sql`` : sql`and r.state = ${state}`}
      ${lateOn === undefined ? sql`` : sql`and r.state in ('lent', 'renewing', 'returning') and r.due_on < ${lateOn}`}
      ${after === undefined ? sql`` : sql`and r.id < ${after}::uuid`} order by r.id desc limit ${limit}`.execute(tx)
  return rows
}

/** Loans that are out, due before a day and not flagged, locked: the job runs once at a time. */
export async function lateLoans(tx: Tx, before: string): Promise<RequestRow[]> {
  const { rows } = await sql<RequestRow>`select ${columns} from ${tables}
    where r.state in ('lent', 'renewing', 'returning') and r.due_on < ${before} and r.flagged_on is null
    order by r.due_on, r.id for update of r`.execute(tx)
  return rows
}

export async function flagLoans(tx: Tx, ids: readonly string[], on: string): Promise<void> {
  await sql`update warehouse.request set flagged_on = ${on} where id = any(${[...ids]}::uuid[])`.execute(tx)
}

/** Counts a saving once for an organ and a thing (GWC-R13). @returns ids of the things whose saving is counted now */
export async function insertSavings(
  tx: Tx,
  request: Pick<RequestRow, 'id' | 'organId' | 'jurisdictionCode'>,
  savings: readonly { itemId: string; savedFen: number; basis: string }[],
  on: string,
): Promise<string[]> {
  const { rows } = await sql<{
    itemId: string
  }>`insert into warehouse.saving (item_id, organ_id, jurisdiction_code, request_id, saved_fen, saved_on, basis)
    select r.item_id, ${request.organId}, ${request.jurisdictionCode}, ${request.id}, r.saved_fen, ${on}, r.basis
    from jsonb_to_recordset(${JSON.stringify(
      savings.map(({ itemId, savedFen, basis }) => ({ item_id: itemId, saved_fen: savedFen, basis })),
    )}::jsonb) as r(item_id uuid, saved_fen bigint, basis text)
    on conflict (item_id, organ_id) do nothing returning item_id`.execute(tx)
  return rows.map(({ itemId }) => itemId)
}
