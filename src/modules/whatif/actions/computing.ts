import { createHash } from 'node:crypto'
import type { Act } from '#kernel/server/context.ts'
import { found } from '#kernel/server/errors.ts'
import { beyondScope } from '#kernel/server/scope.ts'
import { jurisdictions } from '#modules/organs/offers.ts'
import { hasRestrictedTotals } from '#modules/organs/model.ts'
import {
  demandsToReview,
  indexStandards,
  proposeReview,
  reviewBases,
  reviewDigest,
  type ReviewBase,
} from '#modules/plans/offers.ts'
import { standardsInForce } from '#modules/standards/offers.ts'
import { keptLines, type Change, type JurisdictionSums, type RunBasis, type Scope } from '../model.ts'
import { appliedToStandards } from '../rules/applying.ts'
import { assumptionsOf } from '../rules/assumptions.ts'
import { foldRestricted, type OrganRow } from '../rules/folding.ts'
import { judgeDemand, type Worlds } from '../rules/judging.ts'
import { addSums, countDemand, largest, newTally, noSums, tables, type Tally } from '../rules/tally.ts'
import type { Findings } from '../store/run.ts'

/** What is computed for whom: demands of a year in a jurisdiction or in all below it, under these changes. */
export type Question = { year: number; scope: Scope; jurisdictionCode: string; changes: readonly Change[] }

type Reading = Pick<Act, 'tx' | 'today'>

/**
 * Reads as far as a scope reaches: for the province past the second wall into lower levels, of which only sums are kept
 * and shown (Art. 6; `can.compute` has been asked).
 */
export function within<T>(act: Pick<Act, 'tx'>, scope: Scope, work: () => Promise<T>): Promise<T> {
  return scope === 'province' ? beyondScope(act, 'sums over lower levels for a what-if', work) : work()
}

/** The cycles a question reaches. */
export function basesOf(
  act: Pick<Act, 'tx'>,
  { year, scope, jurisdictionCode }: Omit<Question, 'changes'>,
): Promise<ReviewBase[]> {
  return within(act, scope, () => reviewBases(act.tx, year, { jurisdictionCode, below: scope === 'province' }))
}

/** What a computation over these cycles would rest on now; equal digests mean equal results. */
export async function basisOf(act: Pick<Act, 'tx'>, scope: Scope, bases: readonly ReviewBase[]): Promise<RunBasis> {
  return within(act, scope, () => basisFrom(act.tx, bases))
}

async function basisFrom(tx: Act['tx'], bases: readonly ReviewBase[]): Promise<RunBasis> {
  const digest = await reviewDigest(tx, bases)
  const total = (figure: 'demands' | 'lines' | 'notSubmitted') => bases.reduce((sum, base) => sum + base[figure], 0)
  return {
    digest: createHash('sha256').update(digest).digest('hex'),
    demands: total('demands'),
    lines: total('lines'),
    notSubmitted: total('notSubmitted'),
    cycles: bases.map(({ cycle, lines }) => ({
      cycleId: cycle.id,
      jurisdictionCode: cycle.jurisdictionCode,
      version: cycle.version,
      standardsOn: cycle.standardsOn,
      lines,
    })),
  }
}

/** Demands read and judged at a time: one batch is judged while PostgreSQL makes the next. */
const batchOfDemands = 200

/**
 * Judges every line handed in by the standards in force and by the scenario's, and sums up. Reads only. The basis is
 * taken first: whatever changes while it reads shows afterwards as changed.
 * @param progress told how many lines are done; throwing there ends the computation
 */
export function compute(
  act: Reading,
  question: Question,
  progress: (done: number, total: number) => Promise<void> = async () => {},
): Promise<Findings> {
  return within(act, question.scope, () => computed(act, question, progress))
}

async function computed(
  act: Reading,
  question: Question,
  progress: (done: number, total: number) => Promise<void>,
): Promise<Findings> {
  const { changes, jurisdictionCode } = question
  const below = question.scope === 'province'
  const bases = await reviewBases(act.tx, question.year, { jurisdictionCode, below })
  const basis = await basisFrom(act.tx, bases)
  const known = new Map((await jurisdictions(act.tx)).map((one) => [one.code, one]))
  const tally = newTally(keptLines)
  const organs: OrganRow[] = []
  const sums: JurisdictionSums[] = []
  let done = 0
  for (const base of bases) {
    const { cycle } = base
    const jurisdiction = found(known.get(cycle.jurisdictionCode), '行政区划')
    const standards = await standardsInForce(act.tx, cycle.jurisdictionCode, cycle.standardsOn, cycle.year)
    const worlds: Worlds = {
      base: indexStandards(standards),
      scenario: indexStandards(appliedToStandards(standards, changes, jurisdiction.level)),
    }
    const own: JurisdictionSums = { ...noSums(), code: jurisdiction.code, name: jurisdiction.name, organs: 0 }
    await eachBatch(act, base, async (demands) => {
      for (const demand of demands) {
        const judged = judgeDemand(demand, worlds, changes, proposeReview)
        const row = countDemand(tally, demand, judged, cycle.jurisdictionCode === jurisdictionCode)
        addSums(own, row)
        own.organs += 1
        const { organ } = demand
        organs.push({
          ...row,
          organId: organ.id,
          organName: organ.name,
          jurisdictionCode: jurisdiction.code,
          jurisdictionName: jurisdiction.name,
          restricted: hasRestrictedTotals(organ),
        })
        done += judged.length
      }
      await progress(done, basis.lines)
    })
    sums.push(own)
  }
  return findings(act, question, { basis, tally, organs, sums })
}

async function eachBatch(
  act: Reading,
  { cycle }: ReviewBase,
  work: (demands: Awaited<ReturnType<typeof demandsToReview>>) => Promise<void>,
): Promise<void> {
  let next = demandsToReview(act, cycle, null, batchOfDemands)
  for (;;) {
    const batch = await next
    const last = batch.at(-1)
    const more = batch.length === batchOfDemands && last !== undefined
    if (more) {
      next = demandsToReview(act, cycle, last.demandId, batchOfDemands)
      next.catch(() => {}) // asked for ahead: it is awaited in the next round, or nobody needs it any more
    }
    await work(batch)
    if (!more) return
  }
}

async function findings(
  { tx }: Reading,
  { jurisdictionCode, changes, year }: Question,
  { basis, tally, organs, sums }: { basis: RunBasis; tally: Tally; organs: OrganRow[]; sums: JurisdictionSums[] },
): Promise<Findings> {
  const difference = ({ baseFen, scenarioFen }: { baseFen: number; scenarioFen: number }) => scenarioFen - baseFen
  const own = basis.cycles.find((cycle) => cycle.jurisdictionCode === jurisdictionCode) ?? basis.cycles[0]
  const standards = own ? await standardsInForce(tx, jurisdictionCode, own.standardsOn, year) : null
  const lines = largest(tally)
  return {
    result: {
      basis,
      ...tables(tally),
      organsMore: organs.filter((row) => difference(row) > 0).length,
      organsLess: organs.filter((row) => difference(row) < 0).length,
      jurisdictions: sums.length > 1 ? sums : [],
      assumptions: standards ? assumptionsOf(changes, standards) : [],
      linesKept: lines.length,
    },
    organs: foldRestricted(organs, jurisdictionCode).toSorted(
      (a, b) =>
        Math.abs(difference(b)) - Math.abs(difference(a)) ||
        b.askedFen - a.askedFen ||
        (a.organName < b.organName ? -1 : 1),
    ),
    lines,
  }
}
