import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Verdict } from '#kernel/pure/verdict.ts'
import { resolutions, resolutionsOf, results, type Resolution, type Result } from '../model.ts'
import { mayEnd, maySubmit, mayWork, stateAfter, valueVerdict, writesOff } from './closing.ts'
import { countedWithin, differingFound, mayMark } from './mark.ts'
import { ratesOf, rateText } from './rates.ts'
import { inScope, isWhole, scopeText } from './scope.ts'

const codes = (verdict: Verdict) => (verdict.ok ? [] : verdict.refusals.map(({ code }) => code))
const nothing = {
  items: 0,
  costFen: 0,
  counted: 0,
  disputed: 0,
  same: 0,
  mismatch: 0,
  missing: 0,
  idle: 0,
  damaged: 0,
  duplicate: 0,
  surplus: 0,
  missingFen: 0,
}

describe('rates', () => {
  it('AST-T11 1,201 of 1,204 is 99.75 %', () => {
    const rates = ratesOf({ ...nothing, items: 1204, counted: 1204, same: 1201, missing: 2, mismatch: 1, surplus: 3 })
    expect(rates).toEqual({ progress: 10_000, agreement: 9975, shortage: 17 })
    expect(rateText(rates.agreement)).toBe('99.75%')
  })
  it('of nothing there is none; what is idle or worn out is there', () => {
    expect(ratesOf(nothing)).toEqual({ progress: null, agreement: null, shortage: null })
    expect(rateText(null)).toBe('–')
    expect(ratesOf({ ...nothing, items: 3, counted: 3, same: 1, idle: 1, damaged: 1 }).agreement).toBe(10_000)
  })
  it('never leave 0 to 100 %, and agreement and shortage never pass it together by more than rounding', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(400), { minLength: 6, maxLength: 6 }),
        ([same, mismatch, missing, idle, damaged, open]) => {
          const parts = {
            same: same ?? 0,
            mismatch: mismatch ?? 0,
            missing: missing ?? 0,
            idle: idle ?? 0,
            damaged: damaged ?? 0,
          }
          const counted = Object.values(parts).reduce((sum, part) => sum + part, 0)
          const rates = ratesOf({ ...nothing, ...parts, counted, items: counted + (open ?? 0) })
          for (const rate of Object.values(rates)) if (rate !== null) expect(rate >= 0 && rate <= 10_000).toBe(true)
          expect((rates.agreement ?? 0) + (rates.shortage ?? 0)).toBeLessThanOrEqual(10_001)
        },
      ),
    )
  })
})

describe('scope', () => {
  const all = { places: [], departments: [], custodians: [], classPrefix: null }
  const card = { place: '主楼301', department: '办公室', custodianName: '王丽娟', classCode: 'A02010105' }
  it('each word is a beginning; every kind of word must fit', () => {
    expect(inScope(all, card)).toBe(true)
    expect(inScope({ ...all, places: ['附楼', '主楼3'] }, card)).toBe(true)
    expect(inScope({ ...all, places: ['主楼3'], departments: ['财务科'] }, card)).toBe(false)
    expect(inScope({ ...all, classPrefix: 'A05' }, card)).toBe(false)
  })
  it('AST-R06 only what nothing narrows is the whole', () => {
    expect([isWhole(all), isWhole({ ...all, custodians: ['王'] })]).toEqual([true, false])
    expect(scopeText({ ...all, places: ['主楼3'], classPrefix: 'A02' })).toBe('存放地点：主楼3；分类：A02')
  })
})

describe('marks', () => {
  it('are of a moment between the opening of the count and now, whatever the phone’s clock says', () => {
    const now = new Date('2026-11-23T09:00:00+08:00')
    const within = (said: string) => countedWithin(new Date(said), '2026-11-20', now).toISOString()
    expect(within('2027-01-01T00:00:00Z')).toBe(now.toISOString())
    expect(within('0000-01-01T00:00:00Z')).toBe('2026-11-19T16:00:00.000Z')
    expect(within('2026-11-21T00:00:00Z')).toBe('2026-11-21T00:00:00.000Z')
  })
  const item = { number: 'ZC-1', place: '主楼301', model: 'M455' }
  it('only what differs is a difference', () => {
    expect(differingFound({ place: '主楼301', model: 'M456', userName: '' }, item)).toEqual({ model: 'M456' })
  })
  it('are complete, of the right kind, and without marks of secrecy (A44-1)', () => {
    const said = { result: 'same' as Result, found: {}, thing: null, remark: '' }
    expect(codes(mayMark(said, item))).toEqual([])
    expect(codes(mayMark({ ...said, result: 'mismatch' }, item))).toEqual(['nothing-differs'])
    expect(codes(mayMark({ ...said, result: 'duplicate' }, item))).toEqual(['kept-card'])
    expect(codes(mayMark({ ...said, result: 'duplicate', found: { keptNumber: 'ZC-1' } }, item))).toEqual([
      'kept-itself',
    ])
    expect(codes(mayMark({ ...said, result: 'surplus' }, item))).toEqual(['mark-kind'])
    expect(codes(mayMark({ ...said, remark: '机密★' }, item))).toEqual(['A44-1'])
  })
})

describe('closing', () => {
  it('ends when nobody disagrees and all is counted, or what is not is said to be missing', () => {
    expect(codes(mayEnd({ items: 3, counted: 2, disputed: 0 }, false))).toEqual(['uncounted'])
    expect(codes(mayEnd({ items: 3, counted: 2, disputed: 0 }, true))).toEqual([])
    expect(codes(mayEnd({ items: 3, counted: 2, disputed: 1 }, true))).toEqual(['disputed'])
    expect([codes(maySubmit(0)), codes(maySubmit(1))]).toEqual([[], ['open-differences']])
  })
  it('the whole table: every result with the resolutions it admits, and nothing else', () => {
    const worked = { cause: '原因', responsible: '责任人', card: null }
    for (const result of results)
      for (const resolution of resolutions) {
        const fits = result !== 'same' && resolutionsOf[result].includes(resolution)
        const said = codes(mayWork({ result, name: '资产' }, { ...worked, resolution }))
        expect([result, resolution, !said.includes('resolution-unfit')]).toEqual([result, resolution, fits])
      }
    expect(codes(mayWork({ result: 'surplus', name: '资产' }, { ...worked, resolution: 'register' }))).toEqual([
      'surplus-card',
    ])
  })
  it('AST-R07 no resolution takes a card off the books; a shortage goes to 盘亏待查 and asks finance', () => {
    const states = (Object.keys(stateAfter) as Resolution[]).map((resolution) => stateAfter[resolution] as string)
    expect(states).not.toContain('disposed')
    expect(stateAfter.pursue).toBe('missing')
    expect([writesOff(0), writesOff(1)]).toEqual([false, true])
  })
  it('surplus: evidence, appraisal and replacement say what they rest on; the nominal yuan is one yuan', () => {
    for (const valueBasis of ['evidence', 'appraisal', 'replacement'] as const)
      expect(codes(valueVerdict({ valueBasis, valueFen: 5000, evidence: ' ' }))).toEqual(['value-evidence'])
    expect(codes(valueVerdict({ valueBasis: 'nominal', valueFen: 200, evidence: '' }))).toEqual(['nominal-value'])
    expect(codes(valueVerdict({ valueBasis: 'nominal', valueFen: 100, evidence: '' }))).toEqual([])
  })
})
