import type { RawBuilder } from 'kysely'
import { openMatters, stateIs, type RegisterAct } from './store/register.ts'
import { terms } from './reference/terms.ts'

export { reading } from './actions/reach.ts'
export { cursorAfter, cursorOf } from './actions/list.ts'
export { daysToLast, unitOf } from './rules/reckoning.ts'
export { termOf } from './reference/terms.ts'
export type { DutyRow } from './store/register.ts'

/**
 * What is open of the register of duties, for a neighbour's own select: columns of `DutyRow`, one row for each matter under
 * the clock and each open case; `overdue` is the condition by which all lists and figures tell what is late.
 */
export async function dutyRegister(act: RegisterAct): Promise<{
  register: RawBuilder<unknown>
  overdue: RawBuilder<boolean>
  norms: readonly { term: string; norm: string }[]
}> {
  return {
    register: await openMatters(act),
    // Near plays no part in what is late.
    overdue: stateIs({ today: act.today, near: act.today }).overdue,
    norms: terms.flatMap(({ id, norm }) => (norm === null ? [] : [{ term: id, norm }])),
  }
}
