import { sql, type RawBuilder } from 'kysely'
import { holidaysOf, insertCalendarDays } from '#kernel/server/cases/clock.ts'
import type { Tx } from '#kernel/server/database.ts'
import type { Notice, Override } from './model.ts'

type NoticeRow = Omit<Notice, 'holidays'> & { days: Parameters<typeof holidaysOf>[0] }

const notices = sql`select n.id, n.year, n.document, n.issued_on, n.note, n.state, n.proposed_by, n.proposed_by_name, n.proposed_at,
  n.confirmed_by_name, n.confirmed_at,
  (select coalesce(jsonb_agg(jsonb_build_object('day', day, 'kind', kind, 'name', name) order by day), '[]')
    from kernel.calendar_day where notice_id = n.id) as days
  from kernel.calendar_notice n`

function noticeOf({ days, ...row }: NoticeRow): Notice {
  return { ...row, holidays: holidaysOf(days) }
}

/** The notice of a year in a state that only one can have. */
export async function noticeOfYear(tx: Tx, year: number, state: 'confirmed' | 'proposed'): Promise<Notice | null> {
  const { rows } = await sql<NoticeRow>`${notices} where n.year = ${year} and n.state = ${state}`.execute(tx)
  return rows[0] ? noticeOf(rows[0]) : null
}

/** Every notice ever entered, latest year and version first. */
export async function allNotices(tx: Tx): Promise<Notice[]> {
  const { rows } =
    await sql<NoticeRow>`${notices} order by n.year desc, n.proposed_at desc, n.id desc limit 500`.execute(tx)
  return rows.map(noticeOf)
}

export async function lockNotice(tx: Tx, id: string): Promise<Notice | null> {
  const { rows } = await sql<NoticeRow>`${notices} where n.id = ${id} for update of n`.execute(tx)
  return rows[0] ? noticeOf(rows[0]) : null
}

/** @returns false when another notice of the year waits for its confirmation */
export async function insertNotice(tx: Tx, notice: Notice): Promise<boolean> {
  const { rows } = await sql`
    insert into kernel.calendar_notice (id, year, document, issued_on, note, state, proposed_by, proposed_by_name, proposed_at)
    values (${notice.id}, ${notice.year}, ${notice.document}, ${notice.issuedOn}, ${notice.note}, 'proposed', ${notice.proposedBy},
      ${notice.proposedByName}, ${notice.proposedAt})
    on conflict (year) where state = 'proposed' do nothing returning id`.execute(tx)
  if (rows.length === 0) return false
  await insertCalendarDays(tx, notice.id, notice.holidays)
  return true
}

/** Puts a notice in force; the one that was gives way. */
export async function putInForce(
  tx: Tx,
  notice: Notice,
  by: { personId: string | null; name: string; at: Date },
): Promise<void> {
  await sql`update kernel.calendar_notice set state = 'superseded' where year = ${notice.year} and state = 'confirmed'`.execute(
    tx,
  )
  await sql`update kernel.calendar_notice set state = 'confirmed', confirmed_by = ${by.personId}, confirmed_by_name = ${by.name},
    confirmed_at = ${by.at} where id = ${notice.id} and state = 'proposed'`.execute(tx)
}

export async function withdrawNotice(tx: Tx, id: string): Promise<void> {
  await sql`update kernel.calendar_notice set state = 'withdrawn' where id = ${id} and state = 'proposed'`.execute(tx)
}

const overrides = sql`select id, jurisdiction_code, days_off, workdays, reason, citation, state, proposed_by, proposed_by_name, proposed_at,
  confirmed_by_name, confirmed_at from kernel.calendar_override`

/** Local exceptions that touch a year and count in the jurisdictions, latest first. */
export async function overridesOf(tx: Tx, codes: readonly string[], year: number): Promise<Override[]> {
  const { rows } = await sql<Override>`${overrides} where jurisdiction_code = any(${[...codes]}) and exists (
      select from unnest(days_off || workdays) day where day between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date)
    order by proposed_at desc, id desc limit 500`.execute(tx)
  return rows
}

export async function lockOverride(tx: Tx, id: string): Promise<Override | null> {
  const { rows } = await sql<Override>`${overrides} where id = ${id} for update`.execute(tx)
  return rows[0] ?? null
}

export async function insertOverride(tx: Tx, row: Override): Promise<void> {
  await sql`insert into kernel.calendar_override (id, jurisdiction_code, days_off, workdays, reason, citation, state, proposed_by,
      proposed_by_name, proposed_at)
    values (${row.id}, ${row.jurisdictionCode}, ${row.daysOff}::date[], ${row.workdays}::date[], ${row.reason}, ${row.citation}, 'proposed',
      ${row.proposedBy}, ${row.proposedByName}, ${row.proposedAt})`.execute(tx)
}

export async function confirmOverride(
  tx: Tx,
  id: string,
  by: { personId: string | null; name: string; at: Date },
): Promise<void> {
  await sql`update kernel.calendar_override set state = 'confirmed', confirmed_by = ${by.personId}, confirmed_by_name = ${by.name},
    confirmed_at = ${by.at} where id = ${id} and state = 'proposed'`.execute(tx)
}

export async function withdrawOverride(tx: Tx, id: string): Promise<void> {
  await sql`update kernel.calendar_override set state = 'withdrawn' where id = ${id} and state = 'proposed'`.execute(tx)
}

/** Whether the organ was already given a notice with this link on the day (Asia/Shanghai, the connection's time zone). */
export async function toldToday(tx: Tx, where: { organId: string; link: string; now: Date }): Promise<boolean> {
  const { rows } = await sql`select from kernel.notification
    where organ_id = ${where.organId} and link = ${where.link} and at >= date_trunc('day', ${where.now}::timestamptz) limit 1`.execute(
    tx,
  )
  return rows.length > 0
}

/** One row for each year whose successor's notice is owed: fulfilled when it was first confirmed. */
export function noticeDuties(
  term: string,
  {
    organId,
    jurisdictionCode,
    owed,
  }: { organId: string; jurisdictionCode: string; owed: { year: number; dueOn: string }[] },
): RawBuilder<unknown> {
  return sql`
    select ${term} || ':' || y.year as key, ${organId}::uuid as organ_id, ${jurisdictionCode} as jurisdiction_code, y.year,
      (y.year + 1) || '年放假安排通知' as title, make_date(y.year, 11, 1) as opens_on, null::date as counted_from, y.due_on,
      false as provisional,
      (select min((n.confirmed_at at time zone 'Asia/Shanghai')::date) from kernel.calendar_notice n
        where n.year = y.year + 1 and n.confirmed_at is not null) as fulfilled_on,
      '/calendar?year=' || (y.year + 1) as link
    from unnest(${owed.map(({ year }) => year)}::int[], ${owed.map(({ dueOn }) => dueOn)}::date[]) as y(year, due_on)`
}
