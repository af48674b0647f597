import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { namedId } from '#kernel/server/identifier.ts'
import { seedKey, seedRow } from '../reference/seed.ts'
import { standardSeeds } from '../reference/standards.ts'
import type { Standard } from '../model.ts'
import { comparison, differingParts } from './comparison.ts'

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

describe('the parts of a figure that differ', () => {
  it('marks what the other has not, whatever stands at the end of a part', () => {
    const differing = (text: string, other: string) =>
      differingParts(text, other).flatMap(({ part, differs }) => (differs ? [part] : []))
    const [was, is] = ['每人1台，单价不超过5,000.00元，使用满6年', '每人1台，单价不超过4,500.00元，使用满6年']
    expect(differing(is, was)).toEqual(['单价不超过4,500.00元，'])
    expect(differing(was, is)).toEqual(['单价不超过5,000.00元，'])
    expect(differing('每人1台', '每人1台，单价不超过5,000.00元')).toEqual([])
    expect(differing(is, '')).toEqual([])
  })
})
