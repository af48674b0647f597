import type { LocalDate } from '#kernel/pure/local-date.ts'

/** The same day some months later; where that month has no such day, its last. */
export function monthsLater(date: LocalDate, months: number): LocalDate {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  const count = year * 12 + (month - 1) + months
  const [laterYear, laterMonth] = [Math.floor(count / 12), (count % 12) + 1]
  const last = [31, isLeap(laterYear) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][laterMonth - 1] as number
  return [String(laterYear), pad(laterMonth), pad(Math.min(day, last))].join('-')
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

function pad(number: number): string {
  return String(number).padStart(2, '0')
}

/**
 * When a standard is next to be looked at (A9-2; at least yearly, project default): counted from the day it was set or
 * last looked at.
 */
export function nextLook(setOn: LocalDate, lookedOn: LocalDate | null, months: number): LocalDate {
  return monthsLater(lookedOn !== null && lookedOn > setOn ? lookedOn : setOn, months)
}
