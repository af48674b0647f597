import { isWorkday, makeCalendar, type WorkCalendar } from '#kernel/pure/calendar.ts'
import {
  datesFrom,
  formatChineseDate,
  formatMonthDay,
  weekdayOf,
  yearOf,
  type LocalDate,
} from '#kernel/pure/local-date.ts'
import { statutoryDays } from '#kernel/pure/statutory-days.ts'
import type { Basis, Finding, Outcome } from '#kernel/pure/verdict.ts'
import { law } from './law.ts'
import type { NoticeDraft, OverrideDraft } from './model.ts'

/** How many working days a year has had with the statutory days in force (facts area 8.3): beyond it, look again. */
const usualWorkdays = { least: 245, most: 253 }

/** Longest break that was ever arranged is 10 days; beyond this a date was mistyped. */
const longestHolidayDays = 15

/** Everything wrong or odd with a notice as entered (CAL-R02, CAL-R03, facts area 8.3). */
export function noticeFindings(draft: NoticeDraft, today: LocalDate): Finding[] {
  const { year, document, issuedOn, holidays } = draft
  const found: Finding[] = []
  if (!/〔\d{4}〕\d+号/.test(document))
    found.push(
      finding(
        'CAL-R02',
        'block',
        'document',
        law.notice,
        `文号“${document}”不完整。`,
        '请填写通知的完整文号，如“国办发明电〔2025〕7号”。',
      ),
    )
  if (issuedOn > today)
    found.push(
      finding(
        'CAL-R02',
        'block',
        'issuedOn',
        law.notice,
        `印发日期${formatChineseDate(issuedOn)}在今天之后。`,
        '通知印发后再录入。',
      ),
    )
  const taken = new Map<LocalDate, string>()
  for (const { name, from, to } of holidays) {
    const days = datesFrom(from, to)
    if (days.length === 0 || days.length > longestHolidayDays)
      found.push(
        block(
          'holidays',
          `“${name}”的放假日期${formatMonthDay(from)}至${formatMonthDay(to)}不合理。`,
          '请核对起止日期。',
        ),
      )
    if (yearOf(to) !== year || (yearOf(from) !== year && !from.startsWith(`${year - 1}-12`)))
      found.push(
        block(
          'holidays',
          `“${name}”的放假日期${formatChineseDate(from)}至${formatChineseDate(to)}不在${year}年。`,
          '请核对年度和日期；元旦可以从上年12月开始。',
        ),
      )
    const twice = days.find((date) => taken.has(date))
    if (twice)
      found.push(
        block(
          'holidays',
          `${formatMonthDay(twice)}同时列入“${taken.get(twice)}”和“${name}”。`,
          '请把每一天只列入一个假期。',
        ),
      )
    for (const date of days) taken.set(date, name)
  }
  found.push(...makeUpFindings(draft, taken))
  if (found.some(({ outcome }) => outcome === 'block')) return found
  return [...found, ...plausibility(draft)]
}

function makeUpFindings({ year, holidays }: NoticeDraft, taken: ReadonlyMap<LocalDate, string>): Finding[] {
  const found: Finding[] = []
  const seen = new Set<LocalDate>()
  for (const date of holidays.flatMap(({ makeUp }) => makeUp)) {
    if (taken.has(date))
      found.push(
        block(
          'holidays',
          `${formatMonthDay(date)}是“${taken.get(date)}”的放假日，不能又是调休上班日。`,
          '请核对通知原文。',
        ),
      )
    else if (weekdayOf(date) < 6)
      found.push(block('holidays', `${formatMonthDay(date)}不是周六或周日，不能列为调休上班日。`, '请核对年度和日期。'))
    if (seen.has(date))
      found.push(block('holidays', `调休上班日${formatMonthDay(date)}列了两次。`, '请删去重复的一处。'))
    if (yearOf(date) !== year && !date.startsWith(`${year - 1}-12`))
      found.push(block('holidays', `调休上班日${formatChineseDate(date)}不在${year}年。`, '请核对年度和日期。'))
    seen.add(date)
  }
  return found
}

/** Checked once the days fit together: every day off that the law names is off, and the year has a usual number of working days. */
function plausibility(draft: NoticeDraft): Finding[] {
  const found: Finding[] = []
  const calendar = makeCalendar([draft])
  const missing = [...statutoryDays(draft.year)]
    .filter(([date]) => isWorkday(date, calendar))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  if (missing.length > 0) {
    const days = missing.map(([date, name]) => `${formatMonthDay(date)}（${name}）`).join('、')
    found.push(
      finding(
        'CAL-R03',
        'block',
        'holidays',
        law.statutoryDays,
        `法定节假日${days}没有列为放假。`,
        '请与通知原文核对，补上漏录的假期。',
      ),
    )
  }
  const workdays = workdaysOf(draft.year, calendar)
  if (workdays < usualWorkdays.least || workdays > usualWorkdays.most)
    found.push(
      finding(
        'CAL-R02',
        'warn',
        'holidays',
        law.notice,
        `按此安排全年${workdays}个工作日，通常为${usualWorkdays.least}至${usualWorkdays.most}个。`,
        '请核对是否漏录放假日或调休上班日。',
      ),
    )
  return found
}

/** How many working days a year has; national, or as a jurisdiction counts. */
export function workdaysOf(year: number, calendar: WorkCalendar, region?: string): number {
  return datesFrom(`${year}-01-01`, `${year}-12-31`).filter((date) => isWorkday(date, calendar, region)).length
}

/** The notice has lately come between 25 October and 8 December; from then on somebody must ask for it (facts area 8.3). */
const askFrom = { weekly: '11-01', daily: '12-20' }

/**
 * The coming year when its notice is missing and today is a day to say so: Mondays from November on, every day from
 * 20 December on. The present year is asked for every day.
 */
export function missingYear(today: LocalDate, calendar: WorkCalendar): { year: number; urgent: boolean } | null {
  const year = yearOf(today)
  if (!calendar.confirmedYears.has(year)) return { year, urgent: true }
  const monthDay = today.slice(5)
  if (monthDay < askFrom.weekly || calendar.confirmedYears.has(year + 1)) return null
  if (monthDay >= askFrom.daily) return { year: year + 1, urgent: true }
  return weekdayOf(today) === 1 ? { year: year + 1, urgent: false } : null
}

/** Everything wrong with a local exception as entered: it must change something, and say each day once (CAL-R02). */
export function overrideFindings(draft: OverrideDraft, calendar: WorkCalendar): Finding[] {
  const { daysOff, workdays, jurisdictionCode } = draft
  const found: Finding[] = []
  const all = [...daysOff, ...workdays]
  if (all.length === 0) found.push(block('daysOff', '没有填写任何日期。', '请至少填写一个放假日或上班日。'))
  for (const date of new Set(all.filter((one, index) => all.indexOf(one) !== index)))
    found.push(block('daysOff', `${formatChineseDate(date)}填写了两次。`, '请把每一天只填写一处。'))
  for (const date of daysOff)
    if (!isWorkday(date, calendar, jurisdictionCode))
      found.push(block('daysOff', `${formatChineseDate(date)}本来就不上班。`, '请删去这一天。'))
  for (const date of workdays)
    if (isWorkday(date, calendar, jurisdictionCode))
      found.push(block('workdays', `${formatChineseDate(date)}本来就上班。`, '请删去这一天。'))
  return found
}

function block(field: string, message: string, remedy: string): Finding {
  return finding('CAL-R03', 'block', field, law.notice, message, remedy)
}

function finding(
  rule: string,
  outcome: Outcome,
  field: string,
  basis: Basis,
  message: string,
  remedy: string,
): Finding {
  return { rule, outcome, basis, field, message, remedy, facts: {}, parameters: [], steps: [] }
}
