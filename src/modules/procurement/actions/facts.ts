import { costOf } from '#kernel/pure/money.ts'
import type { Act } from '#kernel/server/context.ts'
import { found } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { carriedItems, holdingsByItem } from '#modules/assets/offers.ts'
import { ledgerLines, type LineRow } from '#modules/ledger/offers.ts'
import { staffInPost } from '#modules/organs/model.ts'
import { headcountOn, organsById } from '#modules/organs/offers.ts'
import { standardTable } from '#modules/standards/offers.ts'
import { bureauStaff, isPrinter, printerCodes } from '#modules/standards/rules/equipment-mix.ts'
import { levelOf, type StandardTable } from '#modules/standards/rules/in-force.ts'
import type { PurchaseRequest, RequestedItem } from '../model.ts'
import { sameAs } from '../rules/catalogue.ts'
import { listedItem } from '../rules/method.ts'
import { heldKey, type PlanLine, type RequestFacts } from '../rules/request.ts'
import { boughtSame, onOrder, yearShares, type NewItem } from '../store/purchase.ts'
import { stockOf } from './stock.ts'

/** Families of standards that purchases are held against. */
const families = ['procurement.', 'item.', 'equipment.', 'project.', 'rank.'] as const

export const purchaseStandards = (
  { tx, today }: Pick<Act, 'tx' | 'today'>,
  jurisdictionCode: string,
): Promise<StandardTable> => standardTable(tx, jurisdictionCode, today, [...families])

/** Everything judging a request needs; the same for the screen and for the submission. */
export async function requestFacts(
  act: Act,
  organ: { id: string; jurisdictionCode: string },
  request: PurchaseRequest,
  except: string | null,
): Promise<RequestFacts> {
  const { tx, today } = act
  const table = await purchaseStandards(act, organ.jurisdictionCode)
  const rows = await ledgerLines(tx, [...new Set(request.items.map(({ ledgerLineId }) => ledgerLineId))])
  // What is not the buyer's is not told of: it looks like no line at all (PRO-R01).
  const lines = new Map(
    rows.filter(({ holderOrganId }) => holderOrganId === organ.id).map((row) => [row.id, lineOf(row)]),
  )
  const central = rows.filter(
    ({ holderOrganId, servedOrganId }) => holderOrganId !== organ.id && servedOrganId === organ.id,
  )
  const year = [...lines.values()][0]?.year ?? Number(today.slice(0, 4))
  const organIds = [...new Set([...lines.values()].map(({ servedOrganId }) => servedOrganId))]
  const [organs, headcounts] = [await organsById(tx, organIds), await headcountOn(tx, organIds)]
  const asked = request.items.flatMap(({ ledgerLineId, standardCode }) => {
    const organId = lines.get(ledgerLineId)?.servedOrganId
    return organId === undefined || standardCode === null ? [] : [{ organId, standardCode }]
  })
  const where = { organId: organ.id, year, except }
  const listed = listedItem(table, request)
  const things = [...new Set(request.items.map((item) => sameAs(item, request.catalogueItem ?? listed)))]
  const bought = await boughtSame(tx, where, things)
  return {
    table,
    level: levelOf(organ.jurisdictionCode),
    organId: organ.id,
    today,
    lines,
    central: new Set(central.map(({ id }) => id)),
    units: new Map(
      organIds.map((id) => [
        id,
        {
          staffInPost: staffInPost(headcounts.get(id) ?? []),
          bureauStaff: bureauStaff(table, headcounts.get(id) ?? []),
          classified: organs.get(id)?.secretUnit ?? false,
        },
      ]),
    ),
    held: await heldOf(act, asked.flatMap(countedWith), table, except),
    inStock: await stockOf(act, organ.jurisdictionCode, asked, table),
    boughtSame: new Map(
      things.map((thing) => [
        thing,
        bought.filter(({ sameAs: same }) => same === thing).map(({ amountFen }) => amountFen),
      ]),
    ),
    year: await yearShares(tx, where),
  }
}

function lineOf(row: LineRow): PlanLine {
  return {
    id: row.id,
    number: row.number,
    itemName: row.itemName,
    year: row.year,
    needKind: row.needKind,
    holderOrganId: row.holderOrganId,
    servedOrganId: row.servedOrganId,
    remainingFen: row.plannedFen - row.committedFen - row.executedFen,
    remainingCenti: row.plannedCenti - row.committedCenti - row.executedCenti,
  }
}

/** What shares a limit with an item is counted with it: all printers, and the furniture of 厅局级 with the rest. */
const countedWith = (asked: { organId: string; standardCode: string }) => {
  const { organId, standardCode } = asked
  const shared = isPrinter(standardCode) ? printerCodes : [standardCode, `${standardCode}-bureau`]
  return shared.map((code) => ({ organId, standardCode: code }))
}

async function heldOf(
  { tx }: Act,
  asked: readonly { organId: string; standardCode: string }[],
  table: StandardTable,
  except: string | null,
): Promise<RequestFacts['held']> {
  const organIds = [...new Set(asked.map(({ organId }) => organId))]
  if (organIds.length === 0) return new Map()
  const holdings = await holdingsByItem(tx, organIds, table)
  const ordered = await onOrder(tx, { organIds, except })
  return new Map(
    asked.map(({ organId, standardCode }) => [
      heldKey(organId, standardCode),
      {
        quantity: holdings.find((one) => one.organId === organId && one.standardCode === standardCode)?.quantity ?? 0,
        onOrder: ordered.find((one) => one.organId === organId && one.standardCode === standardCode)?.quantity ?? 0,
      },
    ]),
  )
}

/** Items as the file keeps them: cost, whom they are for, the class their cards will have. */
export function itemsToKeep(facts: RequestFacts, request: PurchaseRequest): NewItem[] {
  const carried = carriedItems(facts.table)
  const listed = listedItem(facts.table, request)
  return request.items.map((item: RequestedItem, at) => ({
    ...item,
    id: newId(),
    itemNo: at + 1,
    servedOrganId: found(facts.lines.get(item.ledgerLineId), '计划台账行').servedOrganId,
    amountFen: costOf(item.quantity, item.unitPriceFen),
    classCode: item.standardCode === null ? item.classCode : (carried.get(item.standardCode)?.classCode ?? null),
    sameAs: sameAs(item, request.catalogueItem ?? listed),
  }))
}
