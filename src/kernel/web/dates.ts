const inShanghai = { timeZone: 'Asia/Shanghai', hour12: false } as const

const clock = new Intl.DateTimeFormat('zh-CN', { ...inShanghai, hour: '2-digit', minute: '2-digit' })
const parts = new Intl.DateTimeFormat('en-CA', {
  ...inShanghai,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** `14:03`, Shanghai time. */
export function clockTime(instant: Date): string {
  return clock.format(instant)
}

/** An instant as `2026-03-12 14:03`, Shanghai time; instants travel as ISO 8601. */
export function shortInstant(instant: string | Date): string {
  const of = Object.fromEntries(parts.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]))
  return `${of['year']}-${of['month']}-${of['day']} ${of['hour']}:${of['minute']}`
}

/** A law date (YYYY-MM-DD) as documents write it: `2026年3月12日`. */
export function documentDate(date: string): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${year}年${month}月${day}日`
}

/** Today in Shanghai as YYYY-MM-DD: a default for forms; what counts is the server's. */
export function todayHere(): string {
  return shortInstant(new Date()).slice(0, 10)
}
