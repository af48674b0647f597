import type { Act } from '#kernel/server/context.ts'
import { insist } from '#kernel/server/errors.ts'
import { cycleToMatch, indexStandards } from '#modules/plans/offers.ts'
import { standardsInForce } from '#modules/standards/offers.ts'
import { askOtherLevel, takeBackFromLevel } from '#modules/warehouse/offers.ts'
import { ownLevelSpent } from '../rules/answering.ts'
import { lastsLongEnough } from '../rules/suitability.ts'
import { keepAsked, proposedToOthers, type AllotmentRow, type LineRow } from '../store/line.ts'
import { suppliesOf } from './supplies.ts'

export const ofLevels = (rows: readonly AllotmentRow[]): AllotmentRow[] =>
  rows.filter(({ source }) => source === 'level')

/**
 * A23-2: another level is asked for nothing that the own level still has for the line. What the present proposal gives to other
 * lines stands for these until they are answered.
 */
export async function insistOwnLevelFirst(act: Act, line: LineRow, chosen: readonly AllotmentRow[]): Promise<void> {
  const pieces = ofLevels(chosen).reduce((sum, one) => sum + one.pieces, 0)
  if (pieces === 0) return
  const { jurisdictionCode, standardsOn, year } = await cycleToMatch(act, line.cycleId)
  const standards = indexStandards(await standardsInForce(act.tx, jurisdictionCode, standardsOn, year))
  const taken = await proposedToOthers(act.tx, line)
  for (const { supplyId } of chosen) taken.add(supplyId)
  const left = (await suppliesOf(act, jurisdictionCode, [line.standardCode], standards)).filter(
    (supply) => !taken.has(supply.id) && lastsLongEnough(supply, standards),
  )
  insist(
    ownLevelSpent(
      left.map(({ name, number, quantity, repairFen, transportFen, source, organId }) => ({
        name,
        number,
        quantity,
        // Idle at the asker itself it is not moved.
        costFen: repairFen + (source === 'idle' && organId === line.organId ? 0 : transportFen),
      })),
      { priceFen: line.priceFen, ofLevels: pieces },
    ),
  )
}

/** Each level whose things were taken up is asked for them; the line keeps them until it has answered (Art. 6). */
export async function askLevels(act: Act, line: LineRow, chosen: readonly AllotmentRow[]): Promise<void> {
  for (const [giver, things] of Map.groupBy(ofLevels(chosen), ({ giverCode }) => giverCode ?? '')) {
    const pieces = things.reduce((sum, one) => sum + one.pieces, 0)
    const request = await askOtherLevel(act, {
      giverJurisdictionCode: giver,
      receiver: { id: line.organId, name: line.organName, jurisdictionCode: line.jurisdictionCode },
      itemIds: things.map(({ supplyId }) => supplyId),
      purpose: line.replacement ? 'replacement' : 'shortage',
      reason: `${line.organName}年度需求${line.itemName}${pieces}${line.unit}，本级没有可以调剂的。`,
      inUse: { [line.standardCode]: line.inUse },
      source: { kind: 'matching.line', id: line.id },
    })
    await keepAsked(
      act.tx,
      things.map(({ id }) => id),
      request,
    )
  }
}

/** The reviewer takes the line back: nobody is asked any more. */
export async function takeLevelsBack(act: Act, kept: readonly AllotmentRow[], reason: string): Promise<void> {
  const requests = new Set(ofLevels(kept).flatMap(({ levelRequestId }) => levelRequestId ?? []))
  for (const levelRequestId of requests) await takeBackFromLevel(act, levelRequestId, reason)
}
