import type { Act } from '#kernel/server/context.ts'
import type { Tx } from '#kernel/server/database.ts'
import { found } from '#kernel/server/errors.ts'
import { headcountOn, organsById, registerDigest, type OrganRow } from '#modules/organs/offers.ts'
import { codePrefix, staffInPost } from '#modules/organs/model.ts'
import { registerDigest as assetsDigest } from '#modules/assets/offers.ts'
import { standardsDigest, standardTable } from '#modules/standards/offers.ts'
import type { OrganFacts, LineFacts } from '../rules/facts.ts'
import { lineFacts } from '../rules/judging.ts'
import type { CycleRow } from '../store/cycle.ts'
import { lastYearLines } from '../store/demand.ts'
import { cyclesOfYear, demandsDigest, handedIn, linesAsked, reviewCounts } from '../store/review-base.ts'
import { holdingsOf } from './holdings.ts'

/** The demands of one cycle that its review counts: those handed in. */
export type ReviewBase = {
  cycle: CycleRow
  demands: number
  lines: number
  askedFen: number
  /** Demands that are still being filled in or were sent back. */
  notSubmitted: number
}

/** What the reviews of a year rest on, in one jurisdiction or with `below` in all of those under it too. */
export async function reviewBases(
  tx: Tx,
  year: number,
  { jurisdictionCode, below }: { jurisdictionCode: string; below: boolean },
): Promise<ReviewBase[]> {
  const all = await cyclesOfYear(tx, year, below ? codePrefix(jurisdictionCode) : jurisdictionCode)
  const counts = new Map(
    (
      await reviewCounts(
        tx,
        all.map(({ id }) => id),
      )
    ).map((row) => [row.cycleId, row]),
  )
  return all.map((cycle) => {
    const { demands = 0, lines = 0, askedFen = 0, notSubmitted = 0 } = counts.get(cycle.id) ?? {}
    return { cycle, demands, lines, askedFen, notSubmitted }
  })
}

/** One demand as the rules of review see it. */
export type DemandToReview = {
  demandId: string
  organ: OrganRow
  organFacts: OrganFacts
  /** Day as of which terms are judged: the day of submission, as in the review itself. */
  on: string
  facts: LineFacts[]
}

/**
 * Demands handed in with all that judging them needs, a batch by key; as many queries as for one.
 * @param after id of the last demand seen, null for the first batch
 */
export async function demandsToReview(
  { tx, today }: Pick<Act, 'tx' | 'today'>,
  cycle: CycleRow,
  after: string | null,
  limit: number,
): Promise<DemandToReview[]> {
  const demands = await handedIn(tx, cycle.id, after, limit)
  const organIds = demands.map(({ organId }) => organId)
  const items = await standardTable(tx, cycle.jurisdictionCode, cycle.standardsOn, ['item.'])
  const [lines, organs, headcounts, holdings, lastYear] = await Promise.all([
    linesAsked(
      tx,
      demands.map(({ id }) => id),
    ),
    organsById(tx, organIds, cycle.standardsOn),
    headcountOn(tx, organIds, cycle.standardsOn),
    holdingsOf(tx, organIds, items),
    lastYearLines(tx, organIds, cycle.year - 1),
  ])
  const holdingsByOrgan = Map.groupBy(holdings, ({ organId }) => organId)
  const lastYearByOrgan = Map.groupBy(lastYear, ({ organId }) => organId)
  return demands.map(({ id, organId, submittedOn }) => {
    const organ = found(organs.get(organId), '机关')
    const { level, secretUnit, inCompound, tradeUnion } = organ
    return {
      demandId: id,
      organ,
      organFacts: {
        level,
        secretUnit,
        inCompound,
        tradeUnion,
        staffInPost: staffInPost(headcounts.get(organId) ?? []),
      },
      on: submittedOn ?? today,
      facts: lineFacts(lines.get(id) ?? [], holdingsByOrgan.get(organId) ?? [], lastYearByOrgan.get(organId) ?? []),
    }
  })
}

/** A text that changes whenever anything a review of these cycles rests on changes: demands, registers, posts, standards. */
export async function reviewDigest(tx: Tx, bases: readonly ReviewBase[]): Promise<string> {
  const cycles = bases.map(({ cycle }) => cycle)
  const codes = cycles.map(({ jurisdictionCode }) => jurisdictionCode)
  const days = [...new Set(cycles.map(({ standardsOn }) => standardsOn))]
  const years = [...new Set(cycles.map(({ year }) => year))]
  return [
    await demandsDigest(tx, cycles),
    await assetsDigest(tx, codes),
    await registerDigest(tx, codes, days),
    await standardsDigest(tx, codes, days, years),
  ].join('|')
}
