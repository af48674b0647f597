import { addDays, daysBetween, formatMonthDay, isLocalDate, type LocalDate } from '#kernel/pure/local-date.ts'
import type { Holiday } from '../model.ts'

/** What could be read of a text, and line by line what could not. */
export type ReadNotice = { holidays: Holiday[]; problems: string[] }

/**
 * Reads the text of a notice as published (一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。),
 * or a table with the columns 日期, 类型 (放假 or 上班), 名称, as CSV or pasted from a sheet.
 */
export function readNotice(text: string, year: number): ReadNotice {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)
  return /^"?日期/.test(lines[0] ?? '') ? readTable(lines.slice(1)) : readWording(lines, year)
}

const item = /^(?:[一二三四五六七八九十]+|\d+)[、.．]\s*([^：:]{1,20})[：:](.*)$/

function readWording(lines: readonly string[], year: number): ReadNotice {
  const holidays: Holiday[] = []
  const problems: string[] = []
  for (const line of lines) {
    const [, name, body] = item.exec(line) ?? []
    if (name === undefined || body === undefined) continue // title, greeting, closing words
    // Weekdays and lunar dates in brackets say nothing new.
    const sentences = body.replace(/[（(][^（()）]*[)）]/g, '').split('。')
    const off = sentences.find((sentence) => sentence.includes('放假') || sentence.includes('休息'))
    const dates = off ? datesIn(off, year) : []
    const [from, to = from] = dates
    if (from === undefined || to === undefined || dates.length > 2) {
      problems.push(`“${name}”的放假日期没有读出来，请核对这一行：${line}`)
      continue
    }
    const told = /共(\d+)天/.exec(off ?? '')?.[1]
    const days = daysBetween(from, to) + 1
    if (told !== undefined && Number(told) !== days)
      problems.push(`“${name}”写明共${told}天，而${formatMonthDay(from)}至${formatMonthDay(to)}为${days}天，请核对。`)
    const makeUp = sentences
      .filter((sentence) => sentence.includes('上班'))
      .flatMap((sentence) => datesIn(sentence, year))
    holidays.push({ name: name.trim(), from, to, makeUp })
  }
  if (holidays.length === 0 && problems.length === 0)
    problems.push(
      '没有读到放假安排。请粘贴通知正文（如“一、元旦：1月1日至3日放假，共3天。”），或带“日期，类型，名称”表头的表格。',
    )
  return { holidays, problems }
}

/** Dates of a sentence in order; a missing month or year is the one said before. */
function datesIn(sentence: string, year: number): LocalDate[] {
  let inYear = year
  let inMonth = 0
  return [...sentence.matchAll(/(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日/g)].flatMap(([, ownYear, month, day]) => {
    inYear = ownYear ? Number(ownYear) : inYear
    inMonth = month ? Number(month) : inMonth
    // 2022年12月31日至1月2日: a month that goes back begins the year after.
    if (!ownYear && month && inYear < year && inMonth < 12) inYear = year
    const date = `${inYear}-${String(inMonth).padStart(2, '0')}-${String(day).padStart(2, '0')}`
    return isLocalDate(date) ? [date] : []
  })
}

function readTable(lines: readonly string[]): ReadNotice {
  const holidays: Holiday[] = []
  const problems: string[] = []
  const makeUps: { row: number; name: string; date: LocalDate }[] = []
  for (const [index, line] of lines.entries()) {
    const row = index + 2
    const [written = '', kind = '', name = ''] = line
      .split(/[,，\t]/)
      .map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
    const date = written.replace(/[/.](?=\d)/g, '-').replace(/-(\d)(?!\d)/g, '-0$1')
    if (!isLocalDate(date)) problems.push(`第 ${row} 行“日期”应为 2027-01-01 这样的有效日期，现为“${written}”。`)
    else if (name === '') problems.push(`第 ${row} 行“名称”没有填写，应为节日名称，如“春节”。`)
    else if (kind === '上班') makeUps.push({ row, name, date })
    else if (kind !== '放假') problems.push(`第 ${row} 行“类型”应为“放假”或“上班”，现为“${kind}”。`)
    else {
      const last = holidays.find((holiday) => holiday.name === name && addDays(holiday.to, 1) === date)
      if (last) last.to = date
      else holidays.push({ name, from: date, to: date, makeUp: [] })
    }
  }
  for (const { row, name, date } of makeUps) {
    const holiday = holidays.find((one) => one.name === name)
    if (holiday) holiday.makeUp.push(date)
    else problems.push(`第 ${row} 行上班日的“名称”为“${name}”，而表中没有这个节日的放假日期。`)
  }
  return { holidays, problems }
}
