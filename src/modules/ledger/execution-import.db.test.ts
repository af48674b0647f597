import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ActingOrgan, Role } from '#kernel/pure/actor.ts'
import { transaction } from '#kernel/server/database.ts'
import { BadInput, Forbidden } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { testAct, testActor, testCtx } from '#kernel/testing/act.ts'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import { uploaded } from '#kernel/testing/workbook-file.ts'
import { actions } from './actions.ts'
import { ledgerLine, openLines } from './offers.ts'

let fresh: FreshDatabase
beforeAll(async () => void (fresh = await freshDatabase()))
afterAll(() => fresh.drop())

type Cell = string | number | Date | null
const titles = ['计划编号', '支出日期', '金额（元）', '用途', '凭证号', '数量', '收款单位']

/** An organ with its clerk and lines of money, in a jurisdiction of its own unless one is given. */
async function office(
  money: Readonly<Record<string, number>>,
  { jurisdictionCode = '140100', role = 'organ-clerk' as Role, quantity = 10 } = {},
) {
  const organ: ActingOrgan = {
    id: newId(),
    name: '太原市档案馆',
    jurisdictionCode,
    jurisdictionName: '太原市',
    level: 'city',
    parts: [],
  }
  const actor = testActor(organ, [role])
  const ids = new Map(Object.keys(money).map((number) => [number, newId()]))
  await transaction(fresh.db, (tx) =>
    openLines(
      testAct({ tx, today: '2026-01-20' }),
      Object.entries(money).map(([number, amountFen]) => ({
        id: ids.get(number) ?? '',
        jurisdictionCode,
        year: 2026,
        number,
        planId: newId(),
        holderOrganId: organ.id,
        servedOrganId: organ.id,
        needKind: 'N01',
        itemName: `事项${number}`,
        economicCode: '30201',
        unit: '项',
        centralised: false,
        amountFen,
        quantity,
      })),
      '2026-01-20',
    ),
  )
  const within = <I, T>(input: I, work: (ctx: never) => Promise<T>) =>
    transaction(fresh.db, (tx) => work(testCtx({ tx, actor, today: '2026-12-31' }, input) as never))
  return {
    spent: async (number: string) =>
      (await transaction(fresh.db, (tx) => ledgerLine(tx, ids.get(number) ?? '')))?.executedFen,
    importing: (file: Awaited<ReturnType<typeof workbook>>) => within({ year: 2026, file }, actions.importExecutions),
    exported: async (filter: object) =>
      opened(await within({ year: 2026, ...filter }, async (ctx) => (await actions.exportLines(ctx)).body as Readable)),
    template: async () =>
      opened(await within({ year: 2026 }, async (ctx) => (await actions.executionTemplate(ctx)).body as Readable)),
  }
}

async function opened(body: Readable): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load((await buffer(body)).buffer as ArrayBuffer)
  return book
}

async function workbook(rows: readonly (readonly Cell[])[], edit: (sheet: ExcelJS.Worksheet) => void = () => {}) {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('支出明细')
  sheet.addRows([titles, ...rows.map((row) => [...row])])
  edit(sheet)
  return uploaded(Buffer.from(await book.xlsx.writeBuffer()), '六月支出.xlsx')
}

const number = () => `T-${newId().slice(-8)}`

test('A34-2 payments are posted as a clerk writes them, and totals are no payments', async () => {
  const [a, b] = [number(), number()]
  const { importing, spent } = await office({ [a]: 10_000_00, [b]: 50_000_00 })
  const answer = await importing(
    await workbook([
      [a, '2026年3月5日', '1,200.00', '办公用纸', '记-12', 2, '某纸业'],
      [b, new Date('2026-04-01T00:00:00Z'), '1.5万元', '印刷', '记-13', null, null],
      [a, 46_200, '３００', '墨盒', '记-14', '1盒', null],
      ['合计', null, 16_500, null, null, null, null],
    ]),
  )
  expect(answer).toEqual({ read: 3, posted: 3, alreadyPosted: 0, problems: [] })
  expect([await spent(a), await spent(b)]).toEqual([1_500_00, 15_000_00])
})

test('the same list posts once, a longer one only what is new, two equal payments both, however many import it at once', async () => {
  const a = number()
  const { importing, spent } = await office({ [a]: 10_000_00 })
  const first: Cell[][] = [
    [a, '2026-03-05', 100, '邮费', '记-1', null, null],
    [a, '2026-03-05', 100, '邮费', '记-1', null, null],
  ]
  const file = await workbook(first)
  const answers = await Promise.all([importing(file), importing(file), importing(file)])
  expect(answers.map(({ posted }) => posted).sort()).toEqual([0, 0, 2])
  expect(await importing(await workbook([[a, '2026-03-06', 50, '邮费', '记-2', null, null], ...first]))).toMatchObject({
    posted: 1,
    alreadyPosted: 2,
  })
  expect(await spent(a)).toBe(250_00)
})

test('a voucher of another jurisdiction whose line has the same number is another payment', async () => {
  const a = number()
  const file = await workbook([[a, '2026-03-05', 100, '邮费', '记-1', null, null]])
  const [taiyuan, datong] = [
    await office({ [a]: 1000_00 }),
    await office({ [a]: 1000_00 }, { jurisdictionCode: '140200' }),
  ]
  expect([(await taiyuan.importing(file)).posted, (await datong.importing(file)).posted]).toEqual([1, 1])
})

test('one bad cell and nothing is posted; every bad cell is named', async () => {
  const a = number()
  const { importing, spent } = await office({ [a]: 10_000_00 })
  const answer = await importing(
    await workbook([
      [a, '2026-03-05', 100, '邮费', '记-1', null, null],
      [a, '2026-02-30', '约40', null, '记-2', '三台', null],
      [a, '2025-12-31', 100, '邮费', '记-3', null, null],
      ['没有这个', '2026-03-05', 100, '邮费', '记-4', null, null],
      [a, '2026-03-05', '1,20.00', '邮费', '记-5', null, null],
      [a, '2026-03-05', 0, '邮费', '记-6', null, null],
    ]),
  )
  expect(answer.posted).toBe(0)
  expect(answer.problems.map(({ row, column }) => `${column}${row}`).sort()).toEqual([
    'A5',
    'B3',
    'B4',
    'C3',
    'C6',
    'C7',
    'D3',
    'F3',
  ])
  expect(await spent(a)).toBe(0)
})

test('A34-2 a list that passes a plan is refused at the row where it does, with the sum', async () => {
  const a = number()
  const { importing, spent } = await office({ [a]: 1000_00 })
  const { posted, problems } = await importing(
    await workbook([600, 300, 200].map((yuan, index) => [a, '2026-03-05', yuan, '邮费', `记-${index}`, null, null])),
  )
  expect([posted, problems.map(({ row, column }) => `${column}${row}`), problems[0]?.message]).toEqual([
    0,
    ['C4'],
    expect.stringContaining('100.00元'),
  ])
  expect(await spent(a)).toBe(0)
})

test('A34-2 a quantity beyond the plan refuses the whole list, and names the row', async () => {
  const a = number()
  const { importing, spent } = await office({ [a]: 1000_00 }, { quantity: 1 })
  const file = await workbook([
    [a, '2026-03-05', 10, '邮费', '记-1', 1, null],
    [a, '2026-03-05', 10, '邮费', '记-2', 1, null],
  ])
  const { posted, problems } = await importing(file)
  expect([posted, problems]).toEqual([0, [{ row: 3, column: 'F', message: expect.stringContaining('可用数量1') }]])
  expect(await spent(a)).toBe(0)
})

test('hidden rows and amounts over merged cells are not guessed', async () => {
  const a = number()
  const { importing } = await office({ [a]: 10_000_00 })
  const file = await workbook(
    [
      [a, '2026-03-05', 100, '邮费', '记-1', null, null],
      [a, '2026-03-05', null, '邮费', '记-2', null, null],
      [a, '2026-03-05', 5, '邮费', '记-3', null, null],
    ],
    (sheet) => {
      sheet.mergeCells('C2:C3')
      sheet.getRow(4).hidden = true
    },
  )
  const { posted, problems } = await importing(file)
  expect([posted, problems.map(({ row, column }) => `${column}${row}`)]).toEqual([0, ['C3', 'A4']])
  expect(problems[0]?.message).toContain('合并')
  expect(problems[1]?.message).toContain('隐藏')
})

test('a column of 万元 or 千元 is read so', async () => {
  const a = number()
  const { importing, spent } = await office({ [a]: 100_000_00 })
  await importing(
    await workbook(
      [[a, '2026-03-05', 1.2, '邮费', '记-1', null, null]],
      (sheet) => void (sheet.getCell('C1').value = '金额（万元）'),
    ),
  )
  await importing(
    await workbook(
      [[a, '2026-03-05', 1.2, '邮费', '记-2', null, null]],
      (sheet) => void (sheet.getCell('C1').value = '金额（千元）'),
    ),
  )
  expect(await spent(a)).toBe(13_200_00)
})

test('a workbook without such a list, or with two, is refused; so is a line of another organ', async () => {
  const a = number()
  const [{ importing }, stranger, reader] = [
    await office({ [a]: 100_00 }),
    await office({}),
    await office({}, { role: 'staff' }),
  ]
  await expect(importing(await uploaded('姓名,电话\n张,1', '通讯录.csv'))).rejects.toBeInstanceOf(BadInput)
  const twice = await workbook(
    [[a, '2026-03-05', 1, '邮费', '记-1', null, null]],
    (sheet) => void sheet.workbook.addWorksheet('七月').addRows([titles]),
  )
  await expect(importing(twice)).rejects.toThrow('2张支出明细（支出明细、七月）')
  const one = await workbook([[a, '2026-03-05', 1, '邮费', '记-1', null, null]])
  expect((await stranger.importing(one)).problems.map(({ column, row }) => `${column}${row}`)).toEqual(['A2'])
  await expect(reader.importing(one)).rejects.toBeInstanceOf(Forbidden)
})

test('the template as downloaded, filled in and sent back, is posted; a CSV of it too', async () => {
  const a = number()
  const { importing, template, spent } = await office({ [a]: 1000_00 })
  const book = await template()
  expect(book.getWorksheet('可用计划')?.getCell('A2').value).toBe(a)
  const sheet = book.getWorksheet('支出明细')
  const header = sheet?.getColumn(1).values.indexOf('计划编号') ?? 0
  Object.entries({ 1: a, 2: new Date('2026-05-04T00:00:00Z'), 3: 12.34, 5: '邮费', 6: '记-9' }).forEach(
    ([column, value]) => void (sheet && (sheet.getRow(header + 1).getCell(Number(column)).value = value)),
  )
  expect(await importing(await uploaded(Buffer.from(await book.xlsx.writeBuffer()), '支出.xlsx'))).toMatchObject({
    posted: 1,
    problems: [],
  })
  expect(
    await importing(
      await uploaded(`计划编号,支出日期,金额（元）,用途,凭证号\r\n${a},2026/5/6,"1,0",邮费,记-10`, '支出.csv'),
    ),
  ).toMatchObject({ posted: 0, problems: [{ row: 2, column: 'C' }] })
  expect(
    await importing(
      await uploaded(`计划编号,支出日期,金额（元）,用途,凭证号\r\n${a},2026/5/6,10,邮费,记-10`, '支出.csv'),
    ),
  ).toMatchObject({ posted: 1 })
  expect(await spent(a)).toBe(22_34)
})

test('the export is what is filtered: own lines, in yuan, with their sum', async () => {
  const [a, b] = [number(), number()]
  const { importing, exported } = await office({ [a]: 1000_00, [b]: 500_00 })
  await importing(await workbook([[a, '2026-03-05', 100, '邮费', '记-1', null, null]]))
  const rows = async (filter: object) => {
    const sheet = (await exported(filter)).getWorksheet('台账')
    return (sheet?.getSheetValues() ?? []).flatMap((row) =>
      Array.isArray(row) && (row[1] === '合计' || String(row[1]).startsWith('T-'))
        ? [[row[1], ...row.slice(10, 14)]]
        : [],
    )
  }
  expect((await rows({})).sort()).toEqual(
    [
      [a, 1000, 0, 100, 900],
      [b, 500, 0, 0, 500],
      ['合计', 1500, 0, 100, 1400],
    ].sort(),
  )
  expect(await rows({ text: b })).toEqual([
    [b, 500, 0, 0, 500],
    ['合计', 500, 0, 0, 500],
  ])
})
