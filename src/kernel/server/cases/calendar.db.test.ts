import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtInNotices } from '#kernel/pure/calendar-notices.ts'
import { dayOf, isProvisional, isWorkday } from '#kernel/pure/calendar.ts'
import { datesFrom } from '#kernel/pure/local-date.ts'
import { transaction, type Tx } from '#kernel/server/database.ts'
import { newId } from '#kernel/server/identifier.ts'
import { testAct } from '#kernel/testing/act.ts'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import type { CaseRow } from './case-row.ts'
import { currentCalendar, ensureCalendarNotices, insertCalendarDays } from './clock.ts'
import { recomputeDueDates } from './due-dates.ts'
import { caseById, insertCase } from './store.ts'

let database: FreshDatabase
beforeAll(async () => void (database = await freshDatabase()))
afterAll(() => database.drop())

/** Everything in one transaction that is undone. */
async function undone(work: (tx: Tx) => Promise<void>): Promise<void> {
  const undo = new Error('undo')
  await transaction(database.db, async (tx) => {
    await work(tx)
    throw undo
  }).catch((error: unknown) => {
    if (error !== undo) throw error
  })
}

async function insertNotice(
  tx: Tx,
  year: number,
  confirmedBy: string | null = null,
  proposedBy: string | null = null,
): Promise<string> {
  const id = newId()
  await sql`insert into kernel.calendar_notice (id, year, document, issued_on, state, proposed_by, proposed_by_name, proposed_at,
      confirmed_by, confirmed_by_name, confirmed_at)
    values (${id}, ${year}, '测试〔2026〕1号', '2026-11-20', 'confirmed', ${proposedBy}, '甲', now(), ${confirmedBy}, '乙', now())`.execute(
    tx,
  )
  return id
}

const newYearDays = { name: '元旦', from: '2027-01-01', to: '2027-01-03' }
const newYear = [
  { ...newYearDays, makeUp: [] },
  { name: '春节', from: '2027-02-05', to: '2027-02-11', makeUp: ['2027-01-31'] },
]

function clockedCase(given: Partial<CaseRow>): CaseRow {
  return {
    submittedFor: null,
    id: newId(),
    kind: 'test.filing',
    subjectId: newId(),
    title: '某局调整备案',
    applicantOrganId: newId(),
    jurisdictionCode: '140000',
    state: 'open',
    waitingParty: 'applicant',
    waitingRoles: ['organ-clerk'],
    assignedPersonId: null,
    assignedPersonName: null,
    submittedBy: null,
    step: 0,
    enteredAt: new Date(),
    dueOn: null,
    dueProvisional: false,
    clockFrom: null,
    clockCount: 15,
    clockUnit: 'workdays',
    openedAt: new Date(),
    openedBy: null,
    closedAt: null,
    outcome: null,
    ...given,
  }
}

describe('the calendar in the database', () => {
  it('is loaded from the program once, and gives back exactly what was put in', () =>
    undone(async (tx) => {
      expect(await ensureCalendarNotices(tx)).toBe(builtInNotices.length)
      expect(await ensureCalendarNotices(tx)).toBe(0)
      const { rows } = await sql<{ days: number }>`select count(*)::int as days from kernel.calendar_day`.execute(tx)
      const expected = builtInNotices.flatMap(({ holidays }) =>
        holidays.flatMap(({ from, to, makeUp = [] }) => [...datesFrom(from, to), ...makeUp]),
      )
      expect(rows[0]?.days).toBe(expected.length)
      const calendar = await currentCalendar(tx)
      const workdays = datesFrom('2026-01-01', '2026-12-31').filter((date) => isWorkday(date, calendar))
      expect(workdays).toHaveLength(248)
      expect(dayOf('2022-12-31', calendar)).toMatchObject({
        kind: 'holiday',
        source: expect.stringContaining('2023年'),
      })
    }))

  it('CAL-R01 a year becomes certain in the transaction that loads it, and only there until it commits', () =>
    undone(async (tx) => {
      expect(isProvisional('2027-03-01', await currentCalendar(tx))).toBe(true)
      await insertCalendarDays(tx, await insertNotice(tx, 2027), newYear)
      const changed = await currentCalendar(tx)
      expect(isProvisional('2027-03-01', changed)).toBe(false)
      expect(isWorkday('2027-01-31', changed)).toBe(true)
      await transaction(database.db, async (other) =>
        expect(isProvisional('2027-03-01', await currentCalendar(other))).toBe(true),
      )
      expect(isProvisional('2027-03-01', await currentCalendar(tx))).toBe(false)
    }))

  it('what was rolled back is not remembered', async () => {
    await transaction(database.db, async (tx) =>
      expect(isProvisional('2027-03-01', await currentCalendar(tx))).toBe(true),
    )
  })

  it('a confirmed notice replaces the built-in one of its year and is not loaded over', () =>
    undone(async (tx) => {
      await insertCalendarDays(tx, await insertNotice(tx, 2026), [
        { name: '元旦', from: '2026-01-01', to: '2026-01-01' },
      ])
      expect(isWorkday('2026-02-17', await currentCalendar(tx))).toBe(true)
      expect(await ensureCalendarNotices(tx)).toBe(builtInNotices.length - 1)
      expect(isWorkday('2026-02-17', await currentCalendar(tx))).toBe(true)
    }))

  it('an unchanged calendar is read once', () =>
    undone(async (tx) => {
      expect(await currentCalendar(tx)).toBe(await currentCalendar(tx))
    }))
})

describe('what the database itself refuses', () => {
  it.each([
    [
      'CAL-R03 a weekday as make-up workday',
      (tx: Tx, id: string) => insertCalendarDays(tx, id, [{ ...newYearDays, makeUp: ['2027-01-06'] }]),
      /check constraint/,
    ],
    [
      'CAL-R03 a make-up workday inside the holiday',
      (tx: Tx, id: string) => insertCalendarDays(tx, id, [{ ...newYearDays, makeUp: ['2027-01-02'] }]),
      /calendar_day_pkey/,
    ],
    ['two notices in force for a year', (tx: Tx) => insertNotice(tx, 2027), /calendar_notice_in_force/],
    [
      'a day changed afterwards',
      async (tx: Tx, id: string) => {
        await insertCalendarDays(tx, id, newYear)
        await sql`update kernel.calendar_day set day = '2027-01-09' where notice_id = ${id}`.execute(tx)
      },
      /permission denied/,
    ],
  ])('%s', (_, act, reason) =>
    undone(async (tx) => {
      const id = await insertNotice(tx, 2027)
      await expect(act(tx, id)).rejects.toThrow(reason)
    }),
  )

  it('CAL-R02 one person proposing and confirming', () =>
    undone(async (tx) => {
      const one = newId()
      await expect(insertNotice(tx, 2027, one, one)).rejects.toThrow(/check constraint/)
    }))
})

describe('due dates after the calendar changed', () => {
  const today = '2027-01-08'
  it('provisional ones are reckoned anew, recorded and told', () =>
    undone(async (tx) => {
      const provisional = clockedCase({ dueOn: '2027-02-09', dueProvisional: true, clockFrom: '2027-01-19' })
      const closed = clockedCase({
        ...provisional,
        id: newId(),
        subjectId: newId(),
        waitingParty: null,
        closedAt: new Date(),
        outcome: 'done',
      })
      const given = clockedCase({ dueOn: '2027-02-09', clockCount: null, clockUnit: null })
      for (const row of [provisional, closed, given]) await insertCase(tx, row)
      await insertCalendarDays(tx, await insertNotice(tx, 2027), newYear)
      const kind = { kind: { kind: 'test.filing', page: '/test/filings/:subjectId' } }
      const act = testAct({ tx, today, caseKinds: new Map([['test.filing', kind]]) as never })
      const calendar = await currentCalendar(tx)
      expect(await recomputeDueDates(act, calendar)).toBe(1)
      // 20–22, 25–29 January, make-up 31 January, 1–4 February: 13; holiday to 11 February; 12 and 15 February.
      expect(await caseById(tx, provisional.id)).toMatchObject({ dueOn: '2027-02-15', dueProvisional: false })
      expect(await caseById(tx, closed.id)).toMatchObject({ dueOn: '2027-02-09', dueProvisional: true })
      expect(await caseById(tx, given.id)).toMatchObject({ dueOn: '2027-02-09' })
      const { rows: told } = await sql<{
        text: string
        link: string
      }>`select text, link from kernel.notification`.execute(tx)
      expect(told).toEqual([
        {
          text: expect.stringContaining('由2027年2月9日改为2027年2月15日'),
          link: `/test/filings/${provisional.subjectId}`,
        },
      ])
      const { rows: kept } =
        await sql`select before, after from kernel.audit_entry where fact = 'kernel.due-date-moved'`.execute(tx)
      expect(kept).toEqual([
        { before: { dueOn: '2027-02-09', provisional: true }, after: { dueOn: '2027-02-15', provisional: false } },
      ])
      expect(await recomputeDueDates(act, calendar)).toBe(0)
    }))

  it('what passed is not judged again, a certain date not brought forward, nothing moved into the past', () =>
    undone(async (tx) => {
      const passed = clockedCase({ dueOn: '2026-12-31', clockFrom: '2026-12-15' })
      const certain = clockedCase({ dueOn: '2027-01-29', clockFrom: '2026-12-15', clockCount: 15 })
      const late = clockedCase({ dueOn: '2027-01-11', dueProvisional: true, clockFrom: '2026-12-15', clockCount: 15 })
      for (const row of [passed, certain, late]) await insertCase(tx, row)
      await insertCalendarDays(tx, await insertNotice(tx, 2027), newYear)
      expect(await recomputeDueDates(testAct({ tx, today }), await currentCalendar(tx))).toBe(1)
      expect(await caseById(tx, passed.id)).toMatchObject({ dueOn: '2026-12-31' })
      expect(await caseById(tx, certain.id)).toMatchObject({ dueOn: '2027-01-29' })
      expect(await caseById(tx, late.id)).toMatchObject({ dueOn: '2027-01-11', dueProvisional: false })
    }))
})
