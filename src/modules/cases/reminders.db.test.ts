import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { datesFrom, localDateOf } from '#kernel/pure/local-date.ts'
import { moveCase } from '#kernel/server/cases/engine.ts'
import type { Act } from '#kernel/server/context.ts'
import { clockJob, remindBatch } from './clock-job.ts'
import { actor, as, call, closeCasesStage, kind, open, openCasesStage, organId } from './testing/cases-stage.ts'

beforeEach(openCasesStage)
afterEach(closeCasesStage)

describe('PLAN-R14 the statutory clock reminds', () => {
  /** What the clerk of the organ was told, with the day of it. */
  const told = (who = 'education') =>
    as(null, async ({ tx }) => {
      const { rows } = await sql<{
        at: Date
        text: string
      }>`select at, text from kernel.notification where organ_id = ${organId(who)} order by id`.execute(tx)
      return rows.map(({ at, text }) => [localDateOf(at), text])
    })
  const remind = (on: string) => as(null, (act) => remindBatch(act, null), on)
  const overdueFacts = () =>
    as(
      null,
      async ({ tx }) =>
        (await sql`select 1 from kernel.audit_entry where fact = 'cases.overdue'`.execute(tx)).rows.length,
    )

  test('PLAN-T02 on working days 10, 13 and 15, and once the day after, however often and by however many it runs', async () => {
    await open('education', '防汛调整', { on: '2026-02-13' })
    for (const day of datesFrom('2026-02-13', '2026-03-20'))
      await Promise.all([remind(day), remind(day), remind(day), remind(day)])
    expect(await told()).toEqual([
      ['2026-03-05', '“防汛调整”还剩5个工作日（截止2026-03-12）。'],
      ['2026-03-10', '“防汛调整”还剩2个工作日（截止2026-03-12）。'],
      ['2026-03-12', '“防汛调整”今日到期（截止2026-03-12）。'],
      ['2026-03-13', '“防汛调整”已逾期（截止2026-03-12），请立即办理。'],
    ])
    expect(await overdueFacts()).toBe(1)
    expect((await call('education', 'notifications', {})).unread).toBe(4)
    expect((await call('audit', 'notifications', {})).unread).toBe(0)
  })

  test('a system that was down for days sends one reminder, and of a term that ran out only that', async () => {
    await open('education', '防汛调整', { on: '2026-02-13' })
    await remind('2026-03-04')
    for (const day of ['2026-03-11', '2026-03-11', '2026-03-12']) await remind(day)
    expect((await told()).map(([day]) => day)).toEqual(['2026-03-11', '2026-03-12'])
    await open('audit', '政策调整', { on: '2026-02-13' })
    for (const day of datesFrom('2026-03-16', '2026-03-20')) await remind(day)
    expect(await told('audit')).toEqual([['2026-03-16', '“政策调整”已逾期（截止2026-03-12），请立即办理。']])
  })

  test('a new state begins a count of its own; handing over does not', async () => {
    const caseId = await open('education', '防汛调整', { on: '2026-02-13' })
    await remind('2026-03-05')
    await as('education', (act) => moveCase(act, kind, caseId, 'send', {}), '2026-03-05')
    for (const day of datesFrom('2026-03-06', '2026-03-19')) await remind(day)
    const given = [['2026-03-19', '“防汛调整”还剩10个工作日（截止2026-04-02）。']]
    expect(await told('li')).toEqual(given)
    await call('li', 'handOver', { caseId, personId: actor('wu').personId as string }, '2026-03-19')
    for (const day of datesFrom('2026-03-19', '2026-04-02')) await remind(day)
    expect(await told('li')).toEqual([...given, ['2026-03-19', 'li将“防汛调整”转您办理。']])
    await remind('2026-04-03')
    expect((await call('wu', 'notifications', {}, '2026-04-03')).items.map(({ text }) => text)).toContain(
      '“防汛调整”已逾期（截止2026-04-02），请立即办理。',
    )
    expect((await call('li', 'notifications', {}, '2026-04-03')).items).toHaveLength(1)
    expect(await told()).toHaveLength(1)
  })

  test('a date that may still move is never told as overdue (CAL-R01)', async () => {
    await open('education', '暂定', { on: '2027-03-01' })
    for (const day of ['2027-03-22', '2027-03-23', '2027-05-06']) await remind(day)
    expect((await told()).map(([, text]) => text).filter((text) => text?.includes('逾期'))).toEqual([])
    expect(await overdueFacts()).toBe(0)
  })

  test('a last day set by hand is reminded of once, when three working days are left; every batch of the job is reached', async () => {
    for (let i = 0; i < 501; i++) await open('education', `第${i}件`, { on: '2026-11-02', dueOn: '2026-11-20' })
    for (const day of datesFrom('2026-11-13', '2026-11-23'))
      await clockJob.run({
        input: {},
        transact: (work: (act: Act) => Promise<unknown>) => as(null, work, day),
      } as never)
    const days = Map.groupBy(await told(), ([day]) => day)
    expect([...days].map(([day, texts]) => [day, texts.length])).toEqual([
      ['2026-11-17', 501],
      ['2026-11-21', 501],
    ])
  }, 60_000)
})
