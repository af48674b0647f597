import { sql } from 'kysely'
import { builtInNotices, type CalendarNotice } from '#kernel/pure/calendar-notices.ts'
import { makeCalendar, type CalendarOverride, type WorkCalendar } from '#kernel/pure/calendar.ts'
import { addDays, datesFrom, type LocalDate } from '#kernel/pure/local-date.ts'
import type { Tx } from '../database.ts'
import { namedId } from '../identifier.ts'

/** The calendar last read; its stamp is random, so a value never stands for two states, not even after a rollback. */
let cached: { stamp: string; calendar: WorkCalendar } | null = null

/**
 * The calendar in force: the notices that came with the program, replaced year by year by confirmed ones of the database,
 * and confirmed local exceptions. One key lookup when nothing has changed; sees what its own transaction changed.
 */
export async function currentCalendar(tx: Tx): Promise<WorkCalendar> {
  const { rows } = await sql<{ stamp: string }>`select stamp from kernel.calendar_stamp`.execute(tx)
  if (cached !== null && cached.stamp === rows[0]?.stamp) return cached.calendar
  // Stamp and content in one statement: they belong to one snapshot.
  const read = await sql<{ stamp: string; days: StoredDay[]; overrides: CalendarOverride[] }>`
    select stamp,
      (select coalesce(jsonb_agg(jsonb_build_object('year', n.year, 'document', n.document, 'issuedOn', n.issued_on, 'day', d.day,
          'kind', d.kind, 'name', d.name) order by n.year, d.day), '[]')
        from kernel.calendar_notice n join kernel.calendar_day d on d.notice_id = n.id where n.state = 'confirmed') as days,
      (select coalesce(jsonb_agg(jsonb_build_object('jurisdictionCode', jurisdiction_code, 'daysOff', days_off,
          'workdays', workdays, 'reason', reason, 'citation', citation) order by confirmed_at, id), '[]')
        from kernel.calendar_override where state = 'confirmed') as overrides
    from kernel.calendar_stamp`.execute(tx)
  const { stamp, days, overrides } = read.rows[0] as (typeof read.rows)[0]
  const stored = noticesOf(days)
  const replaced = new Set(stored.map(({ year }) => year))
  const calendar = makeCalendar([...builtInNotices.filter(({ year }) => !replaced.has(year)), ...stored], overrides)
  cached = { stamp, calendar }
  return calendar
}

/** A day of a notice as stored, with the notice it belongs to. */
export type StoredDay = {
  year: number
  document: string
  issuedOn: LocalDate
  day: LocalDate
  kind: 'holiday' | 'make-up-workday'
  name: string
}

/** Notices put together again from their days (in order): days of one holiday in a row are one span. */
function noticesOf(days: readonly StoredDay[]): CalendarNotice[] {
  const byYear = Map.groupBy(days, ({ year }) => year)
  return [...byYear.values()].map((own) => {
    const [{ year, document, issuedOn }] = own as [StoredDay]
    return { year, document, issuedOn, holidays: holidaysOf(own) }
  })
}

/** The holidays of one notice from its days in order; make-up days go with the holiday of their name. */
export function holidaysOf(
  days: readonly Pick<StoredDay, 'day' | 'kind' | 'name'>[],
): { name: string; from: LocalDate; to: LocalDate; makeUp: LocalDate[] }[] {
  const holidays: { name: string; from: LocalDate; to: LocalDate; makeUp: LocalDate[] }[] = []
  for (const { day, kind, name } of days) {
    if (kind !== 'holiday') continue
    const last = holidays.at(-1)
    if (last?.name === name && addDays(last.to, 1) === day) last.to = day
    else holidays.push({ name, from: day, to: day, makeUp: [] })
  }
  for (const { day, kind, name } of days)
    if (kind === 'make-up-workday') holidays.find((holiday) => holiday.name === name)?.makeUp.push(day)
  return holidays
}

/** Writes the days of a notice. */
export async function insertCalendarDays(
  tx: Tx,
  noticeId: string,
  holidays: CalendarNotice['holidays'],
): Promise<void> {
  const days = holidays.flatMap(({ name, from, to, makeUp = [] }) => [
    ...datesFrom(from, to).map((day) => ({ day, kind: 'holiday', name })),
    ...makeUp.map((day) => ({ day, kind: 'make-up-workday', name })),
  ])
  await sql`insert into kernel.calendar_day (notice_id, day, kind, name)
    select ${noticeId}, * from unnest(${days.map(({ day }) => day)}::date[], ${days.map(({ kind }) => kind)}::text[],
      ${days.map(({ name }) => name)}::text[])`.execute(tx)
}

/**
 * Puts the notices that came with the program into the tables, for years that have none in force; repeatable, and never
 * over what an administrator confirmed.
 * @returns how many were added
 */
export async function ensureCalendarNotices(tx: Tx): Promise<number> {
  let added = 0
  for (const { year, document, issuedOn, note, holidays } of builtInNotices) {
    const id = namedId(`calendar-notice.${year}.${document}`)
    const { rows } = await sql`
      insert into kernel.calendar_notice (id, year, document, issued_on, note, state, proposed_by_name, proposed_at, confirmed_by_name, confirmed_at)
      select ${id}, ${year}, ${document}, ${issuedOn}, ${note ?? null}, 'confirmed', '系统', now(), '系统', now()
      where not exists (select from kernel.calendar_notice where year = ${year} and state = 'confirmed')
      on conflict do nothing returning id`.execute(tx)
    if (rows.length === 0) continue
    await insertCalendarDays(tx, id, holidays)
    added++
  }
  return added
}
