import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { namedId } from '#kernel/server/identifier.ts'
import { seedKey, seedRow } from '../reference/seed.ts'
import { standardSeeds } from '../reference/standards.ts'
import type { Standard } from '../model.ts'
import { comparison } from './comparison.ts'
import { valueText } from './wording.ts'

const rows: Standard[] = standardSeeds.map((seed) => seedRow(seed, namedId(seedKey(seed))))
const keyOf = ({ code, level, rank }: Standard) => `${code} ${level} ${rank}`
const table = [...new Map(rows.map((row) => [keyOf(row), row])).values()]

describe('A9-2 two versions of the table side by side', () => {
  it('every difference is told once, and the other way round it is the reverse', () => {
    const some = fc.subarray(table)
    fc.assert(
      fc.property(some, some, (before, after) => {
        const there = comparison(before, after)
        expect(there).toHaveLength(new Set([...before, ...after].map(keyOf)).size)
        const back = comparison(after, before).map(({ how }) => how)
        const reverse = { added: 'removed', removed: 'added', same: 'same', changed: 'changed' } as const
        expect(there.map(({ how }) => reverse[how])).toEqual(back)
      }),
    )
  })
  it('a changed figure is told; a new version with the same figure is not', () => {
    const [row] = table.filter(({ value }) => value.form === 'item') as [Standard]
    const again = { ...row, id: namedId('again'), from: '2027-01-01', value: { ...row.value } }
    expect(comparison([row], [again])[0]?.how).toBe('same')
    const other = { ...again, value: { ...row.value, priceCapFen: 1 } as Standard['value'] }
    expect(comparison([row], [other])[0]?.how).toBe('changed')
  })
})

describe('figures in words', () => {
  it('every row of the reference says what it is, with a unit, without English', () => {
    for (const { code, value } of table) {
      const text = valueText(value)
      expect([code, text]).toEqual([code, expect.stringMatching(/[\u4e00-\u9fff%㎡]/)])
      expect([code, text]).toEqual([code, expect.not.stringMatching(/undefined|null|NaN|\b[a-z]{4,}\b/)])
    }
  })
  it('a thing: number, price, life', () => {
    const desktop = table.find(({ code }) => code === 'item.desktop') as Standard
    expect(valueText(desktop.value)).toBe('不超过编制内实有人数的100%；单价不超过5,000.00元/台；使用满6年可更新')
  })
})
