import { addWorkdays, type WorkCalendar } from '#kernel/pure/calendar.ts'
import { addDays, formatChineseDate, type LocalDate } from '#kernel/pure/local-date.ts'
import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'
import { mostOrgans } from '../model.ts'
import { checkSecrecy } from './secrecy.ts'

/** Longest time for opinions; a later day is a slip of the pen. */
const longestDays = 366

/** How many working days or months, with where the figure is from. */
export type Term = Readonly<{ count: number; citation: string }>

export type OpeningFacts = Readonly<{
  title: string
  text: string
  organId: string
  /** Who is to be asked, and those who may be: organs of the level and authorities below it. */
  organIds: readonly string[]
  known: ReadonlySet<string>
  opinionsUntil: LocalDate
}>

/** The first day that may be the last for opinions: that many working days after today (parameter `consultation.opinion-workdays`). */
export function earliestLastDay(today: LocalDate, term: Term, calendar: WorkCalendar, region: string): LocalDate {
  return addWorkdays(today, term.count, calendar, region)
}

/** May the consultation be opened so (norms A9-1, A44-1). All reasons at once. */
export function mayOpen(
  facts: OpeningFacts,
  when: { today: LocalDate; calendar: WorkCalendar; region: string; term: Term },
): Verdict {
  const earliest = earliestLastDay(when.today, when.term, when.calendar, when.region)
  const latest = addDays(when.today, longestDays)
  const strangers = facts.organIds.filter((id) => !facts.known.has(id) && id !== facts.organId)
  return allOf(
    provided(facts.organIds.length > 0, {
      code: 'nobody-asked',
      message: '没有选择征求意见的机关。',
      basis: law.opinionsAsked,
      remedy: '请至少选择一个服务保障对象。',
    }),
    provided(facts.organIds.length <= mostOrgans, {
      code: 'too-many-organs',
      message: `一次最多征求${mostOrgans}个机关的意见，现为${facts.organIds.length}个。`,
      remedy: '请分次征求意见。',
    }),
    provided(!facts.organIds.includes(facts.organId), {
      code: 'asked-oneself',
      message: '征求意见的机关中含有发起部门自己。',
      remedy: '请去掉本部门。',
    }),
    provided(strangers.length === 0, {
      code: 'unknown-organ',
      message: `有${strangers.length}个机关不属于本级服务保障对象，也不是下级机关事务管理部门。`,
      basis: law.ownLevel,
      remedy: '请从所列机关中重新选择。',
    }),
    provided(facts.opinionsUntil >= earliest, {
      code: 'term-too-short',
      message: `反馈截止日为${formatChineseDate(facts.opinionsUntil)}，不足${when.term.count}个工作日。`,
      basis: { norm: law.opinionsAsked.norm, citation: `${law.opinionsAsked.citation}；${when.term.citation}` },
      facts: { 最少工作日: when.term.count, 最早截止日: earliest },
      remedy: `请将截止日定在${formatChineseDate(earliest)}或以后。`,
    }),
    provided(facts.opinionsUntil <= latest, {
      code: 'term-too-long',
      message: `反馈截止日为${formatChineseDate(facts.opinionsUntil)}，晚于一年。`,
      remedy: `请核对年份，截止日应在${formatChineseDate(latest)}以前。`,
    }),
    checkSecrecy([
      ['标题', facts.title],
      ['征求意见稿', facts.text],
    ]),
  )
}
