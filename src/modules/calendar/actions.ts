import { readFile } from 'node:fs/promises'
import { dayOf, isProvisional, isWorkday, makeCalendar, workdaysBetween } from '#kernel/pure/calendar.ts'
import { daysLeft, statutoryDeadline } from '#kernel/pure/deadline.ts'
import { addDays, datesFrom, daysBetween, weekdayOf } from '#kernel/pure/local-date.ts'
import { mayOf, verdictOf } from '#kernel/pure/verdict.ts'
import { currentCalendar } from '#kernel/server/cases/clock.ts'
import { recomputeDueDates } from '#kernel/server/cases/due-dates.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { BadInput, found, insist, permit, Refused } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { record } from '#kernel/server/record.ts'
import type { contract } from './contract.ts'
import type { Holiday, Notice, NoticeDraft, Override } from './model.ts'
import { can } from './policy.ts'
import { noticeFindings, overrideFindings, workdaysOf } from './rules.ts'
import { readNotice } from './rules/notice-text.ts'
import {
  allNotices,
  confirmOverride,
  insertNotice,
  insertOverride,
  lockNotice,
  lockOverride,
  noticeOfYear,
  overridesOf,
  putInForce,
  withdrawNotice,
  withdrawOverride,
} from './store.ts'

/** Longest span whose days are listed one by one. */
const longestSpanDays = 3660

export const actions: ActionsOf<typeof contract> = {
  async viewYear(act) {
    const { tx, actor, input } = act
    const { year } = input
    const top = await topOf(act)
    const code = await regionOf(act, input.jurisdictionCode)
    const calendar = await currentCalendar(tx)
    const days = datesFrom(`${year}-01-01`, `${year}-12-31`).map((date) => dayOf(date, calendar, code))
    const working = days.filter(({ date }) => isWorkday(date, calendar, code))
    const workdaysByMonth = Array.from(
      { length: 12 },
      (_, month) => working.filter(({ date }) => Number(date.slice(5, 7)) === month + 1).length,
    )
    const [notice, waiting] = [await noticeOfYear(tx, year, 'confirmed'), await noticeOfYear(tx, year, 'proposed')]
    const overrides = await overridesOf(tx, lineage(code), year)
    return {
      year,
      jurisdictionCode: code,
      provisional: isProvisional(`${year}-06-30`, calendar),
      workdays: working.length,
      workdaysByMonth,
      days,
      notice: notice && noticeView(act, notice, top),
      waiting: waiting && noticeView(act, waiting, top),
      overrides: overrides.map((override) => overrideView(act, override)),
      may: { loadNotice: mayOf(can.loadNotice(actor, top)), addOverride: mayOf(can.addOverride(actor, code)) },
    }
  },

  async notices(act) {
    const top = await topOf(act)
    return { items: (await allNotices(act.tx)).map((notice) => noticeView(act, notice, top)) }
  },

  async deadline(act) {
    const { tx, today, input } = act
    const { from, count, unit } = input
    const calendar = await currentCalendar(tx)
    const region = await regionOf(act, input.jurisdictionCode)
    const due = statutoryDeadline({ from, duration: { unit, count }, calendar, region })
    return { ...due, exceptions: [...due.exceptions], daysLeft: daysLeft(today, due.dueOn, calendar, region) }
  },

  async workdaysBetween(act) {
    const { from, to } = act.input
    if (Math.abs(daysBetween(from, to)) > longestSpanDays)
      throw new BadInput([{ pointer: '/to', message: '两个日期相距不能超过十年。' }])
    const calendar = await currentCalendar(act.tx)
    const region = await regionOf(act, act.input.jurisdictionCode)
    const [first, last] = from <= to ? [from, to] : [to, from]
    const days = datesFrom(addDays(first, 1), last).map((date) => dayOf(date, calendar, region))
    return {
      workdays: workdaysBetween(from, to, calendar, region),
      provisional: days.some(({ provisional }) => provisional),
      exceptions: days.filter(({ date }) => isWorkday(date, calendar, region) === weekdayOf(date) >= 6),
    }
  },

  async loadNotice(act) {
    const { holidays, text, ...head } = act.input
    permit(can.loadNotice(act.actor, await topOf(act)))
    return propose(act, head, holidays ?? holidaysIn(text ?? '', head.year, '/text'))
  },

  async loadNoticeFile(act) {
    const { file, ...head } = act.input
    permit(can.loadNotice(act.actor, await topOf(act)))
    return propose(act, head, holidaysIn(textOf(await readFile(file.path)), head.year, '/file'))
  },

  async confirmNotice(act) {
    const notice = found(await lockNotice(act.tx, act.input.noticeId), '放假安排通知')
    const top = await topOf(act)
    permit(can.confirmNotice(act.actor, top, notice))
    const before = await noticeOfYear(act.tx, notice.year, 'confirmed')
    await putInForce(act.tx, notice, { personId: act.actor.personId, name: act.actor.name, at: act.now })
    const confirmed: Notice = { ...notice, state: 'confirmed', confirmedByName: act.actor.name, confirmedAt: act.now }
    await record(act, 'calendar.notice-confirmed', {
      subject: noticeSubject(notice),
      before,
      after: confirmed,
      basis: noticeFindings(notice, act.today),
    })
    return {
      notice: noticeView(act, confirmed, top),
      dueDatesChanged: await recomputeDueDates(act, await currentCalendar(act.tx)),
    }
  },

  async withdrawNotice(act) {
    const notice = found(await lockNotice(act.tx, act.input.noticeId), '放假安排通知')
    const top = await topOf(act)
    permit(can.withdrawNotice(act.actor, top, notice))
    await withdrawNotice(act.tx, notice.id)
    const withdrawn: Notice = { ...notice, state: 'withdrawn' }
    await record(act, 'calendar.notice-withdrawn', { subject: noticeSubject(notice), before: notice, after: withdrawn })
    return noticeView(act, withdrawn, top)
  },

  async addOverride(act) {
    const { tx, actor, now, input } = act
    permit(can.addOverride(actor, input.jurisdictionCode))
    const findings = overrideFindings(input, await currentCalendar(tx))
    insist(verdictOf(findings))
    const override: Override = {
      ...input,
      id: newId(),
      state: 'proposed',
      proposedBy: found(actor.personId, '登记人'),
      proposedByName: actor.name,
      proposedAt: now,
      confirmedByName: null,
      confirmedAt: null,
    }
    await insertOverride(tx, override)
    await record(act, 'calendar.override-added', {
      subject: overrideSubject(override),
      after: override,
      basis: findings,
    })
    return overrideView(act, override)
  },

  async confirmOverride(act) {
    const override = found(await lockOverride(act.tx, act.input.overrideId), '本地安排')
    permit(can.confirmOverride(act.actor, override))
    // Between entering and confirming, a notice may have made it idle or wrong.
    insist(verdictOf(overrideFindings(override, await currentCalendar(act.tx))))
    await confirmOverride(act.tx, override.id, { personId: act.actor.personId, name: act.actor.name, at: act.now })
    const confirmed: Override = {
      ...override,
      state: 'confirmed',
      confirmedByName: act.actor.name,
      confirmedAt: act.now,
    }
    await record(act, 'calendar.override-confirmed', {
      subject: overrideSubject(override),
      before: override,
      after: confirmed,
    })
    return {
      override: overrideView(act, confirmed),
      dueDatesChanged: await recomputeDueDates(act, await currentCalendar(act.tx)),
    }
  },

  async withdrawOverride(act) {
    const override = found(await lockOverride(act.tx, act.input.overrideId), '本地安排')
    permit(can.withdrawOverride(act.actor, override))
    await withdrawOverride(act.tx, override.id)
    const withdrawn: Override = { ...override, state: 'withdrawn' }
    await record(act, 'calendar.override-withdrawn', {
      subject: overrideSubject(override),
      before: override,
      after: withdrawn,
    })
    return overrideView(act, withdrawn)
  },
}

/** Enters a notice; it counts once another person has confirmed it (CAL-R02). */
async function propose(act: Act, head: Omit<NoticeDraft, 'holidays'>, holidays: Holiday[]) {
  const { tx, actor, now, today } = act
  const findings = noticeFindings({ ...head, holidays }, today)
  insist(verdictOf(findings))
  const notice: Notice = {
    ...head,
    holidays,
    id: newId(),
    note: null,
    state: 'proposed',
    proposedBy: found(actor.personId, '录入人'),
    proposedByName: actor.name,
    proposedAt: now,
    confirmedByName: null,
    confirmedAt: null,
  }
  if (!(await insertNotice(tx, notice))) throw new Refused([alreadyWaiting(head.year)])
  await record(act, 'calendar.notice-loaded', { subject: noticeSubject(notice), after: notice, basis: findings })
  return noticeView(act, notice, await topOf(act))
}

function alreadyWaiting(year: number) {
  return {
    code: 'notice-waiting',
    message: `${year}年已有一份放假安排通知待复核。`,
    basis: null,
    facts: { 年度: year },
    remedy: '请先复核或撤回那一份，再录入新的。',
  }
}

function holidaysIn(text: string, year: number, pointer: string): Holiday[] {
  const { holidays, problems } = readNotice(text, year)
  if (problems.length > 0) throw new BadInput(problems.map((message) => ({ pointer, message })))
  return holidays
}

/** Spreadsheets on Chinese Windows write CSV in GB 18030; everything else is UTF-8. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** Code of the level that keeps the national calendar; null before any authority is registered. */
async function topOf({ tx, directory, today }: Pick<Act, 'tx' | 'directory' | 'today'>): Promise<string | null> {
  return (await directory.topAuthority(tx, today))?.jurisdictionCode ?? null
}

/** Where days are counted: as asked, else where the actor acts, else on the highest level. */
async function regionOf(
  act: Pick<Act, 'actor' | 'tx' | 'directory' | 'today'>,
  code: string | undefined,
): Promise<string> {
  const region = code ?? act.actor.organ?.jurisdictionCode ?? (await topOf(act))
  if (region === null) throw new BadInput([{ pointer: '/jurisdictionCode', message: '请填写行政区划代码。' }])
  return region
}

function lineage(code: string): string[] {
  return [...new Set([code, `${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`])]
}

function noticeView({ actor, today }: Act, { proposedBy, ...notice }: Notice, top: string | null) {
  const { year, document, issuedOn, holidays } = notice
  const waiting = notice.state === 'proposed'
  return {
    ...notice,
    workdays: workdaysOf(year, makeCalendar([{ year, document, issuedOn, holidays }])),
    findings: waiting ? noticeFindings(notice, today) : [],
    may: {
      confirm: mayOf(can.confirmNotice(actor, top, { ...notice, proposedBy })),
      withdraw: mayOf(can.withdrawNotice(actor, top, { ...notice, proposedBy })),
    },
  }
}

function overrideView({ actor }: Act, { proposedBy, ...override }: Override) {
  return {
    ...override,
    may: {
      confirm: mayOf(can.confirmOverride(actor, { ...override, proposedBy })),
      withdraw: mayOf(can.withdrawOverride(actor, { ...override, proposedBy })),
    },
  }
}

const noticeSubject = ({ id }: Notice) => ({ kind: 'calendar.notice', id })
const overrideSubject = ({ id }: Override) => ({ kind: 'calendar.override', id })
