import { addDays, type LocalDate } from '#kernel/pure/local-date.ts'

/**
 * A calendar as RFC 5545 writes it. Days are all-day events, so that no time zone can move a last day; lines are folded at
 * 75 octets without cutting a character.
 */

/** An all-day event; `uid` never changes for the same matter, so that calendars move it instead of doubling it. */
export type CalendarEvent = Readonly<{
  uid: string
  on: LocalDate
  summary: string
  description: string
  /** Words by which calendars colour it. */
  category: string
  /** Days before at which to sound, at nine in the morning; 0 is the day itself. */
  alarmDaysBefore: readonly number[]
}>

export function calendarText({
  name,
  stampedOn,
  events,
}: {
  name: string
  /** Day of the content: the same content on the same day is the same text. */
  stampedOn: LocalDate
  events: readonly CalendarEvent[]
}): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Yunbao//Duties//ZH',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT6H',
    'X-PUBLISHED-TTL:PT6H',
    ...events.flatMap((event) => eventLines(event, stampedOn)),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

function eventLines({ uid, on, summary, description, category, alarmDaysBefore }: CalendarEvent, stampedOn: LocalDate) {
  return [
    'BEGIN:VEVENT',
    `UID:${escaped(uid)}`,
    `DTSTAMP:${compact(stampedOn)}T000000Z`,
    `DTSTART;VALUE=DATE:${compact(on)}`,
    // The end of an all-day event is the day after it.
    `DTEND;VALUE=DATE:${compact(addDays(on, 1))}`,
    `SUMMARY:${escaped(summary)}`,
    `DESCRIPTION:${escaped(description)}`,
    `CATEGORIES:${escaped(category)}`,
    'TRANSP:TRANSPARENT',
    'CLASS:PRIVATE',
    ...alarmDaysBefore.flatMap((days) => [
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `DESCRIPTION:${escaped(summary)}`,
      `TRIGGER:${days === 0 ? 'PT9H' : `-P${days - 1}DT15H`}`,
      'END:VALARM',
    ]),
    'END:VEVENT',
  ]
}

const compact = (date: LocalDate) => date.replaceAll('-', '')

/** Text as a property value: backslash, comma, semicolon and line ends are written out (RFC 5545, 3.3.11). */
export function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll(';', '\\;')
    .replaceAll(',', '\\,')
    .replace(/\r\n|\r|\n/g, '\\n')
}

/** Folds a line so that none is longer than 75 octets of UTF-8; no character is cut (RFC 5545, 3.1). */
export function folded(line: string): string {
  const parts: string[] = []
  let part = ''
  let octets = 0
  for (const character of line) {
    const size = octetsOf(character)
    // Lines after the first begin with the space that marks them.
    const room = parts.length === 0 ? 75 : 74
    if (octets + size > room) {
      parts.push(part)
      part = ''
      octets = 0
    }
    part += character
    octets += size
  }
  parts.push(part)
  return parts.join('\r\n ')
}

function octetsOf(character: string): number {
  const point = character.codePointAt(0) ?? 0
  if (point < 0x80) return 1
  if (point < 0x800) return 2
  return point < 0x10000 ? 3 : 4
}
