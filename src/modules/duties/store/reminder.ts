import { sql } from 'kysely'
import type { LocalDate } from '#kernel/pure/local-date.ts'
import type { Tx } from '#kernel/server/database.ts'
import { caseOfKey } from './register.ts'

export type ReminderKind = 'clock' | 'passed' | 'supervision'
export type ReminderRow = {
  id: string
  dutyKey: string
  term: string
  organId: string
  jurisdictionCode: string
  remindedOrganId: string
  kind: ReminderKind
  day: LocalDate
  text: string
  sentBy: string | null
  sentByName: string
  at: Date
}

/** Keeps reminders, each once; of those given before none is kept. @returns the keys of duties newly reminded of */
export async function keepReminders(tx: Tx, rows: readonly ReminderRow[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set()
  const { rows: kept } = await sql<{ dutyKey: string }>`
    insert into duties.reminder (id, duty_key, term, organ_id, jurisdiction_code, reminded_organ_id, kind, day, text, sent_by, sent_by_name, at)
    select * from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ dutyKey }) => dutyKey)}::text[],
      ${rows.map(({ term }) => term)}::text[], ${rows.map(({ organId }) => organId)}::uuid[],
      ${rows.map(({ jurisdictionCode }) => jurisdictionCode)}::text[], ${rows.map((row) => row.remindedOrganId)}::uuid[],
      ${rows.map(({ kind }) => kind)}::text[], ${rows.map(({ day }) => day)}::date[], ${rows.map(({ text }) => text)}::text[],
      ${rows.map(({ sentBy }) => sentBy)}::uuid[], ${rows.map(({ sentByName }) => sentByName)}::text[],
      ${rows.map(({ at }) => at)}::timestamptz[])
    on conflict (duty_key, kind, day) do nothing returning duty_key`.execute(tx)
  return new Set(kept.map(({ dutyKey }) => dutyKey))
}

/** Days of the reminders the clock gave, by duty. */
export async function clockReminderDays(
  tx: Tx,
  keys: readonly string[],
): Promise<Map<string, { clock: LocalDate[]; passed: boolean }>> {
  const { rows } = await sql<{ dutyKey: string; clock: LocalDate[]; passed: boolean }>`
    select duty_key, coalesce(array_agg(day::text order by day) filter (where kind = 'clock'), '{}') as clock, bool_or(kind = 'passed') as passed
    from duties.reminder where duty_key = any(${[...keys]}::text[]) and kind <> 'supervision' group by duty_key`.execute(
    tx,
  )
  return new Map(rows.map(({ dutyKey, clock, passed }) => [dutyKey, { clock, passed }]))
}

/** Every reminder of one duty, oldest first: kept here, and those of the case it is a step of. */
export async function remindersOf(
  tx: Tx,
  key: string,
): Promise<Pick<ReminderRow, 'kind' | 'text' | 'sentByName' | 'at' | 'day'>[]> {
  const { rows } = await sql<Pick<ReminderRow, 'kind' | 'text' | 'sentByName' | 'at' | 'day'>>`
    select kind, text, sent_by_name, at, day from duties.reminder where duty_key = ${key}
    union all
    select 'clock', '办理时限提醒（期限第' || r.day || '日）', '系统', min(r.at), min(r.at)::date
    from kernel.case_reminder r
    where ${key} like 'case:%' and r.case_id = ${caseOfKey(key)}::uuid and r.at >= ${enteredAtOfKey(key)}::timestamptz
      and r.at <= coalesce((select min(s.at) from kernel.case_step s where s.case_id = r.case_id and s.entered_at = ${enteredAtOfKey(key)}::timestamptz
        and s.from_state <> s.to_state), 'infinity')
    group by r.day
    order by at`.execute(tx)
  return rows
}

/** How often each duty was reminded of, and when last. */
export async function reminderCounts(
  tx: Tx,
  keys: readonly string[],
): Promise<Map<string, { sent: number; last: LocalDate; supervisedOn: LocalDate[] }>> {
  const cases = keys.flatMap((key) => {
    const id = caseOfKey(key)
    return id === null ? [] : [{ key, id, enteredAt: enteredAtOfKey(key) }]
  })
  const { rows } = await sql<{ key: string; sent: number; last: LocalDate; supervisedOn: LocalDate[] }>`
    with given as (
      select duty_key as key, kind, day, (at at time zone 'Asia/Shanghai')::date as told_on from duties.reminder
      where duty_key = any(${[...keys]}::text[])
      union all
      select distinct k.key, 'clock', null::date, (r.at at time zone 'Asia/Shanghai')::date
      from unnest(${cases.map(({ key }) => key)}::text[], ${cases.map(({ id }) => id)}::uuid[],
          ${cases.map(({ enteredAt }) => enteredAt)}::timestamptz[]) as k(key, case_id, entered_at)
        join kernel.case_reminder r on r.case_id = k.case_id and r.at >= k.entered_at
      where r.at <= coalesce((select min(s.at) from kernel.case_step s where s.case_id = k.case_id and s.entered_at = k.entered_at
        and s.from_state <> s.to_state), 'infinity'))
    select key, count(*)::int as sent, max(told_on) as last,
      coalesce(array_agg(day::text) filter (where kind = 'supervision'), '{}') as supervised_on
    from given group by key`.execute(tx)
  return new Map(rows.map(({ key, sent, last, supervisedOn }) => [key, { sent, last, supervisedOn }]))
}

function enteredAtOfKey(key: string): Date | null {
  const milliseconds = /^case:[0-9a-f-]{36}:[a-z-]+:(\d+)$/.exec(key)?.[1]
  return milliseconds === undefined ? null : new Date(Number(milliseconds))
}
