import { dayOf, isWorkday } from '#kernel/pure/calendar.ts'
import { addDays, datesFrom, LocalDateSchema } from '#kernel/pure/local-date.ts'
import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, mayOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { BadInput, found, Missing, permit } from '#kernel/server/errors.ts'
import type { contract } from '../contract.ts'
import { DutyKey, type DutyReach } from '../model.ts'
import { can, reachesOf } from '../policy.ts'
import { termOf } from '../reference/terms.ts'
import { mayRemind } from '../rules/reminding.ts'
import { dutyStateOf, reckoningOf, reminderDaysOf } from '../rules/reckoning.ts'
import { countsByDay, dutyByKey, dutyPage, type After, type DutyRow } from '../store/register.ts'
import { remindersOf } from '../store/reminder.ts'
import { dutyViews } from './duty-view.ts'
import { reading } from './reach.ts'
import { filterOf, reckoned } from './scope.ts'

type Operation = 'list' | 'view' | 'month' | 'reaches'

export const listActions: Pick<ActionsOf<typeof contract>, Operation> = {
  async reaches({ actor }) {
    permit(can.see(actor))
    const organ = found(actor.organ, '所代表的机关')
    return {
      reaches: reachesOf(actor),
      may: { supervise: mayOf(can.supervise(actor, organ)), seeBelow: mayOf(can.seeBelow(actor)) },
    }
  },

  async list(act) {
    const { reach, term, state, from, until, after, limit } = act.input
    permit(maySee(act, reach))
    return reading(act, async () => {
      const days = await reckoned(act)
      const rows = await dutyPage(
        act,
        {
          ...filterOf(act.actor, reach),
          terms: term === undefined ? undefined : [term],
          states: state === undefined ? ['overdue', 'near', 'coming'] : [state],
          from,
          until,
        },
        days,
        cursorOf(after),
        limit + 1,
      )
      const page = pageFrom(rows, limit, cursorAfter)
      return { ...page, items: await dutyViews(act, page.items, days) }
    })
  },

  async view(act) {
    return reading(act, async () => {
      const row = await seenDuty(act, act.input.key)
      const term = found(termOf(row.term), '法定时限')
      const days = await reckoned(act)
      const reminders = await remindersOf(act.tx, row.key)
      const remindedToday = reminders.some(({ kind, day }) => kind === 'supervision' && day === act.today)
      return {
        duty: found((await dutyViews(act, [row], days))[0], '法定时限'),
        basis: { norm: term.norm, citation: term.citation },
        whenPassed: term.whenPassed,
        projectDefault: term.confidence === 'D',
        ...reckoningOf(row, term, days.calendar),
        reminderDays: reminderDaysOf(row, term, days.calendar),
        reminders: reminders.map(({ kind, text, sentByName, at }) => ({ kind, text, sentBy: sentByName, at })),
        may: {
          remind: mayOf(
            allOf(can.supervise(act.actor, row), mayRemind({ state: dutyStateOf(row, days), remindedToday })),
          ),
        },
      }
    })
  },

  async month(act) {
    const { month, reach, term } = act.input
    permit(maySee(act, reach))
    const days = await reckoned(act)
    const region = act.actor.organ?.jurisdictionCode
    const first = `${month}-01`
    // The last day is the one before the first of the next month.
    const last = datesFrom(first, addDays(first, 30))
      .filter((date) => date.startsWith(month))
      .at(-1) as string
    const due = await reading(act, () =>
      countsByDay(
        act,
        { ...filterOf(act.actor, reach), terms: term === undefined ? undefined : [term], from: first, until: last },
        days,
      ),
    )
    const dates = datesFrom(first, last)
    return {
      month,
      workdays: dates.filter((date) => isWorkday(date, days.calendar, region)).length,
      days: dates.map((date) => dayOf(date, days.calendar, region)),
      due: due.map((count) => ({ ...count, termTitle: found(termOf(count.term), '法定时限').title })),
    }
  },
}

/** One duty within reach of the actor; what lies outside is as if it were not there. */
export async function seenDuty(act: Act, key: string): Promise<DutyRow> {
  permit(can.see(act.actor))
  const row = found(await dutyByKey(act, key, await reckoned(act)), '法定时限事项')
  const borne =
    row.party !== 'applicant' &&
    row.jurisdictionCode === act.actor.organ?.jurisdictionCode &&
    act.actor.organ.parts.includes(row.party)
  if (!borne && !can.seeDuty(act.actor, row)) throw new Missing('法定时限事项')
  return row
}

function maySee({ actor }: Act, reach: DutyReach): Verdict {
  return allOf(can.see(actor), reach === 'level' ? can.seeLevel(actor) : provided(true, { code: 'reach', message: '' }))
}

/** `2026-03-12 adjustment…`: the last row seen. */
export function cursorAfter(last: DutyRow): string {
  return `${last.dueOn} ${last.key}`
}

/** @throws BadInput for a cursor this list never gave */
export function cursorOf(after: string | undefined): After {
  if (after === undefined) return null
  const [dueOn = '', key = ''] = after.split(' ')
  if (!LocalDateSchema.safeParse(dueOn).success || !DutyKey.safeParse(key).success)
    throw new BadInput([{ pointer: '/after', message: '翻页位置不正确。请从第一页重新打开。' }])
  return { dueOn, key }
}
