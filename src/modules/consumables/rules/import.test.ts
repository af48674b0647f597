import { describe, expect, it } from 'vitest'
import type { SheetGrid } from '#kernel/pure/sheet-layout.ts'
import { itemSheet, readItems } from './import.ts'

const today = '2026-11-23'
const sheet = (...lines: string[]): SheetGrid => ({
  name: '库存',
  rows: lines.map((line, at) => ({
    row: at + 1,
    hidden: false,
    cells: line.split(',').map((text) => (text === '' ? { kind: 'empty' as const } : { kind: 'text' as const, text })),
  })),
})
const head = '品名,规格,单位,存放地点,库存下限,数量,金额（元）'

describe('a workbook of the stock (A12-4)', () => {
  it('reads rows as clerks fill them in', () => {
    const { items, problems } = readItems(
      sheet(head, '签字笔,0.5mm,支,库房,20,100,150.50', '文件袋,,个,,,0,'),
      today,
      new Set(),
    )
    expect(problems).toEqual([])
    expect(items).toMatchObject([
      { name: '签字笔', quantity: 100, minimum: 20, amountFen: 15_050, receivedOn: today },
      { name: '文件袋', quantity: 0, amountFen: 0 },
    ])
  })

  it('tells every wrong cell at its place', () => {
    const { items, problems } = readItems(
      sheet(
        head,
        '签字笔,0.5mm,支,库房,20,100,150.50',
        '签字笔,0.5mm,支,,,约十,',
        '文件袋,,,,,0,3',
        '硒鼓,,个,,,2,',
        '机密★,,个,,,1,',
      ),
      today,
      new Set(['硒鼓\n']),
    )
    expect(items.map(({ name }) => name)).toEqual(['签字笔'])
    expect(problems.map(({ row, column }) => [row, column])).toEqual([
      [3, 'F'],
      [3, 'A'],
      [4, 'C'],
      [4, 'G'],
      [5, 'A'],
      [6, 'A'],
    ])
    expect(JSON.stringify(problems)).not.toContain('★')
  })

  it('what is no list of the stock is none', () => {
    expect(itemSheet([sheet('姓名,电话', '甲,1')])).toBeNull()
    expect(readItems(sheet('品名,规格,数量', '笔,,1'), today, new Set()).problems[0]?.message).toContain('计量单位')
  })
})
