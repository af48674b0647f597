import { worstOutcome } from '#kernel/pure/verdict.ts'
import type { DemandToReview, IndexedStandards, LineFacts, OrganFacts } from '#modules/plans/offers.ts'
import type { Proposal } from '#modules/plans/model.ts'
import type { Change } from '../model.ts'
import { headcountChangeFor, priceChangeFor, pricedLine, staffAfter } from './applying.ts'

/** The rule of review itself: this module judges by no rule of its own. */
export type Propose = (facts: LineFacts, organ: OrganFacts, standards: IndexedStandards, on: string) => Proposal

/** The standards as they are, and as the scenario has them. */
export type Worlds = { base: IndexedStandards; scenario: IndexedStandards }

/** A line judged in both worlds. */
export type Judged = {
  facts: LineFacts
  scenarioFacts: LineFacts
  base: Proposal
  scenario: Proposal
  changed: boolean
  /** Places of the changes that bear on the line. */
  causes: readonly number[]
}

/** Judges every line of a demand by the standards in force and by the scenario's; where no change bears on a line, once. */
export function judgeDemand(
  demand: DemandToReview,
  worlds: Worlds,
  changes: readonly Change[],
  propose: Propose,
): Judged[] {
  const { organ, organFacts, on } = demand
  const headcountAt = headcountChangeFor(organ, changes)
  const headcount = changes[headcountAt]
  const organAfter =
    headcount?.kind === 'headcount'
      ? { ...organFacts, staffInPost: staffAfter(organFacts.staffInPost, headcount) }
      : organFacts
  return demand.facts.map((facts) => {
    const base = propose(facts, organFacts, worlds.base, on)
    const causes = bearingOn(facts, organFacts, changes, headcountAt)
    if (causes.length === 0) return { facts, scenarioFacts: facts, base, scenario: base, changed: false, causes }
    const price = changes[priceChangeFor(facts.line, changes)]
    const scenarioFacts = price?.kind === 'price' ? { ...facts, line: pricedLine(facts.line, price) } : facts
    const scenario = propose(scenarioFacts, organAfter, worlds.scenario, on)
    return { facts, scenarioFacts, base, scenario, changed: differs(base, scenario), causes }
  })
}

/** Places of the changes that could alter what is proposed for a line; every other line is judged once. */
function bearingOn(
  { line, lastYear }: LineFacts,
  { level }: OrganFacts,
  changes: readonly Change[],
  headcountAt: number,
): number[] {
  const priceAt = priceChangeFor(line, changes)
  const bearing: number[] = []
  for (const [index, change] of changes.entries()) if (bears(change, index)) bearing.push(index)
  return bearing

  function bears(change: Change, index: number): boolean {
    switch (change.kind) {
      case 'standard':
        return line.standardCode === change.code && (change.level === null || change.level === level)
      case 'price':
        return index === priceAt
      case 'headcount':
        return index === headcountAt && line.standardCode !== null
      case 'catalogue':
        return line.needKind === change.needKind
      case 'parameter':
        return change.code === 'plan.growth-warn-percent'
          ? lastYear !== null
          : line.needKind === 'N09' && line.standardCode !== null
    }
  }
}

function differs(base: Proposal, scenario: Proposal): boolean {
  return (
    base.opinion !== scenario.opinion ||
    base.quantity !== scenario.quantity ||
    base.amountFen !== scenario.amountFen ||
    base.centralised !== scenario.centralised ||
    worstOutcome(base.findings) !== worstOutcome(scenario.findings)
  )
}

/** Why a line comes out otherwise, in the words of the rules. */
export function reasonOf({ base, scenario }: Pick<Judged, 'base' | 'scenario'>): string {
  if (scenario.reason !== base.reason) return scenario.reason
  const said = new Set(base.findings.map(({ message }) => message))
  const added = scenario.findings.filter(({ outcome, message }) => outcome !== 'ok' && !said.has(message))
  if (added.length > 0) return added.map(({ message }) => message).join('')
  const kept = new Set(scenario.findings.map(({ message }) => message))
  const gone = base.findings.filter(({ outcome, message }) => outcome !== 'ok' && !kept.has(message))
  if (gone.length > 0) return `不再提示：${gone.map(({ message }) => message).join('')}`
  return base.amountFen === scenario.amountFen ? scenario.reason : '审核意见不变，核定金额随价格变化。'
}
