import { z } from 'zod'

/** A plain date YYYY-MM-DD of Asia/Shanghai; never an instant. */
export type LocalDate = string

export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const [year, month, day] = text.split('-').map(Number) as [number, number, number]
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

export const LocalDateSchema = z
  .string()
  .refine(isLocalDate, '日期应为 2026-03-12 这样的有效日期。')
  .meta({ format: 'date' })

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Calendar date of an instant in Asia/Shanghai (+08:00, no daylight saving). */
export function localDateOf(instant: { getTime(): number; toISOString(): string }): LocalDate {
  const shifted = instant.getTime() + 8 * 3_600_000
  return fromDayNumber(Math.floor(shifted / 86_400_000))
}

export function dayNumber(date: LocalDate): number {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468
}

function fromDayNumber(number: number): LocalDate {
  const z0 = number + 719468
  const era = Math.floor(z0 / 146097)
  const dayOfEra = z0 - era * 146097
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36524) + Math.floor(dayOfEra / 146096)
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return localDate(year, month, day)
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return fromDayNumber(dayNumber(date) + days)
}

/**
 * The day of the same number so many months later; where that month is shorter, its last day
 * (《中华人民共和国民法典》 Art. 202): 2026-01-31 and 1 month is 2026-02-28.
 */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  const counted = year * 12 + month - 1 + months
  const [toYear, toMonth] = [Math.floor(counted / 12), (((counted % 12) + 12) % 12) + 1]
  return localDate(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)))
}

export function localDate(year: number, month: number, day: number): LocalDate {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumber(to) - dayNumber(from)
}

/** 2026年3月12日, as documents print it. */
export function formatChineseDate(date: LocalDate): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${year}年${month}月${day}日`
}

/** 3月12日, where the year is plain. */
export function formatMonthDay(date: LocalDate): string {
  const [, month, day] = date.split('-').map(Number)
  return `${month}月${day}日`
}

export function yearOf(date: LocalDate): number {
  return Number(date.slice(0, 4))
}

/** Day of the week after ISO 8601: Monday 1 … Sunday 7. */
export function weekdayOf(date: LocalDate): number {
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1
}

/** Every date from `from` to `to`, both included; empty when `to` is earlier. */
export function datesFrom(from: LocalDate, to: LocalDate): LocalDate[] {
  const first = dayNumber(from)
  return Array.from({ length: Math.max(0, dayNumber(to) - first + 1) }, (_, index) => fromDayNumber(first + index))
}
