import type { Act } from '#kernel/server/context.ts'
import { Conflict, insist } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import { provided } from '#kernel/pure/verdict.ts'
import { law } from './law.ts'
import { faultyLines, type BudgetYear } from './store/agreement.ts'
import { holdYear, markClosed, positionOf, yearClosedOn, type YearPosition } from './store/closing.ts'

/**
 * Closes a level's budget year on the ledger: its balances agree with their entries, what is still held is carried over 结转,
 * and from now on nothing is planned, held or spent on its lines but from what was carried over.
 * @param agreed the position that finance consented to; any movement since is a conflict
 * @throws Conflict when the year was closed already, or moved since
 */
export async function closeYear(act: Act, place: BudgetYear, agreed: YearPosition): Promise<YearPosition> {
  await holdYear(act.tx, place)
  const before = await yearClosedOn(act.tx, place)
  if (before !== null) throw new Conflict('年度', `${place.year}年度已于${before}结束。`)
  const position = await positionOf(act.tx, place)
  if (!samePosition(position, agreed))
    throw new Conflict('年度', `${place.year}年度的台账在提请之后有变动，请退回，由机关事务管理部门核对后重新提请。`)
  const { faults } = await faultyLines(act.tx, place)
  insist(
    provided(faults.length === 0, {
      code: 'ledger-disagrees',
      message: `有${faults.length}个计划行的余额与分录不符：${faults
        .slice(0, 5)
        .map(({ number, what }) => `${number}的${what}`)
        .join('、')}。`,
      basis: law.carryOut,
      remedy: '请联系系统管理员核对台账（yunbao verify），相符后再结束年度。',
    }),
  )
  await markClosed(act.tx, place, act.today)
  await record(act, 'ledger.year-closed', {
    subject: { kind: 'ledger.year', id: `${place.jurisdictionCode}-${place.year}` },
    organId: act.actor.organ?.id ?? null,
    after: { year: place.year, ...position },
  })
  return position
}

/** Nothing moved: not a 分, nor a commitment. */
export function samePosition(one: YearPosition, other: YearPosition): boolean {
  return (['lines', 'plannedFen', 'executedFen', 'openFen', 'openCount'] as const).every(
    (key) => one[key] === other[key],
  )
}
