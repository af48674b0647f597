import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applied, available, emptyBalances, mayPost, mayPostInYear, type Balances, type Movement } from './rules.ts'

const line = (balances: Partial<Balances>) => ({ ...emptyBalances, ...balances, itemName: '电费' })
const fen = fc.integer({ min: 0, max: 1_000_000_00 })
const movement: fc.Arbitrary<Movement> = fc.record({
  kind: fc.constantFrom('adjust', 'commit', 'release', 'execute', 'reverse'),
  amountFen: fen,
  quantityCenti: fc.integer({ min: 0, max: 100_00 }),
  fromCommitment: fc.boolean(),
})

describe('nothing beyond the plan (A34-2, PLAN-R11)', () => {
  it('PLAN-T16: 480,000 planned, 471,300 executed, a bill of 12,400 passes the plan by 3,700', () => {
    const electricity = line({ plannedFen: 48_000_000, executedFen: 47_130_000 })
    const verdict = mayPost(electricity, { kind: 'execute', amountFen: 1_240_000, quantityCenti: 0 })
    expect(verdict.ok).toBe(false)
    if (!verdict.ok) {
      expect(verdict.refusals[0]?.code).toBe('PLAN-R11')
      expect(verdict.refusals[0]?.facts['超计划额（分）']).toBe(370_000)
      expect(verdict.refusals[0]?.basis?.norm).toBe('A34-2')
    }
    const adjusted = {
      ...electricity,
      ...applied(electricity, { kind: 'adjust', amountFen: 370_000, quantityCenti: 0 }),
    }
    expect(mayPost(adjusted, { kind: 'execute', amountFen: 1_240_000, quantityCenti: 0 }).ok).toBe(true)
  })

  it('what is committed counts as used: two orders do not each fit alone', () => {
    const copiers = line({ plannedFen: 100, committedFen: 60 })
    expect(mayPost(copiers, { kind: 'commit', amountFen: 40, quantityCenti: 0 }).ok).toBe(true)
    expect(mayPost(copiers, { kind: 'commit', amountFen: 41, quantityCenti: 0 }).ok).toBe(false)
  })

  it('spending against a commitment uses the commitment, not the rest', () => {
    const order = line({ plannedFen: 100, committedFen: 100 })
    expect(mayPost(order, { kind: 'execute', amountFen: 100, quantityCenti: 0, fromCommitment: true }).ok).toBe(true)
    expect(mayPost(order, { kind: 'execute', amountFen: 1, quantityCenti: 0 }).ok).toBe(false)
  })

  it('no sequence of postings passes the plan or goes below zero', () =>
    fc.assert(
      fc.property(
        fen,
        fc.integer({ min: 0, max: 100_00 }),
        fc.array(movement, { maxLength: 60 }),
        (planned, quantity, movements) => {
          let now = applied(emptyBalances, { kind: 'open', amountFen: planned, quantityCenti: quantity })
          for (const next of movements) if (mayPost({ ...now, itemName: '' }, next).ok) now = applied(now, next)
          expect(available(now)).toBeGreaterThanOrEqual(0)
          expect(now.plannedCenti - now.committedCenti - now.executedCenti).toBeGreaterThanOrEqual(0)
          for (const balance of Object.values(now)) expect(balance).toBeGreaterThanOrEqual(0)
        },
      ),
    ))

  it('a refused movement names its ground', () =>
    fc.assert(
      fc.property(fen, movement, (planned, next) => {
        const verdict = mayPost(line({ plannedFen: planned }), next)
        if (!verdict.ok) for (const refusal of verdict.refusals) expect(refusal.basis?.citation).toContain('第三十四条')
      }),
    ))
})

describe('the year of a plan line (A34-1; 预算法第十八条、第五十四条)', () => {
  const open = { year: 2026, itemName: '电费', closedOn: null }
  const closed = { ...open, closedOn: '2027-01-20' }
  const held = { carriedOn: null }
  const carried = { carriedOn: '2027-01-20' }
  const codesOf = (verdict: ReturnType<typeof mayPostInYear>) =>
    verdict.ok ? [] : verdict.refusals.map(({ code }) => code)

  it.each([
    ['2025-12-31', ['other-budget-year']],
    ['2026-01-01', []],
    ['2026-12-31', []],
    ['2027-01-01', ['other-budget-year']],
  ])('what is newly held, or spent straight, on %s: %j', (on, codes) => {
    for (const kind of ['commit', 'execute', 'reverse'] as const)
      expect(codesOf(mayPostInYear(open, kind, on))).toEqual(codes)
  })

  it('what was held in the year is paid and put right after it, never before it', () => {
    for (const kind of ['execute', 'reverse'] as const) {
      expect(codesOf(mayPostInYear(open, kind, '2027-01-10', held))).toEqual([])
      expect(codesOf(mayPostInYear(open, kind, '2025-12-31', held))).toEqual(['other-budget-year'])
    }
    expect(codesOf(mayPostInYear(open, 'commit', '2027-01-10', held))).toEqual(['other-budget-year'])
  })

  it('a closed year lets only what was carried over be paid and put right, and anything be given back', () => {
    for (const kind of ['open', 'adjust', 'commit', 'execute', 'reverse'] as const)
      for (const drawn of [null, held])
        expect(codesOf(mayPostInYear(closed, kind, '2026-12-31', drawn))).toEqual(['year-closed'])
    for (const kind of ['execute', 'reverse', 'release'] as const)
      expect(codesOf(mayPostInYear(closed, kind, '2027-03-01', carried))).toEqual([])
    expect(codesOf(mayPostInYear(closed, 'commit', '2027-03-01', carried))).toEqual(['year-closed'])
  })
})
