import type { Act } from '#kernel/server/context.ts'
import { keepJudgements, type NewJudgement } from '#kernel/server/decisions.ts'
import { newId } from '#kernel/server/identifier.ts'
import { cycleToMatch, linesToMatch, type LineToMatch } from '#modules/plans/offers.ts'
import type { StandardsInForce } from '#modules/standards/model.ts'
import { snapshotOf } from '#modules/standards/offers.ts'
import type { Chosen, Supply } from '../model.ts'
import { kindsOf, leftOutFor, type Kind } from '../rules/assembling.ts'
import { matchedLineKind } from '../rules/decision.ts'
import { explainLine, type LineInputs } from '../rules/explaining.ts'
import { savingFen, type Allotted, type Asker } from '../rules/problem.ts'
import { leftToBuy, type LeftToBuy } from '../rules/unmet.ts'
import { stockOf } from '../rules/suitability.ts'
import { assign, type Assignment } from '../solver/assign.ts'
import { acceptedDemandLines, insertLines, type NewAllotment, type NewLine } from '../store/line.ts'
import { clearUnanswered, finishProposal, type ProposalRow } from '../store/proposal.ts'
import { keepRefusals } from '../store/refusal.ts'
import { clearUnmet, insertUnmet } from '../store/unmet.ts'
import { levelSuppliesOf, suppliesOf } from './supplies.ts'

/** What a proposal rests on, read at one moment. */
export type Ground = {
  lines: LineToMatch[]
  stockPieces: number
  supplies: Supply[]
  kinds: Kind<LineToMatch>[]
  standards: StandardsInForce
  year: number
}

/** Reads the lines of a cycle and what there is for them. */
export async function groundOf(act: Act, cycleId: string): Promise<Ground> {
  const cycle = await cycleToMatch(act, cycleId)
  const { lines, standards } = await linesToMatch(act, cycle)
  const codes = [...new Set(lines.map(({ standardCode }) => standardCode))]
  const supplies =
    codes.length === 0
      ? []
      : [
          ...(await suppliesOf(act, cycle.jurisdictionCode, codes, standards)),
          ...(await levelSuppliesOf(act, cycle, codes, standards)),
        ]
  const stockPieces = supplies.reduce((sum, { quantity }) => sum + quantity, 0)
  return { lines, stockPieces, supplies, kinds: kindsOf(lines, supplies, standards), standards, year: cycle.year }
}

/** Solves all kinds; no transaction is open meanwhile. */
export function solveGround({ kinds }: Ground): Promise<Assignment[]> {
  return assign(kinds.map(({ problem }) => problem))
}

/** Keeps what came out: lines with what each rests on; what was proposed before and not answered goes. */
export async function keepProposal(
  act: Act,
  proposal: ProposalRow,
  ground: Ground,
  assignments: readonly Assignment[],
  tookMs: number,
): Promise<void> {
  const { standards, year } = ground
  const used = { snapshot: await snapshotOf(act.tx, standards), on: standards.on, year }
  const lines: NewLine[] = []
  const allotments: NewAllotment[] = []
  // What was taken up while this was being reckoned is not proposed again.
  const met = await acceptedDemandLines(act.tx, proposal.cycleId)
  const judgements: NewJudgement[] = []
  ground.kinds.forEach((kind, index) => {
    for (const { line, chosen, inputs } of matchedLines(kind, assignments[index] as Assignment)) {
      if (met.has(line.lineId)) continue
      const [id, judgementId] = [newId(), newId()]
      const { organId } = line
      const { jurisdictionCode, cycleId, id: proposalId } = proposal
      judgements.push({
        id: judgementId,
        organId,
        jurisdictionCode,
        inputs,
        judged: explainLine(inputs, standards),
        standards: used,
      })
      const sum = (of: readonly Chosen[], figure: 'pieces' | 'savedFen') =>
        of.reduce((total, one) => total + one[figure], 0)
      lines.push({
        id,
        proposalId,
        cycleId,
        jurisdictionCode,
        organId,
        organName: line.organName,
        demandId: line.demandId,
        demandLineId: line.lineId,
        lineNo: line.lineNo,
        itemName: line.itemName,
        standardCode: line.standardCode,
        unit: line.unit,
        asked: line.asked,
        needed: line.needed,
        inUse: line.inUse,
        priceFen: line.priceFen,
        replacement: line.replacement,
        matched: sum(chosen, 'pieces'),
        fromWarehouse: sum(
          chosen.filter(({ source }) => source === 'warehouse'),
          'pieces',
        ),
        fromLevels: sum(
          chosen.filter(({ source }) => source === 'level'),
          'pieces',
        ),
        savedFen: sum(chosen, 'savedFen'),
        judgementId,
      })
      chosen.forEach(({ pieces, savedFen, ...supply }, placeNo) =>
        allotments.push({
          id: newId(),
          lineId: id,
          placeNo,
          source: supply.source,
          supplyId: supply.id,
          cardId: supply.cardId,
          ownerOrganId: supply.organId,
          askingCode: supply.level === undefined ? null : jurisdictionCode,
          giverCode: supply.level?.jurisdictionCode ?? null,
          number: supply.number,
          pieces,
          savedFen,
          supply,
        }),
      )
    }
  })
  await keepJudgements(act, matchedLineKind, judgements)
  const total = (figure: 'savedFen' | 'boundFen' | 'byTurnFen') =>
    assignments.reduce((sum, assignment) => sum + assignment[figure], 0)
  await finishProposal(
    act.tx,
    proposal.id,
    {
      lineCount: ground.lines.length,
      stockPieces: ground.stockPieces,
      savedFen: total('savedFen'),
      boundFen: total('boundFen'),
      byTurnFen: total('byTurnFen'),
    },
    { now: act.now, tookMs },
  )
  await insertLines(act.tx, lines, allotments)
  await keepRefusals(act.tx, proposal)
  const bought = leftToBuy(
    ground,
    assignments.flatMap(({ allotted }) => allotted),
    standards,
  ).filter(({ line }) => !met.has(line.lineId))
  await insertUnmet(act.tx, proposal, bought.map(unmetOf))
  await clearUnmet(act.tx, proposal.cycleId, proposal.id)
  await clearUnanswered(act.tx, proposal.cycleId, proposal.id)
}

const unmetOf = ({ line, missing, reasons }: LeftToBuy<LineToMatch>) => {
  const { organId, organName, demandId, lineId: demandLineId, lineNo, itemName, unit, needed, priceFen } = line
  return { organId, organName, demandId, demandLineId, lineNo, itemName, unit, needed, missing, priceFen, reasons }
}

type Matched = { line: LineToMatch; chosen: Chosen[]; inputs: LineInputs }

/** Lines of a kind that get something, with all that says why. */
function matchedLines(kind: Kind<LineToMatch>, { allotted }: Assignment): Matched[] {
  const supplyOf = new Map(kind.supplies.map((supply) => [supply.id, supply]))
  const given = new Map<string, number>()
  for (const { stock, quantity } of allotted) given.set(stock, (given.get(stock) ?? 0) + quantity)
  const ofLine = Map.groupBy(allotted, ({ asker }) => asker)
  const askerOf = new Map(kind.problem.askers.map((asker) => [asker.key, asker]))
  return kind.lines.flatMap((line) => {
    const own = ofLine.get(line.lineId) ?? []
    if (own.length === 0) return []
    const chosen = own.map((one) => chosenOf(one, line, askerOf, supplyOf)).toSorted(bySource)
    const { organName, itemName, standardCode, unit, asked, needed, inUse, priceFen, replacement } = line
    const inputs: LineInputs = {
      line: { organName, itemName, standardCode, unit, asked, needed, inUse, priceFen, replacement },
      chosen,
      leftOut: leftOutFor(line, kind, own, given),
      elsewhere: [],
    }
    return [{ line, chosen, inputs }]
  })
}

function chosenOf(
  { stock, quantity }: Allotted,
  line: LineToMatch,
  askerOf: ReadonlyMap<string, Asker>,
  supplyOf: ReadonlyMap<string, Kind['supplies'][number]>,
): Chosen {
  const [supply, asker] = [supplyOf.get(stock), askerOf.get(line.lineId)]
  if (supply === undefined || asker === undefined) throw new Error(`${stock} was not there to be allotted`)
  return {
    ...supply,
    own: supply.organId === line.organId,
    pieces: quantity,
    savedFen: quantity * savingFen(asker, stockOf(supply)),
  }
}

/** The warehouse before organs, the own organ before others, other levels last; then by place and number. */
function bySource(a: Chosen, b: Chosen): number {
  const key = ({ source, own, organName, place, number }: Chosen) =>
    [source === 'warehouse' ? 0 : source === 'level' ? 3 : own ? 1 : 2, organName, place, number].join('|')
  return key(a) < key(b) ? -1 : 1
}
