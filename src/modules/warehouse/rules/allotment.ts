import { provided, type Finding, type Verdict } from '#kernel/pure/verdict.ts'
import { checkItemQuantity, type Unit } from '#modules/standards/rules/equipment.ts'
import { checkBureauFurniture, checkPrinterMix, isPrinter } from '#modules/standards/rules/equipment-mix.ts'
import { hasForm, rowFor, type StandardTable } from '#modules/standards/rules/in-force.ts'
import { law } from '../law.ts'
import { purposes, type Purpose } from '../model.ts'

export type Wanted = Readonly<{ itemCode: string | null; quantity: number }>

/**
 * GWC-R11: what the receiver would have after the allotment, held against its standard by headcount. Printers share one limit;
 * that the authority allots a colour one is the consent to it (EQ-06).
 * @param inUse what it has in use, by standard item; an item that is not among them is not known
 */
export function checkAllotment(
  table: StandardTable,
  unit: Unit & Readonly<{ bureauStaff: number }>,
  wanted: readonly Wanted[],
  inUse: ReadonlyMap<string, number>,
): Finding[] {
  const asked = wantedByItem(wanted)
  const single = [...asked].flatMap(([code, quantity]) => {
    const held = inUse.get(code)
    if (held === undefined || isPrinter(code)) return []
    const counts = { inUse: held, wanted: quantity }
    return [
      ...checkItemQuantity(table, code, unit, counts),
      ...checkBureauFurniture(table, code, unit.bureauStaff, counts),
    ]
  })
  const counted = [...asked.keys()].filter((code) => inUse.has(code))
  const after = (code: string) => (inUse.get(code) ?? 0) + (asked.get(code) ?? 0)
  return [...single, ...checkPrinterMix(table, unit, counted, after, '公物仓调拨')].map((finding) => ({
    ...finding,
    rule: 'GWC-R11',
  }))
}

/** Items with a number by headcount whose count in use nobody has told. */
export function uncounted(
  table: StandardTable,
  wanted: readonly Wanted[],
  inUse: ReadonlyMap<string, number>,
): { code: string; title: string }[] {
  return [...wantedByItem(wanted).keys()].flatMap((code) => {
    const row = rowFor(table, code)
    if (row === null || !hasForm(row, 'item') || inUse.has(code)) return []
    const { basis } = row.value.limit
    return basis === 'percent-of-staff' || basis === 'one-per-group' || basis === 'per-person'
      ? [{ code, title: row.title }]
      : []
  })
}

/** An organ without a register here says itself what it has in use, or its standard cannot be held against it. */
export function mayJudge(unknown: readonly { title: string }[]): Verdict {
  return provided(unknown.length === 0, {
    code: 'in-use-unknown',
    message: `本机关没有建立资产台账，请填写在用数量：${unknown.map(({ title }) => title).join('、')}。`,
    basis: law.equipmentStandard,
    remedy: '请填写在用数量，用于按标准核定。',
  })
}

function wantedByItem(wanted: readonly Wanted[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { itemCode, quantity } of wanted)
    if (itemCode !== null) sums.set(itemCode, (sums.get(itemCode) ?? 0) + quantity)
  return sums
}

/** Emergency before temporary body before shortage before replacement; the earlier application first (`warehouse.allotment-order`). */
export function compareRequests(
  a: { purpose: Purpose; appliedOn: string; number: string },
  b: { purpose: Purpose; appliedOn: string; number: string },
): number {
  return (
    purposes.indexOf(a.purpose) - purposes.indexOf(b.purpose) ||
    (a.appliedOn < b.appliedOn
      ? -1
      : a.appliedOn > b.appliedOn
        ? 1
        : a.number < b.number
          ? -1
          : a.number > b.number
            ? 1
            : 0)
  )
}

/**
 * What the organ would have paid: the price of its standard, else the replacement price, for each piece (facts 3.1).
 * @returns 分, and on what it rests
 */
export function savingOf(
  table: StandardTable,
  item: { itemCode: string | null; quantity: number; replacementFen: number },
): { savedFen: number; basis: string } {
  const row = item.itemCode === null ? null : rowFor(table, item.itemCode)
  const cap = row !== null && hasForm(row, 'item') ? row.value.priceCapFen : null
  return cap === null
    ? { savedFen: item.replacementFen * item.quantity, basis: '重置价' }
    : { savedFen: cap * item.quantity, basis: `配置标准价格上限（${row?.title ?? ''}）` }
}
