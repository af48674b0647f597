import type { WorkCalendar } from '#kernel/pure/calendar.ts'
import { daysBetween, type LocalDate } from '#kernel/pure/local-date.ts'
import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { figureFor, type StandardTable } from '#modules/standards/rules/in-force.ts'
import { termEnd } from '#modules/standards/rules/terms.ts'
import { law } from '../law.ts'
import { itemStateLabels, type ItemState } from '../model.ts'

/** Last day of a reservation made on a day (5 working days by the standard in force). */
export function reservedUntil(table: StandardTable, from: LocalDate, calendar: WorkCalendar): LocalDate {
  return termEnd(figureFor(table, 'warehouse.reservation', 'term').value, from, calendar, table.jurisdictionCode)
}

export type Held = Readonly<{ organId: string; organName: string; heldUntil: LocalDate | null }>

/** Whether a hold still counts: a request holds until it is done, a reservation through its last day. */
export function holdsOn(hold: Pick<Held, 'heldUntil'> | null, today: LocalDate): boolean {
  return hold !== null && (hold.heldUntil === null || hold.heldUntil >= today)
}

/** GWC-R12: a thing on the shelf that nobody else holds; the other is told who was first and until when. */
export function mayHold(
  item: { number: string | null; name: string; state: ItemState },
  hold: Held | null,
  asking: { organId: string; today: LocalDate },
): Verdict {
  const label = `${item.name}（${item.number ?? '未编号'}）`
  const taken = holdsOn(hold, asking.today) && hold?.organId !== asking.organId
  return allOf(
    provided(item.state === 'available', {
      code: 'not-available',
      message: `${label}现为“${itemStateLabels[item.state]}”，不能预约。`,
      basis: law.sharing,
      facts: { 状态: itemStateLabels[item.state] },
      remedy: '请另选在架的物品。',
    }),
    provided(!taken, {
      code: 'GWC-R12',
      message:
        hold?.heldUntil === null
          ? `${label}已被${hold.organName}申请，正在办理。`
          : `${label}已被${hold?.organName ?? ''}预约，保留至${hold?.heldUntil ?? ''}。`,
      basis: law.sharing,
      facts: { 预约机关: hold?.organName ?? '', 保留至: hold?.heldUntil ?? '办结' },
      remedy: '请另选，或在保留期满后再预约。',
    }),
  )
}

/** Whole months of life that are left on a day; 0 once it is over, null where the standards set no life. */
export function remainingMonths(lifeUntil: LocalDate | null, today: LocalDate): number | null {
  if (lifeUntil === null) return null
  if (lifeUntil <= today) return 0
  const [fromYear, fromMonth, fromDay] = parts(today)
  const [year, month, day] = parts(lifeUntil)
  return (year - fromYear) * 12 + (month - fromMonth) - (day < fromDay ? 1 : 0)
}

const parts = (date: LocalDate): [number, number, number] => [
  Number(date.slice(0, 4)),
  Number(date.slice(5, 7)),
  Number(date.slice(8, 10)),
]

/** Days a thing lay in the warehouse. */
export const daysIn = (takenOn: LocalDate, until: LocalDate): number => daysBetween(takenOn, until)
