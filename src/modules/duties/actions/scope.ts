import type { Actor, Role } from '#kernel/pure/actor.ts'
import { currentCalendar } from '#kernel/server/cases/clock.ts'
import type { Act } from '#kernel/server/context.ts'
import { found } from '#kernel/server/errors.ts'
import type { WorkCalendar } from '#kernel/pure/calendar.ts'
import { terms } from '../reference/terms.ts'
import { nearDay } from '../rules/reckoning.ts'
import type { BorneBy, DutyFilter, Reckoned } from '../store/register.ts'
import type { DutyReach } from '../model.ts'

/** The calendar in force and the days by which states are told. */
export async function reckoned(
  act: Pick<Act, 'tx' | 'today' | 'actor'>,
): Promise<Reckoned & { calendar: WorkCalendar }> {
  const calendar = await currentCalendar(act.tx)
  return { calendar, today: act.today, near: nearDay(act.today, calendar, act.actor.organ?.jurisdictionCode) }
}

/** Which duties a reach of the actor takes in; whether the actor has that reach was asked before. */
export function filterOf(actor: Actor, reach: DutyReach): DutyFilter {
  const organ = found(actor.organ, '所代表的机关')
  if (reach === 'level') return { jurisdictionCode: organ.jurisdictionCode }
  return { borneBy: borneBy(organ, reach === 'mine' ? actor.roles : null) }
}

/** What an organ bears by itself and for its level; by some roles alone, or whoever there is to do it. */
export function borneBy(
  organ: { id: string; jurisdictionCode: string; parts: readonly string[] },
  roles: readonly Role[] | null,
): BorneBy {
  const own = terms.filter(({ bearer }) => roles === null || bearer.roles.some((role) => roles.includes(role)))
  return {
    organId: organ.id,
    jurisdictionCode: organ.jurisdictionCode,
    terms: own.filter(({ bearer }) => bearer.party === 'applicant').map(({ id }) => id),
    partTerms: own.filter(({ bearer }) => organ.parts.includes(bearer.party)).map(({ id }) => id),
  }
}
