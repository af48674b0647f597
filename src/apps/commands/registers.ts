import { readFile } from 'node:fs/promises'
import { contract as calendar } from '#modules/calendar/contract.ts'
import { contract as ledger } from '#modules/ledger/contract.ts'
import { contract as plans } from '#modules/plans/contract.ts'
import type { Acting, Desk } from './desk.ts'
import { ownLevel } from './finding.ts'
import type { Answer } from './terminal.ts'

export type OpenYearOptions = Acting & {
  jurisdiction: string
  year: number
  opens: string
  closes: string
  reviewUntil: string
  planUntil: string
  standardsOn?: string
}

/** Opens the plan year of the account's level. */
export async function openYear(desk: Desk, options: OpenYearOptions): Promise<Answer> {
  await ownLevel(desk, options.jurisdiction)
  const cycle = await desk.call(plans.openCycle, {
    year: options.year,
    calendar: {
      demandOpensOn: options.opens,
      demandClosesOn: options.closes,
      reviewUntil: options.reviewUntil,
      planUntil: options.planUntil,
    },
    standardsOn: options.standardsOn ?? options.opens,
  })
  return {
    ok: true,
    json: { cycle },
    lines: [
      `已开启${cycle.jurisdictionName}${cycle.year}年度保障计划周期，申报截止 ${cycle.calendar.demandClosesOn}。`,
    ],
  }
}

/** Posts a workbook of payments to the ledger by the operation of the screen; nothing is posted twice. */
export async function importExecutions(desk: Desk, path: string, { year }: Acting & { year: number }): Promise<Answer> {
  const { read, posted, alreadyPosted, problems } = await desk.upload(ledger.importExecutions, { year }, path)
  return {
    ok: problems.length === 0,
    json: { read, posted, alreadyPosted, problems },
    lines: [
      ...problems.map(({ row, column, message }) => `  有误 ${column}${row}：${message}`),
      `读到 ${read} 行，记入台账 ${posted} 行，以前已记 ${alreadyPosted} 行${problems.length > 0 ? `，有误 ${problems.length} 处` : ''}。`,
    ],
  }
}

export type LoadNoticeOptions = Acting & { year: number; document: string; issued: string }

/** Hands a holiday notice in, as its text (.txt) or as a table (.csv); another person confirms it before it counts. */
export async function loadNotice(desk: Desk, path: string, options: LoadNoticeOptions): Promise<Answer> {
  const head = { year: options.year, document: options.document, issuedOn: options.issued }
  const notice = path.toLowerCase().endsWith('.txt')
    ? await desk.call(calendar.loadNotice, { ...head, text: await readFile(path, 'utf8') })
    : await desk.upload(calendar.loadNoticeFile, head, path)
  return {
    ok: true,
    json: { notice },
    lines: [
      `已录入${notice.year}年放假安排，全年工作日 ${notice.workdays} 天，待另一人复核后生效。`,
      ...notice.findings.filter(({ outcome }) => outcome !== 'ok').map(({ message }) => `  提示 ${message}`),
    ],
  }
}
