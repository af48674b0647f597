import { worstOutcome, type Finding, type Outcome } from '#kernel/pure/verdict.ts'
import { sharedLimits } from '#modules/standards/rules/equipment.ts'
import type { DemandLineDraft, Holding, StoreQuery } from '../model.ts'
import { checkDemandLine } from './demand.ts'
import type { IndexedStandards, LineFacts, OrganFacts, SharedLimit } from './facts.ts'
import { stockThatStays } from './quantity-standard.ts'

/** Last year's plan for one item. */
export type LastYearItem = { needKind: string; itemName: string; quantity: number; amountFen: number }

type AskedLine = DemandLineDraft & { storeQuery: StoreQuery | null }

/**
 * The lines of one demand with what the registers say of each: holdings by standard, last year by kind and item, and
 * what earlier lines ask of the same standard, so that two lines never each fit alone.
 */
export function lineFacts(
  lines: readonly AskedLine[],
  holdings: readonly Holding[],
  lastYear: readonly LastYearItem[],
): LineFacts[] {
  const holdingByCode = new Map(holdings.map((holding) => [holding.standardCode, holding]))
  const lastYearByItem = new Map(lastYear.map((item) => [`${item.needKind}|${item.itemName}`, item]))
  const askedByCode = new Map<string, number>()
  return lines.map((line) => {
    const code = line.standardCode
    const askedBefore = code === null ? 0 : (askedByCode.get(code) ?? 0)
    const shared = code === null ? [] : sharedOf(code, lines, holdingByCode, askedByCode)
    if (code !== null) askedByCode.set(code, askedBefore + (line.quantity ?? 0))
    return {
      line,
      holding: code === null ? null : (holdingByCode.get(code) ?? null),
      askedBefore,
      ...(shared.length === 0 ? {} : { shared }),
      lastYear: inLastYear(lastYearByItem.get(`${line.needKind}|${line.itemName}`)),
    }
  })
}

/** Printers are counted together: what stays of each kind, by its line where one says so, else by the register. */
function sharedOf(
  code: string,
  lines: readonly AskedLine[],
  holdings: ReadonlyMap<string, Holding>,
  askedByCode: ReadonlyMap<string, number>,
): SharedLimit[] {
  const stays = (one: string) => {
    const line = lines.find(({ standardCode }) => standardCode === one)
    const holding = holdings.get(one) ?? null
    return line ? stockThatStays({ line, holding }) : (holding?.usableQuantity ?? 0)
  }
  const sum = (codes: readonly string[], of: (one: string) => number) => codes.reduce((all, one) => all + of(one), 0)
  return sharedLimits
    .filter(({ codes }) => codes.includes(code))
    .map(({ name, code: said, codes }) => ({
      name,
      code: said,
      stock: sum(codes, stays),
      askedBefore: sum(codes, (one) => askedByCode.get(one) ?? 0),
    }))
}

/** What the rules look at of last year, and no more: it is kept with the judgement. */
function inLastYear(item: LastYearItem | undefined): LineFacts['lastYear'] {
  return item === undefined ? null : { quantity: item.quantity, amountFen: item.amountFen }
}

export type Judgement = { findings: Finding[]; outcome: Outcome }

/** What the rules say of every line of a demand; the same call in the browser while typing and on the server. */
export function judgeLines(
  lines: readonly AskedLine[],
  context: {
    holdings: readonly Holding[]
    lastYear: readonly LastYearItem[]
    organ: OrganFacts
    standards: IndexedStandards
    today: string
  },
): Judgement[] {
  return lineFacts(lines, context.holdings, context.lastYear).map((facts) => {
    const findings = checkDemandLine(facts, context.organ, context.standards, context.today)
    return { findings, outcome: worstOutcome(findings) }
  })
}
