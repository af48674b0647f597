import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor, Role } from '#kernel/pure/actor.ts'
import { moveCase, openCase } from '#kernel/server/cases/engine.ts'
import { notificationsFor } from '#kernel/server/cases/notifications.ts'
import type { Download } from '#kernel/server/context.ts'
import { transaction } from '#kernel/server/database.ts'
import { BadInput, Forbidden, Missing, Refused } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { testCtx } from '#kernel/testing/act.ts'
import { remindBatch as remindCases } from '#modules/cases/clock-job.ts'
import { actions as normActions } from '#modules/norms/actions.ts'
import { contract as normContract } from '#modules/norms/contract.ts'
import { directory } from '#modules/people/offers.ts'
import { adjustmentCase, organReportCase } from '#modules/plans/cases.ts'
import { remindBatch } from './jobs.ts'
import {
  act,
  actors,
  adjustment,
  ask,
  caseKinds,
  database,
  dutySources,
  education,
  openDesk,
  police,
  today,
} from './testing/desk.ts'

beforeAll(openDesk)
afterAll(() => database.drop())

const titles = (page: { items: { title: string }[] }) => page.items.map(({ title }) => title)

describe('the register', () => {
  it('is derived from open cases, steps taken and what modules know, each with its last day', async () => {
    const open = await ask('shi.shenhe', 'list', { reach: 'level' })
    expect(open.items.map(({ term, title, dueOn, state }) => [term, title, dueOn, state])).toEqual([
      ['organ-report', '2025年度计划执行情况报告', '2026-03-31', 'overdue'],
      ['consolidated-report', '2025年度计划执行情况汇总报告', '2026-06-30', 'overdue'],
      ['adjustment-filing', '逾期的调整', '2026-11-10', 'overdue'],
      ['adjustment-filing', '在办的调整', '2026-12-07', 'coming'],
    ])
    const done = await ask('shi.shenhe', 'list', { reach: 'level', state: 'done' })
    expect(titles(done)).toEqual(['按期备案的调整'])
    const late = await ask('shi.shenhe', 'list', { reach: 'level', state: 'done-late' })
    expect(late.items.map(({ title, left, fulfilledOn }) => [title, left, fulfilledOn])).toEqual([
      ['2025年度计划执行情况报告', -4, '2026-04-07'],
      ['迟报的调整', -1, '2026-10-16'],
    ])
  })
  it('each sees what is theirs: the organ its own, the level those who manage or supervise it, no other level', async () => {
    expect(titles(await ask('shi.education.jingban', 'list', { reach: 'mine' }))).toEqual(['在办的调整'])
    expect(titles(await ask('shi.juzhang', 'list', { reach: 'mine' }))).toEqual(['2025年度计划执行情况汇总报告'])
    for (const username of ['shi.caizheng', 'shi.shenji', 'shi.development'])
      expect((await ask(username, 'list', { reach: 'level' })).items).toHaveLength(4)
    expect((await ask('xian.shenhe', 'list', { reach: 'level' })).items).toEqual([])
    await expect(ask('shi.education.jingban', 'list', { reach: 'level' })).rejects.toThrow(Forbidden)
    for (const username of ['shi.education.jiashi', 'shi.xitong'])
      await expect(ask(username, 'list')).rejects.toThrow(Forbidden)
  })
  it('pages by key through days and terms without losing or repeating any', async () => {
    const seen: string[] = []
    for (let after: string | undefined; ;) {
      const page = await ask('shi.shenhe', 'list', { reach: 'level', limit: '1', ...(after ? { after } : {}) })
      seen.push(...page.items.map(({ key }) => key))
      if (page.next === null) break
      after = page.next
    }
    expect(seen).toHaveLength(4)
    expect(new Set(seen).size).toBe(4)
    await expect(ask('shi.shenhe', 'list', { after: 'nowhere' })).rejects.toThrow(BadInput)
  })
  it('A35-2 says of one how it was counted; a duty of others is as if it were not there', async () => {
    const [, , police0] = (await ask('shi.shenhe', 'list', { reach: 'level' })).items
    const key = police0?.key ?? ''
    const { duty, basis, explanation, may } = await ask('shi.shenhe', 'view', { key })
    expect(duty.bearerName).toBe('太原市公安局')
    expect(basis).toMatchObject({ norm: 'A35-2' })
    expect(explanation).toContain('第15个工作日为2026年11月10日')
    expect(may.remind).toBeNull()
    for (const username of ['shi.education.jingban', 'sheng.shenhe', 'xian.shenhe'])
      await expect(ask(username, 'view', { key })).rejects.toThrow(Missing)
    await expect(ask('shi.shenhe', 'view', { key: 'organ-report:2099:x' })).rejects.toThrow(Missing)
  })
  it('a month shows its working days and what falls due on each', async () => {
    const { workdays, days, due } = await ask('shi.shenhe', 'month', { month: '2026-10', reach: 'level' })
    expect([workdays, days.length, days[9]?.kind]).toEqual([18, 31, 'make-up-workday'])
    expect(due.map(({ dueOn, term, state, count }) => [dueOn, term, state, count])).toEqual([
      ['2026-10-15', 'adjustment-filing', 'done', 1],
      ['2026-10-15', 'adjustment-filing', 'done-late', 1],
    ])
    expect((await ask('shi.shenhe', 'month', { month: '2026-02' })).days).toHaveLength(28)
  })
  it('taking an adjustment back is neither in time nor late', async () => {
    const id = await adjustment(education, '撤销的调整', '2026-11-17')
    const clerk = actors['shi.education.jingban'] as Actor
    await act((back) => moveCase(back, adjustmentCase, id, 'withdraw', { opinion: '不再需要' }), today, clerk)
    const states = ['coming', 'near', 'overdue', 'done', 'done-late']
    for (const state of states)
      expect(titles(await ask('shi.shenhe', 'list', { reach: 'level', state }))).not.toContain('撤销的调整')
  })
  it('CAL facts 8.3: next year’s notice is owed to the province’s authority by the end of the year', async () => {
    const { items } = await ask('sheng.shenhe', 'list', { reach: 'organ', term: 'holiday-notice' })
    expect(items.map(({ title, dueOn, state }) => [title, dueOn, state])).toEqual([
      ['2027年放假安排通知', '2026-12-31', 'coming'],
    ])
  })
})

describe('what is late', () => {
  it('A39-1 the list keeps what was done late; its figures are those of the norm screen', async () => {
    const { items } = await ask('shi.shenhe', 'overdue')
    expect(items.map(({ dueOn }) => dueOn)).toEqual(items.map(({ dueOn }) => dueOn).toSorted())
    expect(items.map(({ title, bearerName, state }) => `${title} ${bearerName} ${state}`).toSorted()).toEqual(
      [
        '2025年度计划执行情况报告 太原市教育局 done-late',
        '2025年度计划执行情况报告 太原市公安局 overdue',
        '2025年度计划执行情况汇总报告 太原市机关事务管理局 overdue',
        '迟报的调整 太原市教育局 done-late',
        '逾期的调整 太原市公安局 overdue',
      ].toSorted(),
    )
    const totals = (await ask('shi.shenhe', 'overdueTotals')).items
    expect(totals.map(({ norm, overdue, doneLate }) => [norm, overdue, doneLate])).toEqual([
      ['A35-2', 1, 1],
      ['A36-2', 1, 0],
      ['A36-1', 1, 1],
    ])
    const norms = await transaction(database.db, async (tx) => {
      const given = { tx, actor: actors['shi.shenhe'] as Actor, today, caseKinds, directory, dutySources }
      const { chapters } = await normActions.articles(testCtx(given, {}) as never)
      const listed = await normActions.overdue(testCtx(given, normContract.overdue.input.parse({})) as never)
      return { all: chapters.flatMap(({ articles }) => articles).flatMap((article) => article.norms), listed }
    })
    for (const { norm, overdue } of totals)
      expect([norm, norms.all.find(({ id }) => id === norm)?.cases?.overdue]).toEqual([norm, overdue])
    expect(norms.listed.items.map(({ key }) => key)).toEqual(
      items.filter(({ state }) => state === 'overdue').map(({ key }) => key),
    )
  })
  it('an organ sees its own, and the level above totals alone (A6-1)', async () => {
    expect((await ask('shi.education.jingban', 'overdue')).items.map(({ state }) => state)).toEqual([
      'done-late',
      'done-late',
    ])
    expect((await ask('shi.education.jingban', 'overdue', { organId: police })).items).toHaveLength(2)
    const { items } = await ask('sheng.shenhe', 'belowTotals')
    expect(items).toEqual([{ jurisdictionCode: '140100', jurisdictionName: '太原市', overdue: 3, doneLate: 2 }])
    expect((await ask('sheng.shenhe', 'overdue')).items).toEqual([])
    await expect(ask('shi.caizheng', 'belowTotals')).rejects.toThrow(Forbidden)
  })
  it('a workbook and an official list say the same; with nothing late there is no list', async () => {
    const sheet = (await ask('shi.shenhe', 'overdueExport')) as Download
    expect(sheet.fileName).toMatch(/\.xlsx$/)
    ;(sheet.body as { destroy?: () => void }).destroy?.()
    const issued = await ask('shi.shenhe', 'issueSupervisionList', {})
    expect(issued).toMatchObject({ number: '督办清单〔2026〕1号', items: 3 })
    const { rows } = await transaction(database.db, (tx) =>
      sql<{ document: { body: { kind: string; rows?: string[][] }[] }; recipientOrganIds: string[] }>`
        select document, recipient_organ_ids from kernel.issued_document where id = ${issued.documentId}`.execute(tx),
    )
    expect(rows[0]?.document.body[1]?.rows?.map((row) => row[2])).toEqual([
      '2025年度计划执行情况报告',
      '2025年度计划执行情况汇总报告',
      '逾期的调整',
    ])
    expect(rows[0]?.recipientOrganIds).toEqual([police])
    await expect(ask('shi.caizheng', 'issueSupervisionList', {})).rejects.toThrow(Forbidden)
    await expect(ask('shi.shenhe', 'issueSupervisionList', { term: 'demand-window' })).rejects.toThrow(Refused)
  })
})

describe('supervision reminds (A39-1)', () => {
  const keyOf = async (title: string, state = 'overdue') =>
    (await ask('shi.shenhe', 'list', { reach: 'level', state })).items.find((one) => one.title === title)?.key ?? ''
  const text = '请立即办理，并说明逾期原因。'
  const counts = async (key: string) =>
    (await ask('shi.shenhe', 'overdue')).items.find((one) => one.key === key)?.remindersSent

  it('only the authority of the level does, and only of what is late or near', async () => {
    const key = await keyOf('逾期的调整')
    for (const username of ['shi.caizheng', 'shi.shenji'])
      await expect(ask(username, 'remind', { key, text })).rejects.toThrow(Forbidden)
    for (const username of ['sheng.shenhe', 'xian.shenhe', 'shi.education.jingban'])
      await expect(ask(username, 'remind', { key, text })).rejects.toThrow(Missing)
    await expect(ask('shi.shenhe', 'remind', { key: await keyOf('迟报的调整', 'done-late'), text })).rejects.toThrow(
      '已经办结',
    )
    await expect(ask('shi.shenhe', 'remind', { key: await keyOf('在办的调整', 'coming'), text })).rejects.toThrow(
      '还没有临近',
    )
    expect(await counts(key)).toBe(0)
  })
  it('once a day for one duty, however many press at once; the organ is told, the record kept', async () => {
    const key = await keyOf('逾期的调整')
    const pressed = await Promise.allSettled(
      Array.from({ length: 6 }, () => ask('shi.shenhe', 'remind', { key, text })),
    )
    expect(pressed.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of pressed)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ refusals: [{ code: 'reminded-today' }] })
    expect(await counts(key)).toBe(1)
    const head: Actor = { ...(actors['shi.education.jingban'] as Actor), roles: ['organ-head'] as Role[] }
    const there = { ...head, organ: { ...(head.organ as NonNullable<Actor['organ']>), id: police } }
    const told = await transaction(database.db, (tx) => notificationsFor(tx, there, null, 10))
    expect(told.map((one) => one.text)).toEqual([`督办提醒：“逾期的调整”最后一日2026-11-10。${text}`])
    const { rows } = await transaction(database.db, (tx) =>
      sql<{
        count: number
      }>`select count(*)::int as count from kernel.audit_entry where fact = 'duties.reminded' and subject_id = ${key}`.execute(
        tx,
      ),
    )
    expect(rows[0]?.count).toBe(1)
    const view = await ask('shi.shenhe', 'view', { key })
    expect(view.reminders.map(({ kind, sentBy }) => [kind, sentBy])).toEqual([
      ['supervision', actors['shi.shenhe']?.name],
    ])
    expect(view.may.remind?.map(({ code }) => code)).toEqual(['reminded-today'])
  })
  it('and again the next day', async () => {
    const key = await keyOf('逾期的调整')
    const done = await ask('shi.juzhang', 'remind', { key, text }, '2026-11-24')
    expect(done.remindedOrganName).toBe('太原市公安局')
    expect(await counts(key)).toBe(2)
  })
})

describe('reminders of the clock', () => {
  const run = (day: string) => act((work) => remindBatch(work, null), day)
  it('PLAN-R17 of the reports go out on working days, once however often it runs, and when the day has passed', async () => {
    expect((await run('2026-02-27')).reminded).toBe(0)
    // 1 March is a Sunday after a Saturday that is worked; 15 March a Sunday. Police alone has not sent its report.
    expect((await run('2026-02-28')).reminded).toBe(1)
    expect((await run('2026-02-28')).reminded).toBe(0)
    expect((await run('2026-03-12')).reminded).toBe(0)
    expect(
      await Promise.all([run('2026-03-13'), run('2026-03-13')]).then((both) =>
        both.reduce((sum, one) => sum + one.reminded, 0),
      ),
    ).toBe(1)
    expect((await run('2026-03-31')).reminded).toBe(1)
    expect((await run('2026-04-01')).reminded).toBe(1)
    expect((await run('2026-05-06')).reminded).toBe(0)
    const supervision = { ...(actors['shi.shenhe'] as Actor), roles: ['supervision-reviewer'] as Role[] }
    const told = await transaction(database.db, (tx) => notificationsFor(tx, supervision, null, 20))
    expect(told.map((one) => one.text)).toEqual(['报送执行情况报告：1项超过最后一日尚未办理。'])
  })
  it('a report that was begun is reminded of as a duty, not a second time as a case', async () => {
    await act((opening) =>
      openCase(opening, organReportCase, {
        subjectId: newId(),
        title: '2025年度计划执行情况报告',
        applicantOrganId: police,
        jurisdictionCode: '140100',
        dueOn: '2026-11-23',
      }),
    )
    const said = async () =>
      (
        await transaction(database.db, (tx) =>
          sql<{
            count: number
          }>`select count(*)::int as count from kernel.notification where link like '/plans/reports/%'`.execute(tx),
        )
      ).rows[0]?.count
    const before = await said()
    await act((work) => remindCases(work, null), '2026-11-24')
    expect(await said()).toBe(before)
    expect(
      (await ask('shi.shenhe', 'list', { reach: 'level', term: 'organ-report', state: 'overdue' })).items,
    ).toHaveLength(1)
  })
})
