import { describe, expect, it } from 'vitest'
import { addDays } from '#kernel/pure/local-date.ts'
import { ranks } from '#modules/organs/model.ts'
import { norms } from '../norms/reference/catalogue.ts'
import { isProvisional, Standard } from './model.ts'
import { definitionOf, standardDefinitions } from './model/definitions.ts'
import { standardFormLabels } from './model/value.ts'
import { standardSeeds } from './reference/standards.ts'
import { seedKey } from './reference/seed.ts'
import { standardFaults } from './rules/faults.ts'
import { magnitude } from './rules/value-faults.ts'
import { valueText } from './rules/value-text.ts'
import { referenceRows, testTable } from './testing/table.ts'

const keyOf = ({ code, level, rank }: Standard) => `${code} ${level ?? ''} ${rank ?? ''}`
const byKey = Object.entries(Object.groupBy(referenceRows, keyOf)) as [string, Standard[]][]
const named = (rows: readonly Standard[]) => rows.map((row) => [keyOf(row), row] as const)

describe('A9-1, A15-1 the reference tables', () => {
  it('hold a row for every code of the registry, and no code outside it', () => {
    const codes = new Set(referenceRows.map(({ code }) => code))
    expect([...standardDefinitions.keys()].filter((code) => !codes.has(code))).toEqual([])
    expect([...codes].filter((code) => !standardDefinitions.has(code))).toEqual([])
  })

  it('say each row once', () => {
    const keys = standardSeeds.map(seedKey)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it.each(named(referenceRows))('%s fits its form, is cited, and has nothing the rules would refuse', (_, row) => {
    expect(Standard.shape.value.parse(row.value)).toEqual(row.value)
    expect(row.value.form).toBe(definitionOf(row.code)?.form)
    expect(row.citation.trim()).not.toBe('')
    expect(row.norms.length).toBeGreaterThan(0)
    const others = referenceRows.filter(({ id }) => id !== row.id)
    expect(standardFaults(others, row).filter(({ code }) => code !== 'no-change')).toEqual([])
  })

  it('A9-2 periods of a key follow each other without gap or overlap, the last one open', () => {
    for (const [key, rows] of byKey) {
      const ordered = rows.toSorted((a, b) => (a.from < b.from ? -1 : 1))
      ordered.forEach((row, index) => {
        const next = ordered[index + 1]
        if (next) expect([key, row.until && addDays(row.until, 1)]).toEqual([key, next.from])
        else expect([key, row.until]).toEqual([key, null])
      })
    }
  })

  it('have some standard with more than one version, so that the rule above is not empty', () =>
    expect(byKey.filter(([, rows]) => rows.length > 1).length).toBeGreaterThan(3))

  it('mark what the project chose: D and C are provisional, and a project default is never A or B', () => {
    for (const row of referenceRows) {
      expect(isProvisional(row)).toBe(row.confidence === 'C' || row.confidence === 'D')
      if (/项目默认值/.test(row.citation)) expect([row.code, isProvisional(row)]).toEqual([row.code, true])
    }
  })

  it('say what is doubtful of every figure marked C', () => {
    expect(referenceRows.filter(({ confidence, note }) => confidence === 'C' && note === '').map(keyOf)).toEqual([])
  })

  it('A9-3 quotas of money name what they rest on', () => {
    const money = referenceRows.filter(({ kind }) => kind === 'expenditure-quota' || kind === 'spending-standard')
    expect(money.length).toBeGreaterThan(0)
    expect(money.filter(({ restsOn }) => restsOn.length === 0).map(keyOf)).toEqual([])
  })

  it('serve norms of the catalogue only', () => {
    const known = new Set(norms.map(({ id }) => id))
    expect(referenceRows.flatMap((row) => row.norms.filter((norm) => !known.has(norm)))).toEqual([])
  })

  it('never give a higher rank less at the same level', () => {
    const growing = testTable.rows.filter(({ code, rank }) => rank !== null && definitionOf(code)?.growsWithRank)
    const columns = Object.values(Object.groupBy(growing, ({ code, level }) => `${code} ${level}`))
    expect(columns.length).toBeGreaterThan(6)
    for (const rows of columns) {
      const sizes = (rows ?? [])
        .toSorted((a, b) => ranks.indexOf(a.rank ?? 'clerk') - ranks.indexOf(b.rank ?? 'clerk'))
        .map(({ value }) => magnitude(value) ?? 0)
      expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
    }
  })

  it('read as a line of Chinese, every one', () => {
    const lines = referenceRows.map(({ value }) => valueText(value))
    expect(lines.filter((line) => line === '' || /undefined|null|NaN|[,;](?!\d)/.test(line))).toEqual([])
  })

  it('use every form', () =>
    expect(new Set(referenceRows.map(({ value }) => value.form))).toEqual(new Set(Object.keys(standardFormLabels))))

  it('price a vehicle the same on a demand line and at purchase', () => {
    const price = (code: string) => {
      const value = testTable.rows.find((row) => row.code === code)?.value
      return value?.form === 'item' ? value.priceCapFen : value?.form === 'vehicle-cap' ? value.base.priceCapFen : null
    }
    for (const kind of ['confidential', 'emergency', 'enforcement', 'other', 'new-energy'])
      expect(price(`item.vehicle-${kind}`)).toBe(price(`vehicle.cap-${kind}`))
  })

  it('leave the unproven provincial table of 2014 out of use', () =>
    expect(testTable.rows.find(({ code }) => code === 'equipment.shanxi-2014-applies')?.value).toEqual({
      form: 'switch',
      on: false,
    }))
})
