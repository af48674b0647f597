import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCommandStage, type CommandStage } from './testing/command-stage.ts'

let stage: CommandStage
beforeAll(async () => {
  stage = await openCommandStage({ planYears: '140121-2026' })
}, 120_000)
afterAll(() => stage.close())

async function file(name: string, content: string): Promise<string> {
  const path = join(stage.directory, name)
  await writeFile(path, content)
  return path
}

const clerk = 'xian.education.jingban'
type ShownLine = { number: string; executedFen: number; remainingFen: number }
async function ledgerLines(): Promise<ShownLine[]> {
  const shown = await stage.run(clerk, 'plans', 'show', '--organ', '清徐县教育局', '--year', '2026', '--json')
  return shown.json().ledgerLines
}

test('payments are posted all or none, and once', async () => {
  // Of its own plan: what is centralised, the authority pays (numbers with J).
  const [line] = (await ledgerLines()).filter((one) => one.remainingFen > 100_00 && !one.number.includes('-J-'))
  const { number = '', executedFen = 0 } = line ?? {}
  const sheet = (rows: string) => `计划编号,支出日期,金额（元）,用途,凭证号\r\n${rows}`
  const post = (path: string) => stage.run(clerk, 'ledger', 'import', path, '--year', '2026', '--json')
  const spent = async () => (await ledgerLines()).find((one) => one.number === number)?.executedFen

  const faulty = await post(
    await file('faulty.csv', sheet(`${number},2026-11-02,10,邮费,记-801\r\n没有,2026-11-02,10,邮费,记-802`)),
  )
  expect([faulty.exitCode, faulty.json().posted, await spent()]).toEqual([1, 0, executedFen])
  expect(faulty.json().problems[0]).toMatchObject({ row: 3, column: 'A' })

  const good = await file('good.csv', sheet(`${number},2026-11-02,12.34,邮费,记-803`))
  const posted = await post(good)
  expect([posted.exitCode, posted.json().posted], posted.err).toEqual([0, 1])
  expect(await spent()).toBe(executedFen + 12_34)
  expect((await post(good)).json()).toMatchObject({ ok: true, posted: 0, alreadyPosted: 1 })
  expect(await spent()).toBe(executedFen + 12_34)
})

test('a holiday notice is handed in as text by who keeps the calendar, and waits for another person', async () => {
  const notice = await file(
    'notice.txt',
    `一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。`,
  )
  const load = (user: string) =>
    stage.run(
      user,
      ...`calendar load-notice ${notice} --year 2026 --document 国办发明电〔2025〕7号 --issued 2025-11-04 --json`.split(
        ' ',
      ),
    )
  const denied = await load(clerk)
  expect([denied.exitCode, denied.json().code]).toEqual([1, 'forbidden'])
  const loaded = await load('sheng.juzhang')
  expect(loaded.exitCode, loaded.err).toBe(0)
  expect(loaded.json().notice).toMatchObject({ year: 2026, state: 'proposed' })
})

test('tokens of machines are issued, listed and revoked by the level’s security administrator', async () => {
  const issue =
    'machines issue --organ 清徐县教育局 --name 财务系统 --purpose 按月报送支出 --scope plans:read ledger:write'.split(
      ' ',
    )
  const denied = await stage.run(clerk, ...issue, '--until', '2027-06-30', '--json')
  expect([denied.exitCode, denied.json().code]).toEqual([1, 'forbidden'])
  const issued = await stage.run('xian.anquan', ...issue, '--until', '2027-06-30', '--json')
  expect(issued.exitCode, issued.err).toBe(0)
  const { token, secret } = issued.json()
  expect([secret.startsWith(`${token.begins}_`), token.scopes]).toEqual([true, ['ledger:write', 'plans:read']])
  const revoked = await stage.run('xian.anquan', 'machines', 'revoke', token.begins, '--reason', '系统下线')
  expect(revoked.exitCode, revoked.err).toBe(0)
  const listed = await stage.run('xian.anquan', 'machines', 'list', '--json')
  expect(listed.json().items).toMatchObject([{ id: token.id, state: 'revoked', revokedFor: '系统下线' }])
})

test('duties are listed by whom they are; what is late has its own list, and another level nothing of it', async () => {
  const list = (user: string, ...options: string[]) => stage.run(user, 'duties', 'list', ...options, '--json')
  const own = await list(clerk, '--reach', 'organ')
  expect([own.exitCode, own.json().items.length > 0], own.err).toEqual([0, true])
  const reports = own.json().items.filter((one: { term: string }) => one.term === 'organ-report')
  expect(reports).toMatchObject([
    { title: '2026年度计划执行情况报告', dueOn: '2027-03-31', bearerName: '清徐县教育局' },
  ])

  const late = await list('xian.shenhe', '--overdue', '--term', 'adjustment-filing')
  expect(late.json().items.map((one: { state: string }) => one.state)).toContain('overdue')
  const forPeople = await stage.run('xian.shenhe', 'duties', 'list', '--overdue')
  expect(forPeople.out).toMatch(/最后一日 +剩余 +状态[^]*逾期\d+个工作日/)

  expect((await list('shi.shenhe', '--overdue', '--term', 'adjustment-filing')).json().items).toEqual([])
  expect((await list(clerk, '--reach', 'level')).exitCode).toBe(1)
  expect((await list(clerk, '--reach', 'nowhere')).exitCode).toBe(2)
  expect((await list(clerk, '--term', 'Not A Term')).exitCode).toBe(2)
})
