import { sql } from 'kysely'
import type { NeedKind } from '#modules/standards/model.ts'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { PlanTexts } from '../model.ts'

export type PlanRow = {
  id: string
  cycleId: string
  jurisdictionCode: string
  year: number
  organId: string
  kind: 'authority' | 'organ'
  planVersion: number
  state: 'draft' | 'consulting' | 'issued' | 'in-force' | 'superseded'
  caseId: string | null
  texts: PlanTexts
  documentNumber: string | null
  issuedOn: string | null
  inForceOn: string | null
  controlFen: number | null
  approvedFen: number | null
  replyDocument: string | null
  totalFen: number
  lineCount: number
  version: number
}

const columns = sql`id, cycle_id, jurisdiction_code, year, organ_id, kind, plan_version, state, case_id, texts, document_number, issued_on, in_force_on,
  control_fen, approved_fen, reply_document, total_fen, line_count, version`

export async function planById(tx: Tx, id: string): Promise<PlanRow | undefined> {
  return (await sql<PlanRow>`select ${columns} from plans.plan where id = ${id}`.execute(tx)).rows[0]
}

export async function lockPlan(tx: Tx, id: string): Promise<PlanRow | undefined> {
  return (await sql<PlanRow>`select ${columns} from plans.plan where id = ${id} for update`.execute(tx)).rows[0]
}

export async function planOf(
  tx: Tx,
  cycleId: string,
  organId: string,
  kind: PlanRow['kind'],
): Promise<PlanRow | undefined> {
  return (
    await sql<PlanRow>`select ${columns} from plans.plan where cycle_id = ${cycleId} and organ_id = ${organId} and kind = ${kind}`.execute(
      tx,
    )
  ).rows[0]
}

export async function plansPage(
  tx: Tx,
  filter: {
    jurisdictionCode: string
    organId?: string | undefined
    year?: number | undefined
    kind?: string | undefined
    state?: string | undefined
  },
  after: string | undefined,
  limit: number,
): Promise<PlanRow[]> {
  return (
    await sql<PlanRow>`select ${columns} from plans.plan where jurisdiction_code = ${filter.jurisdictionCode}
        ${filter.organId ? sql`and organ_id = ${filter.organId}` : sql``} ${filter.year === undefined ? sql`` : sql`and year = ${filter.year}`}
        ${filter.kind ? sql`and kind = ${filter.kind}` : sql``} ${filter.state ? sql`and state = ${filter.state}` : sql``}
        ${after ? sql`and id < ${after}` : sql``} order by id desc limit ${limit}`.execute(tx)
  ).rows
}

export async function insertPlan(tx: Tx, plan: PlanRow): Promise<void> {
  await sql`insert into plans.plan (id, cycle_id, jurisdiction_code, year, organ_id, kind, plan_version, state, case_id, texts, total_fen, line_count)
    values (${plan.id}, ${plan.cycleId}, ${plan.jurisdictionCode}, ${plan.year}, ${plan.organId}, ${plan.kind}, ${plan.planVersion}, ${plan.state},
      ${plan.caseId}, ${JSON.stringify(plan.texts)}::jsonb, ${plan.totalFen}, ${plan.lineCount})`.execute(tx)
}

type PlanChanges = Partial<
  Pick<
    PlanRow,
    | 'state'
    | 'texts'
    | 'documentNumber'
    | 'issuedOn'
    | 'inForceOn'
    | 'controlFen'
    | 'approvedFen'
    | 'replyDocument'
    | 'totalFen'
    | 'lineCount'
    | 'planVersion'
    | 'caseId'
  >
>

export async function savePlan(tx: Tx, plan: PlanRow, changes: PlanChanges): Promise<PlanRow> {
  const next = { ...plan, ...changes, version: plan.version + 1 }
  const result =
    await sql`update plans.plan set state = ${next.state}, texts = ${JSON.stringify(next.texts)}::jsonb, document_number = ${next.documentNumber},
      issued_on = ${next.issuedOn}, in_force_on = ${next.inForceOn}, control_fen = ${next.controlFen}, approved_fen = ${next.approvedFen},
      reply_document = ${next.replyDocument}, total_fen = ${next.totalFen}, line_count = ${next.lineCount},
      plan_version = ${next.planVersion}, case_id = ${next.caseId}, version = ${next.version}
    where id = ${plan.id} and version = ${plan.version} and state = ${plan.state}`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('保障计划')
  return next
}

export type PlanLineRow = {
  id: string
  lineNo: number
  number: string
  demandLineId: string | null
  ledgerLineId: string | null
  centralised: boolean
  servedOrganId: string
  needKind: NeedKind
  itemName: string
  economicCode: string
  unit: string
  quantity: number
  amountFen: number
  fromMonth: number
  toMonth: number
}

const lineColumns = sql`id, line_no, number, demand_line_id, ledger_line_id, centralised, served_organ_id, need_kind, item_name, economic_code, unit,
  quantity::float8 as quantity, amount_fen, from_month, to_month`

export async function planLines(tx: Tx, planId: string, planVersion: number): Promise<PlanLineRow[]> {
  return (
    await sql<PlanLineRow>`select ${lineColumns} from plans.plan_line where plan_id = ${planId} and plan_version = ${planVersion} order by line_no`.execute(
      tx,
    )
  ).rows
}

/** Writes the lines of one version as a whole. */
export async function replacePlanLines(
  tx: Tx,
  planId: string,
  planVersion: number,
  lines: readonly PlanLineRow[],
): Promise<void> {
  await sql`delete from plans.plan_line where plan_id = ${planId} and plan_version = ${planVersion}`.execute(tx)
  if (lines.length === 0) return
  await sql`insert into plans.plan_line (plan_id, plan_version, id, line_no, number, demand_line_id, ledger_line_id, centralised, served_organ_id, need_kind,
      item_name, economic_code, unit, quantity, amount_fen, from_month, to_month)
    select ${planId}, ${planVersion}::int, l.id, l.line_no, l.number, l.demand_line_id, l.ledger_line_id, l.centralised, l.served_organ_id, l.need_kind,
      l.item_name, l.economic_code, l.unit, l.quantity, l.amount_fen, l.from_month, l.to_month
    from jsonb_to_recordset(${JSON.stringify(
      lines.map((line) => ({
        id: line.id,
        line_no: line.lineNo,
        number: line.number,
        demand_line_id: line.demandLineId,
        ledger_line_id: line.ledgerLineId,
        centralised: line.centralised,
        served_organ_id: line.servedOrganId,
        need_kind: line.needKind,
        item_name: line.itemName,
        economic_code: line.economicCode,
        unit: line.unit,
        quantity: line.quantity,
        amount_fen: line.amountFen,
        from_month: line.fromMonth,
        to_month: line.toMonth,
      })),
    )}::jsonb) as l(id uuid, line_no int, number text, demand_line_id uuid, ledger_line_id uuid, centralised boolean, served_organ_id uuid, need_kind text,
      item_name text, economic_code text, unit text, quantity numeric, amount_fen bigint, from_month int, to_month int)`.execute(
    tx,
  )
}

export async function linkLedgerLines(tx: Tx, planId: string, planVersion: number): Promise<void> {
  await sql`update plans.plan_line set ledger_line_id = id where plan_id = ${planId} and plan_version = ${planVersion}`.execute(
    tx,
  )
}

export type ApprovedLine = {
  demandLineId: string
  servedOrganId: string
  needKind: NeedKind
  itemName: string
  economicCode: string
  unit: string
  quantity: number
  amountFen: number
  neededMonth: number | null
  centralised: boolean
}

/**
 * What goes into a plan: for the authority, the centralised lines approved or cut of all organs whose review is closed
 * (A33-2); for an organ, its own lines named in the written notice (A33-3).
 */
export async function approvedLines(tx: Tx, cycleId: string, forOrganId: string | null): Promise<ApprovedLine[]> {
  return (
    await sql<ApprovedLine>`select l.id as demand_line_id, d.organ_id as served_organ_id, l.need_kind, l.item_name, l.economic_code, l.unit,
        r.quantity::float8 as quantity, r.amount_fen, l.needed_month, r.centralised
      from plans.demand d join plans.demand_line l on l.demand_id = d.id join plans.review r on r.line_id = l.id
      where d.cycle_id = ${cycleId} and d.state = 'reviewed' and r.amount_fen > 0
        ${forOrganId === null ? sql`and r.centralised and r.opinion in ('O1', 'O2')` : sql`and not r.centralised and r.opinion in ('O2', 'O6') and d.organ_id = ${forOrganId}`}
      order by l.need_kind, d.number, l.line_no`.execute(tx)
  ).rows
}

export type VersionRow = {
  planVersion: number
  madeOn: string
  madeBy: string
  reason: string
  totalFen: number
  texts: PlanTexts
}

export async function insertVersion(tx: Tx, planId: string, version: VersionRow): Promise<void> {
  await sql`insert into plans.plan_version (plan_id, plan_version, made_on, made_by, reason, total_fen, texts)
    values (${planId}, ${version.planVersion}, ${version.madeOn}, ${version.madeBy}, ${version.reason}, ${version.totalFen}, ${JSON.stringify(version.texts)}::jsonb)
    on conflict (plan_id, plan_version) do update set made_on = excluded.made_on, made_by = excluded.made_by, reason = excluded.reason,
      total_fen = excluded.total_fen, texts = excluded.texts`.execute(tx)
}

export async function versionsOfPlan(tx: Tx, planId: string): Promise<VersionRow[]> {
  return (
    await sql<VersionRow>`select plan_version, made_on, made_by, reason, total_fen, texts from plans.plan_version where plan_id = ${planId} order by plan_version`.execute(
      tx,
    )
  ).rows
}

/** The standard a plan line was judged by, and how many old things it said would go. */
export type LineStandard = { ledgerLineId: string; standardCode: string | null; disposing: number }

export async function standardsOfLines(tx: Tx, ledgerLineIds: readonly string[]): Promise<LineStandard[]> {
  const { rows } = await sql<LineStandard>`
    select l.ledger_line_id, d.standard_code, coalesce(d.disposing_quantity, 0)::float8 as disposing
    from plans.plan_line l join plans.plan p on p.id = l.plan_id and p.plan_version = l.plan_version
      left join plans.demand_line d on d.id = l.demand_line_id
    where l.ledger_line_id = any(${[...ledgerLineIds]}::uuid[])`.execute(tx)
  return rows
}
