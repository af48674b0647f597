import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readWorkbook } from '#kernel/server/spreadsheet/read-workbook.ts'
import { testStandards } from '../testing/standards.ts'
import { readDemandWorkbook } from './demand-import.ts'

const file = (fileName: string) => ({
  path: join(import.meta.dirname, '..', 'fixtures', fileName),
  fileName,
  sizeBytes: 0,
  mediaType: '',
  sha256: '',
})
const opened = new Map<string, ReturnType<typeof readWorkbook>>()
const read = async (fileName: string) => {
  const sheets = opened.get(fileName) ?? readWorkbook(file(fileName))
  opened.set(fileName, sheets)
  const reading = readDemandWorkbook(await sheets, testStandards)
  if (!reading) throw new Error('no table found')
  return reading
}

test('the clean workbook is read whole: twelve lines, totals and signatures left out, names matched to standards', async () => {
  const { rows, skipped, problemCount, questions } = await read('2027-demand-clean.xlsx')
  expect(rows).toHaveLength(12)
  expect(problemCount).toBe(0)
  expect(questions).toEqual([])
  expect(skipped.map(({ reason }) => reason)).toEqual(['合计行', '空行', '落款或说明'])
  expect(rows[0]?.line).toMatchObject({
    needKind: 'N09',
    itemName: '台式计算机',
    standardCode: 'item.desktop',
    quantity: 6,
    unit: '台',
    unitPriceFen: 480_000,
    amountFen: 2_880_000,
    economicCode: '31002',
  })
  expect(rows[4]?.line).toMatchObject({ needKind: 'N05', standardCode: 'item.vehicle-emergency' })
  expect(rows.reduce((sum, { line }) => sum + (line.amountFen ?? 0), 0)).toBe(125_972_000)
})

describe('the messy workbook', () => {
  const row = async (number: number) => {
    const found = (await read('2027-demand-messy.xlsx')).rows.find((one) => one.row === number)
    if (!found) throw new Error(`row ${number} was left out`)
    return found
  }
  const codes = async (number: number) => (await row(number)).problems.map(({ column, code }) => `${column} ${code}`)

  test('takes what is certain: full-width digits, separators, units, merged kinds, formulas, aliases', async () => {
    expect((await row(4)).line).toMatchObject({ quantity: 6, unitPriceFen: 480_000, amountFen: 2_880_000 })
    expect((await row(5)).line).toMatchObject({
      needKind: 'N09',
      quantity: 3,
      amountFen: 2_100_000,
      economicCode: '31002',
    })
    expect((await row(6)).line).toMatchObject({ needKind: 'N09', unitPriceFen: 90_000, amountFen: 90_000 })
    expect((await row(8)).line).toMatchObject({ needKind: 'N05', unitPriceFen: 18_000_000, amountFen: 18_000_000 })
    expect((await row(9)).line.economicCode).toBe('30217')
    expect((await row(12)).line.reason).toBe('与账单一致')
    expect((await row(19)).line.amountFen).toBe(11_160_000)
  })
  test('says at the cell what is not: no number, unknown kind, negative, missing unit, amount that does not agree', async () => {
    expect(await codes(9)).toContain('F unreadable')
    expect(await codes(13)).toEqual(['B unreadable'])
    expect(await codes(14)).toEqual(expect.arrayContaining(['F unreadable', 'H unreadable']))
    expect(await codes(15)).toEqual(['E unit-missing'])
    expect(await codes(12)).toEqual(['H amount-differs'])
    expect((await row(12)).problems[0]?.message).toContain('第12行')
  })
  test('asks about the hidden row, and tells why each other row was left out', async () => {
    const { questions, skipped } = await read('2027-demand-messy.xlsx')
    expect(questions.map(({ id }) => id)).toEqual(['hidden-10'])
    expect(
      skipped.filter(({ reason }) => reason !== '空行').map(({ row: number, reason }) => [number, reason]),
    ).toEqual([
      [7, '合计行'],
      [20, '合计行'],
      [22, '落款或说明'],
    ])
  })
})

test('a workbook of something else is told once what columns it lacks, not at every row', async () => {
  const path = join(import.meta.dirname, '..', '..', '..', 'kernel', 'server', 'spreadsheet', 'fixtures')
  const sheets = await readWorkbook({ ...file('asset-cards-500.xlsx'), path: join(path, 'asset-cards-500.xlsx') })
  const reading = readDemandWorkbook(sheets, testStandards)
  const problems = reading?.rows.flatMap((row) => row.problems) ?? []
  expect(problems.filter(({ code }) => code === 'column-missing').length).toBeGreaterThan(0)
  expect(problems.filter(({ code }) => code === 'unit-missing')).toEqual([])
  expect(problems.length).toBeLessThan(10)
})
