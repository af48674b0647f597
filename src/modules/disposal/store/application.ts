import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { Finding } from '#kernel/pure/verdict.ts'
import type { AssetState } from '#modules/assets/model.ts'
import type { Application, ApplicationState, CarriedOut, DisposalForm, Item, Paper } from '../model.ts'

export type ApplicationRow = Application & {
  jurisdictionCode: string
  receiverJurisdictionCode: string | null
  findings: Finding[] | null
  reviewedOn: string | null
  consentListId: string | null
  approvedOn: string | null
  receiptCaseId: string | null
  receivedById: string | null
  carriedOut: CarriedOut | null
}

const columns = sql`a.id, a.organ_id, o.name as organ_name, a.jurisdiction_code, a.number, a.form, a.state, a.reason, a.encumbered,
  a.receiver_organ_id, r.name as receiver_name, a.receiver_jurisdiction_code, a.counterparty, i.items, i.cost_fen, i.net_fen,
  a.applied_on, a.applied_by, a.tier, a.path, a.findings, a.reviewed_on, a.consent_list_id, a.consent_document, a.consented_on,
  a.government_document, a.government_on, a.approved_on, a.receipt_case_id, a.received_on, a.received_by as received_by_id,
  a.received_by_name as received_by, a.carried_out_on, a.carried_out, p.net_fen as proceeds_fen, p.due_on as proceeds_due_on, p.paid_on,
  a.case_id, a.version`
const tables = sql`disposal.application a
  join organs.open_organ o on o.id = a.organ_id
  left join organs.open_organ r on r.id = a.receiver_organ_id
  left join disposal.proceeds p on p.application_id = a.id
  cross join lateral (select count(*)::int as items, coalesce(sum(cost_fen), 0)::bigint as cost_fen, coalesce(sum(net_fen), 0)::bigint as net_fen
    from disposal.item x where x.application_id = a.id) i`

export async function applicationById(tx: Tx, id: string, lock = false): Promise<ApplicationRow | undefined> {
  if (lock) await sql`select from disposal.application where id = ${id} for update`.execute(tx)
  const { rows } = await sql<ApplicationRow>`select ${columns} from ${tables} where a.id = ${id}`.execute(tx)
  return rows[0]
}

export type ApplicationFilter = {
  jurisdictionCode: string
  organId: string | null
  state?: ApplicationState | undefined
  form?: DisposalForm | undefined
  tier?: string | undefined
  /** Proceeds late on this day. */
  lateOn?: string | undefined
}

export async function applicationsPage(
  tx: Tx,
  { jurisdictionCode, organId, state, form, tier, lateOn }: ApplicationFilter,
  after: string | undefined,
  limit: number,
): Promise<ApplicationRow[]> {
  const whose =
    organId === null
      ? sql`a.jurisdiction_code = ${jurisdictionCode}`
      : sql`(a.organ_id = ${organId} or (a.receiver_organ_id = ${organId} and a.approved_on is not null))`
  const { rows } = await sql<ApplicationRow>`select ${columns} from ${tables} where ${whose}
      ${state === undefined ? sql`` : sql`and a.state = ${state}`}
      ${form === undefined ? sql`` : sql`and a.form = ${form}`}
      ${tier === undefined ? sql`` : sql`and a.tier = ${tier}`}
      ${lateOn === undefined ? sql`` : sql`and p.due_on < coalesce(p.paid_on, ${lateOn}::date)`}
      ${after === undefined ? sql`` : sql`and a.id < ${after}::uuid`}
    order by a.id desc limit ${limit}`.execute(tx)
  return rows
}

export type NewApplication = Pick<
  ApplicationRow,
  | 'id'
  | 'organId'
  | 'jurisdictionCode'
  | 'form'
  | 'reason'
  | 'encumbered'
  | 'receiverOrganId'
  | 'receiverJurisdictionCode'
  | 'counterparty'
  | 'caseId'
>

export async function insertApplication(tx: Tx, row: NewApplication): Promise<void> {
  await sql`insert into disposal.application (id, organ_id, jurisdiction_code, form, state, reason, encumbered, receiver_organ_id,
      receiver_jurisdiction_code, counterparty, case_id)
    values (${row.id}, ${row.organId}, ${row.jurisdictionCode}, ${row.form}, 'draft', ${row.reason}, ${row.encumbered},
      ${row.receiverOrganId}, ${row.receiverJurisdictionCode}, ${row.counterparty}, ${row.caseId})`.execute(tx)
}

type Changeable =
  | 'state'
  | 'form'
  | 'reason'
  | 'encumbered'
  | 'receiverOrganId'
  | 'receiverJurisdictionCode'
  | 'counterparty'
  | 'number'
  | 'appliedOn'
  | 'appliedBy'
  | 'tier'
  | 'path'
  | 'findings'
  | 'reviewedOn'
  | 'consentListId'
  | 'consentDocument'
  | 'consentedOn'
  | 'governmentDocument'
  | 'governmentOn'
  | 'approvedOn'
  | 'receiptCaseId'
  | 'receivedOn'
  | 'receivedById'
  | 'receivedBy'
  | 'carriedOutOn'
  | 'carriedOut'
export type ApplicationChanges = Partial<Pick<ApplicationRow, Changeable>>

/** @throws Conflict when somebody moved or changed it meanwhile */
export async function saveApplication(
  tx: Tx,
  row: ApplicationRow,
  changes: ApplicationChanges,
): Promise<ApplicationRow> {
  const next = { ...row, ...changes }
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value))
  const result =
    await sql`update disposal.application set state = ${next.state}, form = ${next.form}, reason = ${next.reason},
      encumbered = ${next.encumbered}, receiver_organ_id = ${next.receiverOrganId},
      receiver_jurisdiction_code = ${next.receiverJurisdictionCode}, counterparty = ${next.counterparty}, number = ${next.number},
      applied_on = ${next.appliedOn}, applied_by = ${next.appliedBy}, tier = ${next.tier}, path = ${next.path},
      findings = ${json(next.findings)}::jsonb, reviewed_on = ${next.reviewedOn}, consent_list_id = ${next.consentListId},
      consent_document = ${next.consentDocument}, consented_on = ${next.consentedOn}, government_document = ${next.governmentDocument},
      government_on = ${next.governmentOn}, approved_on = ${next.approvedOn}, receipt_case_id = ${next.receiptCaseId},
      received_on = ${next.receivedOn}, received_by = ${next.receivedById}, received_by_name = ${next.receivedBy},
      carried_out_on = ${next.carriedOutOn}, carried_out = ${json(next.carriedOut)}::jsonb, version = version + 1
    where id = ${row.id} and state = ${row.state} and version = ${row.version}`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('处置申请')
  return { ...next, version: row.version + 1 }
}

/** What the organ applied for in the form since a day and what counts with it (AST-R22): not what came to nothing. */
export async function earlierBatches(
  tx: Tx,
  of: { organId: string; form: DisposalForm; since: string; except: string | null },
): Promise<{ appliedOn: string; batchFen: number }[]> {
  const { rows } = await sql<{ appliedOn: string; batchFen: number }>`select a.applied_on,
      (select coalesce(sum(x.cost_fen), 0)::bigint from disposal.item x where x.application_id = a.id) as batch_fen
    from disposal.application a where a.organ_id = ${of.organId} and a.form = ${of.form} and a.applied_on >= ${of.since}
      and a.state not in ('draft', 'refused', 'withdrawn', 'abandoned') and a.id is distinct from ${of.except}::uuid
    order by a.applied_on, a.id`.execute(tx)
  return rows
}

export type ItemRow = Omit<Item, 'storesData'> & {
  classCode: string | null
  item: string | null
  depreciation: string | null
  stateBefore: AssetState
}

export async function itemsOf(tx: Tx, applicationId: string): Promise<ItemRow[]> {
  const { rows } =
    await sql<ItemRow>`select card_id, number, name, model, class_name, class_code, item, depreciation, place, quantity,
      cost_fen, accumulated_fen, net_fen, acquired_on, condition, state_before
    from disposal.item where application_id = ${applicationId} order by number`.execute(tx)
  return rows
}

/** Writes the things of an application anew. */
export async function replaceItems(tx: Tx, applicationId: string, items: readonly ItemRow[]): Promise<void> {
  await sql`delete from disposal.item where application_id = ${applicationId}`.execute(tx)
  const rows = items.map((one) => ({
    card_id: one.cardId,
    number: one.number,
    name: one.name,
    model: one.model,
    class_name: one.className,
    class_code: one.classCode,
    item: one.item,
    depreciation: one.depreciation,
    place: one.place,
    quantity: one.quantity,
    cost_fen: one.costFen,
    accumulated_fen: one.accumulatedFen,
    net_fen: one.netFen,
    acquired_on: one.acquiredOn,
    condition: one.condition,
    state_before: one.stateBefore,
  }))
  await sql`insert into disposal.item select r.* from jsonb_populate_recordset(null::disposal.item,
    ${JSON.stringify(rows.map((row) => ({ application_id: applicationId, ...row })))}::jsonb) r`.execute(tx)
}

export async function papersOf(tx: Tx, applicationId: string): Promise<Paper[]> {
  const { rows } = await sql<Paper>`select kind, number, issuer, issued_on from disposal.paper
    where application_id = ${applicationId} order by kind`.execute(tx)
  return rows
}

export async function replacePapers(tx: Tx, applicationId: string, papers: readonly Paper[]): Promise<void> {
  await sql`delete from disposal.paper where application_id = ${applicationId}`.execute(tx)
  if (papers.length === 0) return
  const rows = papers.map(({ kind, number, issuer, issuedOn }) => ({ kind, number, issuer, issued_on: issuedOn }))
  await sql`insert into disposal.paper (application_id, kind, number, issuer, issued_on)
    select ${applicationId}, r.kind, r.number, r.issuer, r.issued_on
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(kind text, number text, issuer text, issued_on date)`.execute(
    tx,
  )
}
