import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roles } from '#kernel/pure/actor.ts'
import { addDays } from '#kernel/pure/local-date.ts'
import { testActor } from '#kernel/testing/act.ts'
import { can } from './policy.ts'
import { mayBeIssued, stateOf } from './rules.ts'

const areas = [{ module: 'plans', title: '计划', rights: ['read', 'write'] as const }]
const figures = { 'token-days': 365, 'requests-per-minute': 600 }
const today = '2026-11-23'
const codes = (scopes: string[], validUntil: string) => {
  const verdict = mayBeIssued({ scopes, validUntil }, areas, figures, today)
  return verdict.ok ? [] : verdict.refusals.map(({ code }) => code)
}

describe('a token', () => {
  it('lasts from today to the number of days of the setting, no day longer', () =>
    fc.assert(
      fc.property(fc.integer({ min: -400, max: 800 }), (days) => {
        const refused = codes(['plans:read'], addDays(today, days)).includes('period')
        return refused === (days < 0 || days > 365)
      }),
    ))
  it('says all that is wrong at once', () => {
    expect(codes(['plans:read', 'people:write', 'people:write'], '2030-01-01')).toEqual([
      'scope-unknown',
      'scope-twice',
      'period',
    ])
  })
  it('counts on its last day, not on the next, never once revoked', () => {
    const token = { revokedAt: null, validUntil: today }
    expect([stateOf(token, today), stateOf(token, addDays(today, 1))]).toEqual(['valid', 'expired'])
    expect(stateOf({ ...token, revokedAt: new Date(0) }, today)).toBe('revoked')
  })
})

describe('8.1.5 who gives rights to machines', () => {
  const organ = (jurisdictionCode: string, level: 'province' | 'city') => ({
    id: jurisdictionCode,
    name: '',
    jurisdictionCode,
    jurisdictionName: '',
    level,
    parts: ['authority' as const],
  })
  it.each(roles)('%s', (role) => {
    const actor = testActor(organ('140100', 'city'), [role])
    const expected = role === 'security-administrator'
    expect(can.see(actor).ok).toBe(expected)
    expect(can.issue(actor, { jurisdictionCode: '140100' }).ok).toBe(expected)
    expect(can.revoke(actor, { jurisdictionCode: '140100' }).ok).toBe(expected)
    expect(can.issue(actor, { jurisdictionCode: '140200' }).ok).toBe(false)
    expect(can.issue(actor, { jurisdictionCode: '140000' }).ok).toBe(false)
    expect([can.changeSettings(actor, 'province').ok, can.changeSettings(actor, null).ok]).toEqual([false, false])
    expect(can.changeSettings(actor, 'city').ok).toBe(expected) // a city that runs the system for itself
    expect(can.changeSettings(testActor(organ('140000', 'province'), [role]), 'province').ok).toBe(expected)
  })
})
