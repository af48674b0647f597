import { formatYuan } from '#kernel/pure/money.ts'
import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'
import { stateLabels, type AssetState, type CardFacts, type DepreciationBase, type RegroupingKind } from '../model.ts'
import { accumulatedThrough, monthlyCharge, monthOf, monthsBetween, monthsLater, monthsLeft } from './depreciation.ts'
import { openMonth, type BookMonths } from './moving.ts'

/** A card as it is before it is split or merged, with what is charged of it so far. */
export type Whole = Readonly<{ facts: CardFacts; base: DepreciationBase; accumulatedFen: number }>

/** What a card that is formed brings along: depreciation goes on, nothing is charged anew. */
export type Formed = Readonly<{ base: DepreciationBase; accumulatedFen: number; fiscalFen: number; otherFen: number }>

/**
 * A sum in 分 shared out by weights: every share is its exact part rounded down or up, all of them make the sum, the last
 * takes what is left.
 */
export function sharesOf(wholeFen: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + BigInt(weight), 0n)
  if (all === 0n) return weights.map((_, at) => (at === weights.length - 1 ? wholeFen : 0))
  const whole = BigInt(wholeFen)
  let weighed = 0n
  let given = 0n
  return weights.map((weight) => {
    weighed += BigInt(weight)
    const through = (whole * weighed * 2n + all) / (all * 2n)
    const share = Number(through - given)
    given = through
    return share
  })
}

/**
 * What the parts of a card bring along: cost as entered, everything else by its share of the cost (A12-2). A part of the same
 * life goes on over the months that are left and is charged its share of the month's charge; one of another class over what
 * its own life leaves.
 * @param month the book's open month `YYYY-MM`, the first that is charged to the parts
 */
export function partsOf(
  { facts, base, accumulatedFen }: Whole,
  parts: readonly Pick<CardFacts, 'costFen' | 'depreciationMonths'>[],
  month: string,
): Formed[] {
  const costs = parts.map(({ costFen }) => costFen)
  const before = sharesOf(Math.min(facts.costFen, accumulatedThrough(base, monthsLater(month, -1))), costs)
  const accumulated = sharesOf(accumulatedFen, costs)
  const fiscal = sharesOf(facts.fiscalFen, costs)
  const rest = costs.map((costFen, at) => costFen - (before[at] ?? 0))
  const sameLife = parts.every(({ depreciationMonths }) => depreciationMonths === facts.depreciationMonths)
  const monthly =
    sameLife && base.months !== null && rest.some((fen) => fen > 0) ? sharesOf(monthlyCharge(base), rest) : null
  const used = monthsBetween(monthOf(facts.bookedOn), month)
  return parts.map(({ costFen, depreciationMonths }, at) => ({
    base: {
      fen: rest[at] ?? 0,
      months:
        depreciationMonths === facts.depreciationMonths
          ? monthsLeft(base, month)
          : depreciationMonths === null
            ? null
            : Math.max(1, depreciationMonths - used),
      inMonth: month,
      beforeFen: before[at] ?? 0,
      monthlyFen: monthly?.[at] ?? null,
    },
    accumulatedFen: accumulated[at] ?? 0,
    fiscalFen: fiscal[at] ?? 0,
    otherFen: costFen - (fiscal[at] ?? 0),
  }))
}

/**
 * What a card that several become brings along: their sums, over the longest of the months that are left, so that no part is
 * depreciated quicker than its least life (AST-R03).
 * @param main the card it takes after
 */
export function mergedOf(
  wholes: readonly Whole[],
  main: Whole,
  month: string,
): Formed & Pick<CardFacts, 'costFen' | 'depreciationMonths'> {
  const sum = (of: (whole: Whole) => number) => wholes.reduce((total, whole) => total + of(whole), 0)
  const beforeOf = ({ facts, base }: Whole) => Math.min(facts.costFen, accumulatedThrough(base, monthsLater(month, -1)))
  const costFen = sum(({ facts }) => facts.costFen)
  const beforeFen = sum(beforeOf)
  const unfinished = wholes.filter((whole) => whole.base.months !== null && whole.facts.costFen > beforeOf(whole))
  const left = unfinished.map(({ base }) => monthsLeft(base, month) ?? 1)
  const longest = Math.max(1, ...left)
  const together = left.every((months) => months === longest)
  const depreciated = main.base.months !== null
  const months = depreciated ? longest : null
  const monthlyFen =
    depreciated && together && unfinished.length > 0
      ? unfinished.reduce((total, { base }) => total + monthlyCharge(base), 0)
      : null
  const fiscalFen = sum(({ facts }) => facts.fiscalFen)
  return {
    costFen,
    fiscalFen,
    otherFen: costFen - fiscalFen,
    accumulatedFen: sum(({ accumulatedFen }) => accumulatedFen),
    base: { fen: costFen - beforeFen, months, inMonth: month, beforeFen, monthlyFen },
    // The whole life as it stands on the card: what is used of the main card and what is left.
    depreciationMonths:
      !depreciated || unfinished.length === 0
        ? main.facts.depreciationMonths
        : monthsBetween(monthOf(main.facts.bookedOn), month) + longest,
  }
}

const regroupable: readonly AssetState[] = ['in-use', 'idle', 'repair']
const words: Record<RegroupingKind, string> = { split: '拆分', merge: '合并' }

/** Whether a card may end and others go on in its place on a day: it is at hand, and its book is in that very month. */
export function mayRegroup(
  card: Pick<CardFacts, 'number' | 'state' | 'valueKind'> & { lastEventOn: string },
  kind: RegroupingKind,
  effectiveOn: string,
  book: BookMonths,
): Verdict {
  const word = words[kind]
  return allOf(
    provided(regroupable.includes(card.state), {
      code: 'card-away',
      message: `资产${card.number}现为“${stateLabels[card.state]}”，不能${word}。`,
      basis: law.wholeLife,
      remedy: '请先办结该项事宜。',
    }),
    provided(card.valueKind !== 'nominal', {
      code: 'nominal-value',
      message: `资产${card.number}以名义金额（1元）计量，不能${word}。`,
      basis: law.depreciation,
      remedy: '取得价值后请先办理价值变动或更正登记。',
    }),
    provided(effectiveOn >= card.lastEventOn, {
      code: 'later-events',
      message: `资产${card.number}在${card.lastEventOn}还有变动，${word}日期不能早于该日。`,
      remedy: `请填写${card.lastEventOn}或以后的日期。`,
    }),
    inOpenMonth(effectiveOn, word, book),
  )
}

/** Cards end and begin in the month that is charged next: what was before is charged to the old, what follows to the new. */
function inOpenMonth(effectiveOn: string, word: string, book: BookMonths): Verdict {
  const [month, open] = [monthOf(effectiveOn), openMonth(book)]
  return allOf(
    provided(month >= open, {
      code: 'month-closed',
      message: `${month}折旧已结账，${word}日期不能落在已结账的月份。`,
      basis: law.depreciation,
      remedy: `请按${open}的日期办理。`,
    }),
    provided(month <= open, {
      code: 'month-open',
      message: `折旧结账至${monthsLater(open, -1)}，${month}之前的折旧应先计提。`,
      basis: law.depreciation,
      remedy: `请先计提折旧至${monthsLater(month, -1)}。`,
    }),
  )
}

/** Whether the parts make up the whole: in money always, in number where the card tells of several things (A12-2). */
export function maySplit(
  whole: Pick<CardFacts, 'number' | 'costFen' | 'quantity' | 'unit' | 'classCode' | 'classEdition'>,
  parts: readonly Pick<CardFacts, 'costFen' | 'quantity' | 'classCode' | 'classEdition'>[],
): Verdict {
  const costFen = parts.reduce((sum, part) => sum + part.costFen, 0)
  const quantity = parts.reduce((sum, part) => sum + part.quantity, 0)
  const counted =
    whole.quantity > 1 &&
    parts.every((part) => part.classCode === whole.classCode && part.classEdition === whole.classEdition)
  return allOf(
    provided(costFen === whole.costFen, {
      code: 'cost-differs',
      message: `拆分后各卡片原值合计${formatYuan(costFen)}元，不等于资产${whole.number}的原值${formatYuan(whole.costFen)}元。`,
      basis: law.wholeLife,
      facts: { '相差（分）': costFen - whole.costFen },
      remedy: '请核对各卡片的原值。',
    }),
    provided(!counted || quantity === whole.quantity, {
      code: 'quantity-differs',
      message: `拆分后各卡片数量合计${quantity}，不等于资产${whole.number}的数量${whole.quantity}${whole.unit}。`,
      basis: law.wholeLife,
      remedy: '请核对各卡片的数量；实际数量不符的，请先盘点或更正。',
    }),
  )
}

/** Whether cards may become one: of one organ, measured alike, depreciated all or none, and no more things than they are. */
export function mayMerge(
  cards: readonly Pick<CardFacts, 'number' | 'organId' | 'valueKind' | 'depreciationMonths' | 'quantity'>[],
  merged: Readonly<{ quantity: number }>,
): Verdict {
  const quantity = cards.reduce((sum, card) => sum + card.quantity, 0)
  const same = (of: (card: (typeof cards)[number]) => unknown) => new Set(cards.map(of)).size === 1
  return allOf(
    provided(
      same(({ organId }) => organId),
      { code: 'other-organ', message: '只能合并同一机关的资产。', remedy: '请先办理调拨。' },
    ),
    provided(
      same(({ valueKind }) => valueKind),
      { code: 'value-kind', message: '价值类型不同的资产不能合并。', remedy: '请先核对各卡片的价值类型。' },
    ),
    provided(
      same(({ depreciationMonths }) => depreciationMonths === null),
      {
        code: 'depreciation-differs',
        message: '计提折旧的与不计提折旧的资产不能合并。',
        basis: law.depreciation,
      },
    ),
    provided(merged.quantity <= quantity, {
      code: 'quantity-differs',
      message: `合并后数量${merged.quantity}，多于各卡片数量之和${quantity}。`,
      remedy: '请核对数量。',
    }),
  )
}
