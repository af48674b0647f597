import type { CatalogueEntry, EconomicCode, NeedKind } from '#modules/standards/model.ts'

/** A budget line as judged: the figure of the present step, 分. */
export type LineFacts = {
  id: string
  planLineId: string
  itemName: string
  needKind: NeedKind
  economicCode: string
  amountFen: number
}

/** The plan line a budget line pays for, with the money of the plan's present version. */
export type PlanLineFacts = {
  id: string
  itemName: string
  needKind: NeedKind
  centralised: boolean
  amountFen: number
}

export type BudgetFacts = {
  kind: 'authority' | 'organ'
  lines: readonly LineFacts[]
  planLines: ReadonlyMap<string, PlanLineFacts>
  economicCodes: ReadonlyMap<string, EconomicCode>
  catalogue: ReadonlyMap<NeedKind, CatalogueEntry>
  /** The organ sits in a compound with shared logistics: its services are centralised there (Art. 10). */
  inCompound: boolean
  /** Three public expenses approved last year, 分; null where last year's budget is not on record. */
  lastYearThreePublicFen: number | null
  /** Finance's figures by line, once the first answer is given. */
  control: { totalFen: number; byLine: ReadonlyMap<string, number> } | null
}

export function sumFen(lines: readonly { amountFen: number }[]): number {
  return lines.reduce((sum, { amountFen }) => sum + amountFen, 0)
}
