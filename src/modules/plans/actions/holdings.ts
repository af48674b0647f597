import type { Act } from '#kernel/server/context.ts'
import type { Tx } from '#kernel/server/database.ts'
import { beyondScope } from '#kernel/server/scope.ts'
import { carriedItems, holdingsByItem, idleByItem, organsWithBook } from '#modules/assets/offers.ts'
import type { StandardTable } from '#modules/standards/rules/in-force.ts'
import type { Holding } from '../model.ts'
import { idleReported, reportedHoldings, type IdleOffer } from '../store/holding.ts'

export type HoldingOfOrgan = Holding & { organId: string }

/** Standards of things as of the day that holdings are counted for. */
type Items = Pick<StandardTable, 'on' | 'jurisdictionCode' | 'rows'>

/**
 * What organs have 配置现状 (Art. 31, 32; A22-1): by their asset cards where they keep a register, for the kinds of things it
 * carries; by the counts they reported for everything else. An approved quota is no count and holds either way.
 * @returns sorted by standard
 */
export async function holdingsOf(tx: Tx, organIds: readonly string[], items: Items): Promise<HoldingOfOrgan[]> {
  const reported = await reportedHoldings(tx, organIds)
  const kept = await organsWithBook(tx, organIds)
  if (kept.size === 0) return reported
  const carried = carriedItems(items)
  const quotas = new Map(reported.map((one) => [`${one.organId} ${one.standardCode}`, one.quotaQuantity]))
  const registered = (await holdingsByItem(tx, [...kept], items)).map((held): HoldingOfOrgan => {
    const { title, classCode } = carried.get(held.standardCode) ?? { title: held.standardCode, classCode: null }
    const quotaQuantity = quotas.get(`${held.organId} ${held.standardCode}`) ?? null
    return { ...held, title, quotaQuantity, source: 'register', classCode }
  })
  return [
    ...reported.filter(({ organId, standardCode }) => !kept.has(organId) || !carried.has(standardCode)),
    ...registered,
  ].sort((a, b) => (a.standardCode < b.standardCode ? -1 : a.standardCode > b.standardCode ? 1 : 0))
}

/** As {@link holdingsOf}, added up over all organs of a plan; reads their counts whoever of the plan's organ asks. */
export async function holdingsTogether(act: Pick<Act, 'tx'>, organIds: readonly string[], items: Items) {
  const byCode = new Map<string, Holding>()
  const all = await beyondScope(act, 'a plan tells what the organs it serves have, in sums (Art. 31 para 2)', () =>
    holdingsOf(act.tx, organIds, items),
  )
  for (const { organId: _, ...holding } of all) {
    const sum = byCode.get(holding.standardCode)
    byCode.set(holding.standardCode, sum ? added(sum, holding) : holding)
  }
  return [...byCode.values()]
}

function added(sum: Holding, more: Holding): Holding {
  return {
    ...sum,
    quantity: sum.quantity + more.quantity,
    usableQuantity: sum.usableQuantity + more.usableQuantity,
    overLifeQuantity: sum.overLifeQuantity + more.overLifeQuantity,
    idleQuantity: sum.idleQuantity + more.idleQuantity,
    quotaQuantity:
      sum.quotaQuantity === null && more.quotaQuantity === null
        ? null
        : (sum.quotaQuantity ?? 0) + (more.quotaQuantity ?? 0),
    source: sum.source === more.source ? sum.source : 'both',
    classCode: sum.classCode ?? more.classCode,
  }
}

/** Idle things of given kinds at the organs of a level, the asker's own first (调剂优先, Art. 23); counts, no cards. */
export async function idleOffers(
  act: Pick<Act, 'tx'>,
  organIds: readonly string[],
  codes: readonly string[],
  ownOrganId: string,
  items: Items,
): Promise<IdleOffer[]> {
  return beyondScope(act, 'idle things are offered to every organ before anything is bought (Art. 23)', async () => {
    const kept = await organsWithBook(act.tx, organIds)
    const carried = carriedItems(items)
    const reported = (await idleReported(act.tx, organIds, codes)).filter(
      ({ organId, standardCode }) => !kept.has(organId) || !carried.has(standardCode),
    )
    const registered = (await idleByItem(act.tx, [...kept], items))
      .filter(({ standardCode }) => codes.includes(standardCode))
      .map(({ organId, standardCode, quantity }): IdleOffer => ({
        organId,
        standardCode,
        quantity,
        title: carried.get(standardCode)?.title ?? standardCode,
      }))
    const own = ({ organId }: IdleOffer) => (organId === ownOrganId ? 0 : 1)
    return [...reported, ...registered].sort(
      (a, b) =>
        a.standardCode.localeCompare(b.standardCode) ||
        own(a) - own(b) ||
        b.quantity - a.quantity ||
        a.organId.localeCompare(b.organId),
    )
  })
}
