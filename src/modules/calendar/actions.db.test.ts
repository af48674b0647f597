import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor, Level, Role } from '#kernel/pure/actor.ts'
import { isProvisional } from '#kernel/pure/calendar.ts'
import type { ParsedInputOf } from '#kernel/pure/contract.ts'
import { currentCalendar, ensureCalendarNotices } from '#kernel/server/cases/clock.ts'
import { transaction } from '#kernel/server/database.ts'
import { BadInput, Forbidden, Missing, Refused } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { emptyDirectory, testAct, testActor, testCtx } from '#kernel/testing/act.ts'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import { actions } from './actions.ts'
import { contract } from './contract.ts'
import { remindKeepers } from './jobs.ts'

const today = '2026-11-23'
const text = `一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日至11日放假调休，共7天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月3日至5日放假，共3天。
四、劳动节：5月1日至5日放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日放假1天。
六、中秋节：9月15日放假1天。
七、国庆节：10月1日至7日放假调休，共7天。10月9日（周六）上班。`
const draft = { year: 2027, document: '国办发明电〔2026〕99号', issuedOn: '2026-11-20' }

const organ = (level: Level, code: string) => ({
  id: newId(),
  name: '机关事务管理局',
  jurisdictionCode: code,
  jurisdictionName: '',
  level,
  parts: ['authority' as const],
})
const province = organ('province', '140000')
const county = organ('county', '140121')
const leader = testActor(province, ['authority-leader'], { name: '局长' })
const administrator = testActor(province, ['system-administrator'], { name: '系统管理员' })
const clerk = testActor(province, ['organ-clerk'])
const countyPeople = (['plan-reviewer', 'authority-leader'] as Role[]).map((role) =>
  testActor(county, [role], { name: role }),
)

/** The province is the highest level here. */
const directory = { ...emptyDirectory, topAuthority: async () => province }

let database: FreshDatabase
beforeAll(async () => void (database = await freshDatabase()))
afterAll(() => database.drop())
beforeEach(() =>
  transaction(database.db, async (tx) => {
    await ensureCalendarNotices(tx)
  }),
)

const table2028 = [
  '日期,类型,名称',
  '2028-01-01,放假,元旦',
  ...['25', '26', '27', '28'].map((day) => `2028-01-${day},放假,春节`),
  '2028-01-22,上班,春节',
  '2028-04-04,放假,清明节',
  '2028-05-01,放假,劳动节',
  '2028-05-02,放假,劳动节',
  '2028-05-28,放假,端午节',
  ...['01', '02', '03'].map((day) => `2028-10-${day},放假,国庆节、中秋节`),
].join('\r\n')

/** The platform reads GB 18030 but does not write it: each character is looked for among the pairs of bytes. */
function inGb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030')
  const bytesOf = new Map<string, number[]>()
  for (let lead = 0xb0; lead <= 0xf7; lead++)
    for (let trail = 0xa1; trail <= 0xfe; trail++)
      bytesOf.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail])
  bytesOf.set('、', [0xa1, 0xa2])
  return Buffer.from([...text].flatMap((letter) => bytesOf.get(letter) ?? [letter.charCodeAt(0)]))
}

type Actions = typeof actions
/** One act in its own transaction, its input checked by the contract and its answer too, as the server does. */
async function act<N extends keyof Actions>(actor: Actor, name: N, input: Record<string, unknown>) {
  const parsed = contract[name].input.parse(input) as ParsedInputOf<(typeof contract)[N]>
  const answer = await transaction(database.db, (tx) =>
    actions[name](testCtx({ tx, actor, today, directory }, parsed) as never),
  )
  return contract[name].output.parse(answer) as never as Awaited<ReturnType<Actions[N]>>
}
const provisional2027 = () =>
  transaction(database.db, async (tx) => isProvisional('2027-05-20', await currentCalendar(tx)))
const facts = async () =>
  (
    await transaction(database.db, (tx) =>
      sql<{ fact: string }>`select fact from kernel.audit_entry where fact like 'calendar.%' order by id`.execute(tx),
    )
  ).rows.map(({ fact }) => fact)

describe('a new year', () => {
  it('is refused from those who do not keep the calendar, and when it cannot be read or is wrong', async () => {
    await expect(act(clerk, 'loadNotice', { ...draft, text })).rejects.toThrow(Forbidden)
    await expect(act(countyPeople[1] as Actor, 'loadNotice', { ...draft, text })).rejects.toThrow(Forbidden)
    await expect(act(leader, 'loadNotice', { ...draft, text: '一、元旦：放假三天。' })).rejects.toThrow(BadInput)
    await expect(act(leader, 'loadNotice', { ...draft })).rejects.toThrow(BadInput)
    await expect(act(leader, 'loadNotice', { ...draft, document: '无文号', text })).rejects.toThrow(Refused)
    await expect(act(leader, 'confirmNotice', { noticeId: newId() })).rejects.toThrow(Missing)
    expect(await facts()).toEqual([])
  })

  it('CAL-R01 CAL-R02 stays provisional until a second person confirms it; then open cases are reckoned anew', async () => {
    const before = await act(clerk, 'deadline', { from: '2027-01-19', count: 15 })
    expect(before).toMatchObject({ dueOn: '2027-02-11', provisional: true })
    const caseId = newId()
    await transaction(database.db, (tx) =>
      sql`
      insert into kernel.case_item (id, kind, subject_id, title, applicant_organ_id, jurisdiction_code, state, waiting_party, waiting_roles,
        entered_at, due_on, due_provisional, clock_from, clock_count, clock_unit, opened_at)
      values (${caseId}, 'test.filing', ${newId()}, '备案', ${province.id}, '140000', 'open', 'applicant', '{organ-clerk}', now(),
        ${before.dueOn}, true, '2027-01-19', 15, 'workdays', now())`.execute(tx),
    )

    const notice = await act(leader, 'loadNotice', { ...draft, text })
    expect(notice).toMatchObject({ state: 'proposed', workdays: 248, findings: [] })
    expect(await provisional2027()).toBe(true)
    await expect(act(administrator, 'loadNotice', { ...draft, text })).rejects.toThrow('已有一份放假安排通知待复核')
    await expect(act(leader, 'confirmNotice', { noticeId: notice.id })).rejects.toThrow('不能自己复核')
    await expect(act(clerk, 'confirmNotice', { noticeId: notice.id })).rejects.toThrow(Forbidden)

    expect(await act(administrator, 'confirmNotice', { noticeId: notice.id })).toMatchObject({
      notice: { state: 'confirmed' },
      dueDatesChanged: 1,
    })
    expect(await provisional2027()).toBe(false)
    const after = await act(clerk, 'deadline', { from: '2027-01-19', count: 15 })
    expect(after).toMatchObject({ dueOn: '2027-02-15', provisional: false })
    const { rows } = await transaction(database.db, (tx) =>
      sql`select due_on, due_provisional from kernel.case_item where id = ${caseId}`.execute(tx),
    )
    expect(rows).toEqual([{ dueOn: '2027-02-15', dueProvisional: false }])
    expect(await facts()).toEqual(['calendar.notice-loaded', 'calendar.notice-confirmed'])
    await expect(act(administrator, 'confirmNotice', { noticeId: notice.id })).rejects.toThrow('不在待复核状态')
  })

  it('an amendment replaces the notice of the year and leaves the former one readable', async () => {
    const amended = await act(administrator, 'loadNotice', {
      ...draft,
      document: '国办发明电〔2027〕1号',
      text: text.replace('2月20日（周六）', '2月21日（周日）'),
    })
    await act(leader, 'confirmNotice', { noticeId: amended.id })
    const { items } = await act(clerk, 'notices', {})
    expect(items.filter(({ year }) => year === 2027).map(({ document, state }) => [document, state])).toEqual([
      ['国办发明电〔2027〕1号', 'confirmed'],
      [draft.document, 'superseded'],
    ])
    const year = await act(clerk, 'viewYear', { year: '2027' })
    expect(year.days.find(({ date }) => date === '2027-02-21')).toMatchObject({
      kind: 'make-up-workday',
      source: expect.stringContaining('〔2027〕1号'),
    })
    expect(year.days.find(({ date }) => date === '2027-02-20')).toMatchObject({ kind: 'weekend' })
  })

  it('comes from a spreadsheet in either encoding, and can be withdrawn', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'yunbao-calendar-'))
    const path = join(folder, 'calendar.csv')
    const bytes = inGb18030(table2028)
    await writeFile(path, bytes)
    const file = { path, fileName: 'calendar.csv', sizeBytes: bytes.length, mediaType: 'text/csv', sha256: '' }
    const notice = await act(leader, 'loadNoticeFile', { ...draft, year: '2028', file })
    await rm(folder, { recursive: true })
    expect(notice.holidays[1]).toEqual({ name: '春节', from: '2028-01-25', to: '2028-01-28', makeUp: ['2028-01-22'] })
    expect(await act(leader, 'withdrawNotice', { noticeId: notice.id })).toMatchObject({ state: 'withdrawn' })
    expect((await act(leader, 'viewYear', { year: 2028 })).waiting).toBeNull()
  })
})

describe('the reminder of the coming year', () => {
  const remind = (day: string) =>
    transaction(database.db, (tx) => remindKeepers(testAct({ tx, today: day, directory })))

  it('is given once on a day, and no more when the notice is there', async () => {
    expect([await remind('2027-12-27'), await remind('2027-12-27'), await remind('2027-12-28')]).toEqual([
      true,
      false,
      true,
    ])
    expect(await remind('2026-12-28')).toBe(false)
    const { rows } = await transaction(database.db, (tx) =>
      sql`select text, roles from kernel.notification where organ_id = ${province.id} and link = '/calendar?year=2028'`.execute(
        tx,
      ),
    )
    expect(rows).toHaveLength(2)
    expect(rows[0]).toMatchObject({
      text: expect.stringContaining('2028年放假安排通知至今未录入'),
      roles: ['system-administrator', 'authority-leader'],
    })
  })
})

describe('reading', () => {
  it('a year shows every day with its document, and who may change it', async () => {
    const year = await act(clerk, 'viewYear', { year: 2026 })
    expect(year).toMatchObject({
      provisional: false,
      workdays: 248,
      workdaysByMonth: [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23],
    })
    expect(year.days).toHaveLength(365)
    expect(year.days.find(({ date }) => date === '2026-02-20')).toMatchObject({
      kind: 'holiday',
      name: '春节',
      source: expect.stringContaining('〔2025〕7号'),
    })
    expect(year.may.loadNotice?.[0]?.code).toBe('not-calendar-keeper')
    expect((await act(leader, 'viewYear', { year: 2026 })).may).toEqual({ loadNotice: null, addOverride: null })
  })

  it('PLAN-T02 the last day of 15 working days comes with its explanation, and counting back agrees', async () => {
    const due = await act(clerk, 'deadline', { from: '2026-02-13', count: '15' })
    expect(due).toMatchObject({
      dueOn: '2026-03-12',
      provisional: false,
      explanation: expect.stringContaining('春节放假2月16日至2月20日、2月23日（6天）不计'),
    })
    expect(await act(clerk, 'workdaysBetween', { from: '2026-02-13', to: '2026-03-12' })).toMatchObject({
      workdays: 15,
      exceptions: { length: 8 },
    })
    expect((await act(clerk, 'workdaysBetween', { from: '2026-03-12', to: '2026-02-13' })).workdays).toBe(-15)
    await expect(act(clerk, 'workdaysBetween', { from: '2026-02-13', to: '9999-12-31' })).rejects.toThrow(BadInput)
  })
})

describe('a local exception', () => {
  const storm = {
    jurisdictionCode: '140121',
    daysOff: ['2026-12-10'],
    workdays: ['2026-12-12'],
    reason: '暴雪停止办公',
    citation: '清政办发〔2026〕9号',
  }

  it('is entered and confirmed by two people of the level, and counts there only', async () => {
    const [reviewer, head] = countyPeople as [Actor, Actor]
    await expect(act(leader, 'addOverride', storm)).rejects.toThrow(Forbidden)
    await expect(act(reviewer, 'addOverride', { ...storm, daysOff: ['2026-12-13'] })).rejects.toThrow('本来就不上班')
    const override = await act(reviewer, 'addOverride', storm)
    expect((await act(reviewer, 'deadline', { from: '2026-12-09', count: 1 })).dueOn).toBe('2026-12-10')
    await expect(act(reviewer, 'confirmOverride', { overrideId: override.id })).rejects.toThrow('不能自己复核')
    await act(head, 'confirmOverride', { overrideId: override.id })
    expect((await act(reviewer, 'deadline', { from: '2026-12-09', count: 1 })).dueOn).toBe('2026-12-11')
    expect((await act(leader, 'deadline', { from: '2026-12-09', count: 1 })).dueOn).toBe('2026-12-10')
    const year = await act(clerk, 'viewYear', { year: 2026, jurisdictionCode: '140121' })
    expect(year.overrides).toMatchObject([{ ...storm, state: 'confirmed' }])
    expect(year.days.find(({ date }) => date === '2026-12-10')).toMatchObject({
      kind: 'local-day-off',
      name: '暴雪停止办公',
      source: '清政办发〔2026〕9号',
    })
    await expect(act(head, 'withdrawOverride', { overrideId: override.id })).rejects.toThrow('不在待复核状态')
  })

  it('is undone by another one with its own document, never just taken away', async () => {
    const [reviewer, head] = countyPeople as [Actor, Actor]
    const undoing = await act(reviewer, 'addOverride', {
      ...storm,
      daysOff: ['2026-12-12'],
      workdays: ['2026-12-10'],
      reason: '恢复办公',
      citation: '清政办发〔2026〕10号',
    })
    await act(head, 'confirmOverride', { overrideId: undoing.id })
    expect((await act(reviewer, 'deadline', { from: '2026-12-09', count: 1 })).dueOn).toBe('2026-12-10')
    const wrong = await act(reviewer, 'addOverride', { ...storm, daysOff: ['2026-12-15'], workdays: [] })
    expect(await act(reviewer, 'withdrawOverride', { overrideId: wrong.id })).toMatchObject({ state: 'withdrawn' })
  })
})
