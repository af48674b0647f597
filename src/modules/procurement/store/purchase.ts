import { sql, type RawBuilder } from 'kysely'
import { executePrepared, type Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { Finding } from '#kernel/pure/verdict.ts'
import type {
  IntentionExemption,
  Judgement,
  Method,
  Organisation,
  PurchaseItem,
  PurchaseKind,
  PurchaseState,
  Reserved,
} from '../model.ts'

export type PurchaseRow = {
  id: string
  organId: string
  jurisdictionCode: string
  number: string
  title: string
  year: number
  kind: PurchaseKind
  state: PurchaseState
  class: Judgement['class']
  method: Method
  proposedMethod: Method
  organisation: Organisation
  catalogueItem: string | null
  requirement: string
  expectedOn: string
  methodGround: string
  intentionExemption: IntentionExemption | null
  intentionNeeded: boolean
  stockReason: string
  priceApproval: string
  colourConsent: string
  securityGround: string
  reservedFor: Reserved
  needsFinance: boolean
  financeDocument: string | null
  financeLevel: 'city' | 'province' | null
  financeOn: string | null
  amountFen: number
  findings: Finding[]
  round: number
  intentionOn: string | null
  intentionAddress: string | null
  startedOn: string | null
  noticeOn: string | null
  publicityFrom: string | null
  publicityUntil: string | null
  projectNumber: string
  openedOn: string | null
  awardedOn: string | null
  awardFen: number | null
  awardReason: string
  resultPublishedOn: string | null
  requestedOn: string
  requestedBy: string | null
  requestedByName: string
  closedOn: string | null
  caseId: string
  version: number
}

/** Columns that steps change; everything else of a purchase is set when it is drafted. */
const columnsOf: Readonly<Record<keyof PurchaseRow, string>> = {
  id: 'id',
  organId: 'organ_id',
  jurisdictionCode: 'jurisdiction_code',
  number: 'number',
  title: 'title',
  year: 'year',
  kind: 'kind',
  state: 'state',
  class: 'class',
  method: 'method',
  proposedMethod: 'proposed_method',
  organisation: 'organisation',
  catalogueItem: 'catalogue_item',
  requirement: 'requirement',
  expectedOn: 'expected_on',
  methodGround: 'method_ground',
  intentionExemption: 'intention_exemption',
  intentionNeeded: 'intention_needed',
  stockReason: 'stock_reason',
  priceApproval: 'price_approval',
  colourConsent: 'colour_consent',
  securityGround: 'security_ground',
  reservedFor: 'reserved_for',
  needsFinance: 'needs_finance',
  financeDocument: 'finance_document',
  financeLevel: 'finance_level',
  financeOn: 'finance_on',
  amountFen: 'amount_fen',
  findings: 'findings',
  round: 'round',
  intentionOn: 'intention_on',
  intentionAddress: 'intention_address',
  startedOn: 'started_on',
  noticeOn: 'notice_on',
  publicityFrom: 'publicity_from',
  publicityUntil: 'publicity_until',
  projectNumber: 'project_number',
  openedOn: 'opened_on',
  awardedOn: 'awarded_on',
  awardFen: 'award_fen',
  awardReason: 'award_reason',
  resultPublishedOn: 'result_published_on',
  requestedOn: 'requested_on',
  requestedBy: 'requested_by',
  requestedByName: 'requested_by_name',
  closedOn: 'closed_on',
  caseId: 'case_id',
  version: 'version',
}
const columns = sql.join(Object.values(columnsOf).map((name) => sql.ref(name)))

const valueOf = (key: keyof PurchaseRow, value: unknown): RawBuilder<unknown> =>
  key === 'findings' ? sql`${JSON.stringify(value)}::jsonb` : sql`${value}`

export async function purchaseById(tx: Tx, id: string, lock = false): Promise<PurchaseRow | undefined> {
  const { rows } = await executePrepared(
    tx,
    sql<PurchaseRow>`select ${columns} from procurement.purchase where id = ${id} ${lock ? sql`for update` : sql``}`,
  )
  return rows[0]
}

export async function insertPurchase(tx: Tx, row: PurchaseRow): Promise<void> {
  const keys = Object.keys(columnsOf) as (keyof PurchaseRow)[]
  await sql`insert into procurement.purchase (${sql.join(keys.map((key) => sql.ref(columnsOf[key])))})
    values (${sql.join(keys.map((key) => valueOf(key, row[key])))})`.execute(tx)
}

/** Changes a purchase that the caller has locked. @throws Conflict when its version is another */
export async function savePurchase(tx: Tx, row: PurchaseRow, changes: Partial<PurchaseRow>): Promise<PurchaseRow> {
  const keys = Object.keys(changes) as (keyof PurchaseRow)[]
  const result = await sql`update procurement.purchase set ${sql.join([
    ...keys.map((key) => sql`${sql.ref(columnsOf[key])} = ${valueOf(key, changes[key])}`),
    sql`version = version + 1`,
  ])} where id = ${row.id} and version = ${row.version}`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('采购')
  return { ...row, ...changes, version: row.version + 1 }
}

export type PurchaseFilter = {
  jurisdictionCode: string
  organId: string | null
  state?: PurchaseState | undefined
  year?: number | undefined
  text?: string | undefined
  departing?: boolean | undefined
  withoutCard?: boolean | undefined
}

export type ListedRow = Pick<
  PurchaseRow,
  'id' | 'number' | 'title' | 'organId' | 'year' | 'kind' | 'method' | 'state' | 'requestedOn' | 'amountFen'
> & { contractedFen: number; paidFen: number }

/** A page, the newest first. */
export async function purchasesPage(
  tx: Tx,
  { jurisdictionCode, organId, state, year, text, departing, withoutCard }: PurchaseFilter,
  after: string | undefined,
  limit: number,
): Promise<ListedRow[]> {
  const conditions: RawBuilder<unknown>[] = [
    organId === null ? sql`p.jurisdiction_code = ${jurisdictionCode}` : sql`p.organ_id = ${organId}`,
  ]
  if (state !== undefined) conditions.push(sql`p.state = ${state}`)
  if (year !== undefined) conditions.push(sql`p.year = ${year}`)
  if (text) conditions.push(sql`(p.title like ${`%${text.replace(/[%_\\]/g, '\\$&')}%`} or p.number = ${text})`)
  if (departing) conditions.push(sql`p.needs_finance and p.state not in ('draft', 'withdrawn', 'terminated')`)
  if (withoutCard)
    conditions.push(sql`p.state not in ('draft', 'withdrawn', 'terminated') and exists (select from procurement.item i
      where i.purchase_id = p.id and i.class_code is not null and i.registered_quantity < i.accepted_quantity)`)
  if (after !== undefined) conditions.push(sql`p.id < ${after}::uuid`)
  const { rows } = await sql<ListedRow>`
    select p.id, p.number, p.title, p.organ_id, p.year, p.kind, p.method, p.state, p.requested_on, p.amount_fen,
      coalesce((select sum(round(i.contract_quantity * i.contract_price_fen)) from procurement.item i where i.purchase_id = p.id), 0)::bigint as contracted_fen,
      coalesce((select sum(f.paid_fen) from procurement.funding f where f.purchase_id = p.id), 0)::bigint as paid_fen
    from procurement.purchase p where ${sql.join(conditions, sql` and `)} order by p.id desc limit ${limit}`.execute(tx)
  return rows
}

export type ItemRow = PurchaseItem & { purchaseId: string; sameAs: string }

const itemColumns = sql`id, purchase_id, item_no, ledger_line_id, served_organ_id, name, requirement, unit, quantity::float8 as quantity,
  unit_price_fen, amount_fen, standard_code, class_code, same_as, replaces, model, contract_quantity::float8 as contract_quantity,
  contract_price_fen, accepted_quantity::float8 as accepted_quantity, registered_quantity::float8 as registered_quantity`

export async function itemsOf(tx: Tx, purchaseId: string): Promise<ItemRow[]> {
  const { rows } =
    await sql<ItemRow>`select ${itemColumns} from procurement.item where purchase_id = ${purchaseId} order by item_no`.execute(
      tx,
    )
  return rows
}

export type NewItem = Pick<
  ItemRow,
  | 'id'
  | 'itemNo'
  | 'ledgerLineId'
  | 'servedOrganId'
  | 'name'
  | 'requirement'
  | 'unit'
  | 'quantity'
  | 'unitPriceFen'
  | 'amountFen'
  | 'standardCode'
  | 'classCode'
  | 'sameAs'
  | 'replaces'
>

/** Puts these items in the place of a draft's. */
export async function replaceItems(tx: Tx, purchaseId: string, items: readonly NewItem[]): Promise<void> {
  await sql`delete from procurement.item where purchase_id = ${purchaseId}`.execute(tx)
  await sql`insert into procurement.item (id, purchase_id, item_no, ledger_line_id, served_organ_id, name, requirement, unit, quantity,
      unit_price_fen, amount_fen, standard_code, class_code, same_as, replaces)
    select r.id, ${purchaseId}, r."itemNo", r."ledgerLineId", r."servedOrganId", r.name, r.requirement, r.unit, r.quantity, r."unitPriceFen",
      r."amountFen", r."standardCode", r."classCode", r."sameAs", r.replaces
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as r(id uuid, "itemNo" integer, "ledgerLineId" uuid, "servedOrganId" uuid, name text,
      requirement text, unit text, quantity numeric, "unitPriceFen" bigint, "amountFen" bigint, "standardCode" text, "classCode" text,
      "sameAs" text, replaces integer)`.execute(tx)
  // Whom it is for reads how far it is (migration 0002).
  await sql`update procurement.purchase set served_organ_ids = ${[...new Set(items.map(({ servedOrganId }) => servedOrganId))]}::uuid[]
    where id = ${purchaseId}`.execute(tx)
}

/** An item that a supplement adds on another plan line: contracted as it is asked for. */
export type SupplementItem = NewItem & Pick<ItemRow, 'model' | 'contractPriceFen'>

export async function addItems(tx: Tx, purchaseId: string, items: readonly SupplementItem[]): Promise<void> {
  if (items.length === 0) return
  await sql`insert into procurement.item (id, purchase_id, item_no, ledger_line_id, served_organ_id, name, requirement, unit, quantity,
      unit_price_fen, amount_fen, standard_code, class_code, same_as, replaces, model, contract_quantity, contract_price_fen)
    select r.id, ${purchaseId}, r."itemNo", r."ledgerLineId", r."servedOrganId", r.name, r.requirement, r.unit, r.quantity, r."unitPriceFen",
      r."amountFen", r."standardCode", r."classCode", r."sameAs", r.replaces, r.model, r.quantity, r."contractPriceFen"
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as r(id uuid, "itemNo" integer, "ledgerLineId" uuid, "servedOrganId" uuid, name text,
      requirement text, unit text, quantity numeric, "unitPriceFen" bigint, "amountFen" bigint, "standardCode" text, "classCode" text,
      "sameAs" text, replaces integer, model text, "contractPriceFen" bigint)`.execute(tx)
}

export type ItemChange = Pick<ItemRow, 'id'> &
  Partial<Pick<ItemRow, 'contractQuantity' | 'contractPriceFen' | 'model' | 'acceptedQuantity' | 'registeredQuantity'>>

/** Writes what contract, acceptance and register say of items, one statement. */
export async function saveItems(tx: Tx, changes: readonly ItemChange[]): Promise<void> {
  await sql`update procurement.item i set contract_quantity = coalesce(r."contractQuantity", i.contract_quantity),
      contract_price_fen = coalesce(r."contractPriceFen", i.contract_price_fen), model = coalesce(r.model, i.model),
      accepted_quantity = coalesce(r."acceptedQuantity", i.accepted_quantity),
      registered_quantity = coalesce(r."registeredQuantity", i.registered_quantity)
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as r(id uuid, "contractQuantity" numeric, "contractPriceFen" bigint, model text,
      "acceptedQuantity" numeric, "registeredQuantity" numeric) where i.id = r.id`.execute(tx)
}

/** Holds the things an organ buys in a year: two requests for the same are judged one after the other (PRO-R04). */
export async function lockYearlyThings(
  tx: Tx,
  { organId, year }: { organId: string; year: number },
  things: readonly string[],
): Promise<void> {
  const names = [...new Set(things)].sort()
  await sql`insert into procurement.yearly_thing (organ_id, year, same_as)
    select ${organId}, ${year}, name from unnest(${names}::text[]) as name order by name on conflict do nothing`.execute(
    tx,
  )
  await sql`select from procurement.yearly_thing where organ_id = ${organId} and year = ${year} and same_as = any(${names}::text[])
    order by same_as for update`.execute(tx)
}

const going = sql`p.state not in ('draft', 'withdrawn', 'terminated')`

/** What an organ bought of the same this year, by purchase, 分; neither by open tender nor let by finance (条例第二十八条). */
export async function boughtSame(
  tx: Tx,
  where: { organId: string; year: number; except: string | null },
  things: readonly string[],
): Promise<{ sameAs: string; amountFen: number }[]> {
  const { rows } = await sql<{ sameAs: string; amountFen: number }>`
    select i.same_as, sum(coalesce(round(i.contract_quantity * i.contract_price_fen), i.amount_fen))::bigint as amount_fen
    from procurement.purchase p join procurement.item i on i.purchase_id = p.id
    where p.organ_id = ${where.organId} and p.year = ${where.year} and ${going} and p.method <> 'open-tender'
      and p.finance_on is null and i.same_as = any(${[...things]}::text[])
      ${where.except === null ? sql`` : sql`and p.id <> ${where.except}`}
    group by p.id, i.same_as order by p.id`.execute(tx)
  return rows
}

/** What is ordered of a standard item and has no card yet. */
export async function onOrder(
  tx: Tx,
  where: { organIds: readonly string[]; except: string | null },
): Promise<{ organId: string; standardCode: string; quantity: number }[]> {
  const { rows } = await sql<{ organId: string; standardCode: string; quantity: number }>`
    select i.served_organ_id as organ_id, i.standard_code, sum(coalesce(i.contract_quantity, i.quantity) - i.registered_quantity)::float8 as quantity
    from procurement.purchase p join procurement.item i on i.purchase_id = p.id
    where i.served_organ_id = any(${[...where.organIds]}::uuid[]) and ${going} and p.state <> 'closed' and i.standard_code is not null
      ${where.except === null ? sql`` : sql`and p.id <> ${where.except}`}
    group by i.served_organ_id, i.standard_code`.execute(tx)
  return rows
}

/** Purchases of an organ in a year and what of them is reserved for small firms (财库〔2020〕46号). */
export async function yearShares(
  tx: Tx,
  where: { organId: string; year: number; except: string | null },
): Promise<{ totalFen: number; reservedFen: number; microFen: number }> {
  const { rows } = await sql<{ totalFen: number; reservedFen: number; microFen: number }>`
    select coalesce(sum(amount_fen), 0)::bigint as total_fen,
      coalesce(sum(amount_fen) filter (where reserved_for <> 'none'), 0)::bigint as reserved_fen,
      coalesce(sum(amount_fen) filter (where reserved_for = 'micro'), 0)::bigint as micro_fen
    from procurement.purchase p where organ_id = ${where.organId} and year = ${where.year} and ${going}
      ${where.except === null ? sql`` : sql`and p.id <> ${where.except}`}`.execute(tx)
  return rows[0] as { totalFen: number; reservedFen: number; microFen: number }
}
