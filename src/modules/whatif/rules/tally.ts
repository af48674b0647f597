import type { DemandToReview } from '#modules/plans/offers.ts'
import type { Opinion } from '#modules/plans/model.ts'
import { needKinds, type NeedKind } from '#modules/standards/model.ts'
import type { ChangedLine, Result, Sums } from '../model.ts'
import { reasonOf, type Judged } from './judging.ts'

export function noSums(): Sums {
  return {
    lines: 0,
    changedLines: 0,
    askedFen: 0,
    scenarioAskedFen: 0,
    baseFen: 0,
    scenarioFen: 0,
    centralisedBaseFen: 0,
    centralisedScenarioFen: 0,
    baseQuantity: 0,
    scenarioQuantity: 0,
  }
}

const figures = Object.keys(noSums()) as (keyof Sums)[]

/** Adds sums to sums, in place: hundreds of thousands of lines are counted. */
export function addSums(to: Sums, more: Sums): void {
  for (const figure of figures) to[figure] += more[figure]
}

/** What is counted while lines go by; kept lines are the own level's, at most `keep` of them. */
export type Tally = {
  totals: Sums
  kinds: Map<NeedKind, Sums>
  items: Map<string, Sums & { title: string; unit: string }>
  opinions: Map<Opinion, Omit<Result['opinions'][number], 'opinion'>>
  changed: ChangedLine[]
  keep: number
}

export function newTally(keep: number): Tally {
  return { totals: noSums(), kinds: new Map(), items: new Map(), opinions: new Map(), changed: [], keep }
}

/**
 * Counts the judged lines of one demand.
 * @param detailed whether changed lines may be kept to be looked at one by one
 * @returns the sums of the demand
 */
export function countDemand(
  tally: Tally,
  { organ }: Pick<DemandToReview, 'organ'>,
  judged: readonly Judged[],
  detailed: boolean,
): Sums {
  const own = noSums()
  for (const one of judged) {
    const sums = sumsOf(one)
    addSums(own, sums)
    const { needKind, standardCode, itemName, unit } = one.facts.line
    if (needKind !== null) addSums(entryOf(tally.kinds, needKind, noSums), sums)
    if (standardCode !== null)
      addSums(
        entryOf(tally.items, standardCode, () => ({ ...noSums(), title: itemName, unit })),
        sums,
      )
    countOpinions(tally, one)
    if (one.changed && detailed) keepChanged(tally, changedLine(organ, one))
  }
  addSums(tally.totals, own)
  return own
}

function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

function sumsOf({ facts, scenarioFacts, base, scenario, changed }: Judged): Sums {
  const thing = facts.line.standardCode !== null
  return {
    lines: 1,
    changedLines: changed ? 1 : 0,
    askedFen: facts.line.amountFen ?? 0,
    scenarioAskedFen: scenarioFacts.line.amountFen ?? 0,
    baseFen: base.amountFen,
    scenarioFen: scenario.amountFen,
    centralisedBaseFen: base.centralised ? base.amountFen : 0,
    centralisedScenarioFen: scenario.centralised ? scenario.amountFen : 0,
    baseQuantity: thing ? base.quantity : 0,
    scenarioQuantity: thing ? scenario.quantity : 0,
  }
}

const noOpinions = () => ({ baseLines: 0, scenarioLines: 0, baseFen: 0, scenarioFen: 0 })

function countOpinions({ opinions }: Tally, { base, scenario }: Judged): void {
  const before = entryOf(opinions, base.opinion, noOpinions)
  before.baseLines += 1
  before.baseFen += base.amountFen
  const after = entryOf(opinions, scenario.opinion, noOpinions)
  after.scenarioLines += 1
  after.scenarioFen += scenario.amountFen
}

function changedLine(organ: DemandToReview['organ'], judged: Judged): ChangedLine {
  const { facts, scenarioFacts, base, scenario, causes } = judged
  const { id, needKind, itemName, unit, quantity, amountFen } = facts.line
  return {
    lineId: id ?? '',
    organId: organ.id,
    organName: organ.name,
    needKind,
    itemName,
    unit,
    askedQuantity: quantity ?? 0,
    askedFen: amountFen ?? 0,
    scenarioAskedFen: scenarioFacts.line.amountFen ?? 0,
    base: { opinion: base.opinion, quantity: base.quantity, amountFen: base.amountFen },
    scenario: { opinion: scenario.opinion, quantity: scenario.quantity, amountFen: scenario.amountFen },
    reason: reasonOf(judged),
    causes: causes.map((place) => place + 1),
  }
}

export const lineDifference = ({ base, scenario }: Pick<ChangedLine, 'base' | 'scenario'>) =>
  scenario.amountFen - base.amountFen

/** The largest difference first; equal ones by id, so that the same data gives the same order. */
export function byDifference(a: ChangedLine, b: ChangedLine): number {
  return Math.abs(lineDifference(b)) - Math.abs(lineDifference(a)) || (a.lineId < b.lineId ? -1 : 1)
}

/** Keeps the largest; sorts only when twice as many have come together. */
function keepChanged(tally: Tally, line: ChangedLine): void {
  tally.changed.push(line)
  if (tally.changed.length >= tally.keep * 2) tally.changed = largest(tally)
}

/** The changed lines kept, the largest difference first. */
export function largest({ changed, keep }: Pick<Tally, 'changed' | 'keep'>): ChangedLine[] {
  return changed.toSorted(byDifference).slice(0, keep)
}

/** The sums of a tally in their order: kinds as in the law, things by money, opinions by number. */
export function tables(tally: Tally): Pick<Result, 'totals' | 'kinds' | 'items' | 'opinions'> {
  return {
    totals: tally.totals,
    kinds: needKinds.flatMap((needKind) => {
      const sums = tally.kinds.get(needKind)
      return sums ? [{ needKind, ...sums }] : []
    }),
    items: [...tally.items]
      .map(([standardCode, sums]) => ({ standardCode, ...sums }))
      .toSorted((a, b) => b.askedFen - a.askedFen || (a.standardCode < b.standardCode ? -1 : 1)),
    opinions: [...tally.opinions]
      .map(([opinion, sums]) => ({ opinion, ...sums }))
      .toSorted((a, b) => (a.opinion < b.opinion ? -1 : 1)),
  }
}
