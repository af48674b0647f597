import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mayComeBy, mayEnd, mayRun, mayUse, stillRunning } from './body.ts'
import { levelsApart, mayAskLevel, ownLevelFirst, relationOf } from './level.ts'

const codes = ['140000', '140100', '140200', '140105', '140121', '140211', '130000', '130100', '130102'] as const

describe('which levels ask one another (A6-1)', () => {
  it.each([
    ['140121', '140100', 'above'],
    ['140121', '140000', 'above'],
    ['140100', '140121', 'below'],
    ['140000', '140211', 'below'],
    ['140121', '140105', 'beside'],
    ['140100', '140200', 'beside'],
    ['140121', '140200', null],
    ['140121', '140211', null],
    ['140000', '130000', null],
    ['140100', '140100', null],
  ])('seen from %s, %s is %s', (here, there, relation) => {
    expect(relationOf(here, there)).toBe(relation)
    expect(mayAskLevel(here, there).ok).toBe(relation !== null)
  })

  it('what is above here has here below it, what is beside is so for both, and no level asks itself', () => {
    const mirror = { above: 'below', below: 'above', beside: 'beside' } as const
    fc.assert(
      fc.property(fc.constantFrom(...codes), fc.constantFrom(...codes), (here, there) => {
        const relation = relationOf(here, there)
        expect(relationOf(there, here)).toBe(relation === null ? null : mirror[relation])
        if (here === there) expect(relation).toBe(null)
      }),
    )
  })

  it('plan.match-transport-level: how far a level is, there and back alike', () => {
    expect(levelsApart('140121', '140100')).toBe(1)
    expect(levelsApart('140100', '140000')).toBe(1)
    expect(levelsApart('140121', '140000')).toBe(2)
    expect(levelsApart('140121', '140105')).toBe(2)
    fc.assert(
      fc.property(fc.constantFrom(...codes), fc.constantFrom(...codes), (here, there) => {
        expect(levelsApart(here, there)).toBe(levelsApart(there, here))
        expect(levelsApart(here, there) === 0).toBe(here === there)
      }),
    )
  })

  it('A23-2 the own warehouse comes first, by kind', () => {
    const wanted = new Map([['item.desktop', 2]])
    expect(ownLevelFirst(wanted, new Map(), (code) => code).ok).toBe(true)
    expect(ownLevelFirst(wanted, new Map([['item.laptop', 3]]), (code) => code).ok).toBe(true)
    const verdict = ownLevelFirst(wanted, new Map([['item.desktop', 1]]), () => '台式计算机')
    expect(verdict).toMatchObject({ ok: false, refusals: [{ code: 'own-level-first' }] })
  })
})

describe('temporary bodies and events (A23-1)', () => {
  const body = { kind: 'body' as const, name: '指挥部', beginsOn: '2026-01-05', endedOn: null }
  it('a body ends on a day that was, once, not before it began', () => {
    expect(mayRun({ beginsOn: '2026-01-05', endsOn: '2026-01-04' }).ok).toBe(false)
    expect(mayEnd(body, '2026-01-05', '2026-01-05').ok).toBe(true)
    expect(mayEnd(body, '2026-01-04', '2026-06-30').ok).toBe(false)
    expect(mayEnd(body, '2026-07-01', '2026-06-30').ok).toBe(false)
    expect(mayEnd({ ...body, endedOn: '2026-06-30' }, '2026-06-30', '2026-07-01').ok).toBe(false)
    expect(stillRunning({ ...body, endedOn: '2026-06-30' }).ok).toBe(false)
  })
  it('uses what is in use or idle; only another organ’s things are lent', () => {
    const usable = (state: string) => mayUse({ number: 'ZC-1', state, removedOn: null }).ok
    expect(['in-use', 'idle', 'lent', 'repair', 'in-warehouse', 'missing', 'disposed'].filter(usable)).toEqual([
      'in-use',
      'idle',
    ])
    expect(mayUse({ number: 'ZC-1', state: 'in-use', removedOn: '2026-01-01' }).ok).toBe(false)
    expect([mayComeBy('lent', false).ok, mayComeBy('lent', true).ok]).toEqual([true, false])
    expect([mayComeBy('bought', true).ok, mayComeBy('given', false).ok]).toEqual([true, false])
  })
})
