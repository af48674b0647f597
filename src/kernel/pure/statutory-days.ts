import { addDays, type LocalDate } from './local-date.ts'

/** 《全国年节及纪念日放假办法》: 13 days since 2025 (国务院令第795号), 11 before (国务院令第644号). */
export const statutoryDaysCitation = '《全国年节及纪念日放假办法》'

const thirteenDaysSince = 2025

/** 春节 (first of the first lunar month), 清明, 端午, 中秋 as month-day; lunar dates are astronomy, so they are data. */
const lunarDays: Readonly<Record<number, readonly [string, string, string, string]>> = {
  2020: ['01-25', '04-04', '06-25', '10-01'],
  2021: ['02-12', '04-04', '06-14', '09-21'],
  2022: ['02-01', '04-05', '06-03', '09-10'],
  2023: ['01-22', '04-05', '06-22', '09-29'],
  2024: ['02-10', '04-04', '06-10', '09-17'],
  2025: ['01-29', '04-04', '05-31', '10-06'],
  2026: ['02-17', '04-05', '06-19', '09-25'],
  2027: ['02-06', '04-05', '06-09', '09-15'],
  2028: ['01-26', '04-04', '05-28', '10-03'],
  2029: ['02-13', '04-04', '06-16', '09-22'],
  2030: ['02-03', '04-05', '06-05', '09-12'],
  2031: ['01-23', '04-05', '06-24', '10-01'],
  2032: ['02-11', '04-04', '06-12', '09-19'],
  2033: ['01-31', '04-04', '06-01', '09-08'],
  2034: ['02-19', '04-05', '06-20', '09-27'],
  2035: ['02-08', '04-05', '06-10', '09-16'],
  2036: ['01-28', '04-04', '05-30', '10-04'],
  2037: ['02-15', '04-04', '06-18', '09-24'],
  2038: ['02-04', '04-05', '06-07', '09-13'],
  2039: ['01-24', '04-05', '05-27', '10-02'],
  2040: ['02-12', '04-04', '06-14', '09-20'],
}

/** The days off that the law itself names in a year, by date; lunar ones as far as their dates are known here. */
export function statutoryDays(year: number): ReadonlyMap<LocalDate, string> {
  const days = computed.get(year) ?? statutoryDaysOf(year)
  computed.set(year, days)
  return days
}

const computed = new Map<number, ReadonlyMap<LocalDate, string>>()

function statutoryDaysOf(year: number): ReadonlyMap<LocalDate, string> {
  const generous = year >= thirteenDaysSince
  const days = new Map<LocalDate, string>([[`${year}-01-01`, '元旦']])
  for (const day of generous ? ['05-01', '05-02'] : ['05-01']) days.set(`${year}-${day}`, '劳动节')
  for (const day of ['10-01', '10-02', '10-03']) days.set(`${year}-${day}`, '国庆节')
  const lunar = lunarDays[year]
  if (!lunar) return days
  const [spring, tombs, dragonBoat, midAutumn] = lunar.map((day) => `${year}-${day}`) as [
    string,
    string,
    string,
    string,
  ]
  // Since 2025 the eve 除夕 counts as well.
  for (let offset = generous ? -1 : 0; offset <= 2; offset++) days.set(addDays(spring, offset), '春节')
  days.set(tombs, '清明节')
  days.set(dragonBoat, '端午节')
  days.set(midAutumn, days.has(midAutumn) ? '国庆节、中秋节' : '中秋节')
  return days
}
