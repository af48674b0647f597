import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { authorityRoles, roles, type Role, type StatutoryPart } from '#kernel/pure/actor.ts'
import { addDays } from '#kernel/pure/local-date.ts'
import { administratorRoles, isAdministrator } from '../model.ts'
import { mayDelegate, mayHold, rolesInForce } from './granting.ts'

const today = '2026-11-23'
const organ = (parts: StatutoryPart[]) => ({ name: '某局', parts })
const grant = (role: Role, more: { validFrom?: string; validUntil?: string | null; parts?: StatutoryPart[] } = {}) => ({
  role,
  validFrom: more.validFrom ?? today,
  // A provider's role never lasts longer than its contract (ROLE-R08).
  validUntil: more.validUntil ?? (role === 'provider' ? addDays(more.validFrom ?? today, 365) : null),
  organ: organ(more.parts ?? ['authority', 'finance']),
})
const codes = (verdict: ReturnType<typeof mayHold>) => (verdict.ok ? [] : verdict.refusals.map(({ code }) => code))

describe('mayHold', () => {
  it.each(roles)('%s fits the organs it is meant for', (role) => {
    expect(mayHold(grant(role, { parts: ['authority'] }), [], today).ok).toBe(role !== 'finance-reviewer')
    expect(mayHold(grant(role, { parts: ['finance'] }), [], today).ok).toBe(
      ![...authorityRoles, ...administratorRoles].includes(role as never),
    )
    // A40-1: whoever supervises does so from one of the departments named there.
    expect(mayHold(grant(role, { parts: [] }), [], today).ok).toBe(
      ![...authorityRoles, ...administratorRoles, 'finance-reviewer', 'supervisor'].includes(role),
    )
  })

  it.each(administratorRoles)('三员： %s goes with nothing else on any common day', (role) => {
    for (const other of roles) {
      const held = [{ role: other, organId: 'x', validFrom: '2026-12-01', validUntil: '2026-12-31' }]
      expect(codes(mayHold(grant(role, { validFrom: '2026-12-31', validUntil: '2027-01-31' }), held, today))).toEqual(
        other === role ? [] : ['separation'],
      )
      expect(codes(mayHold(grant(role, { validFrom: '2027-01-01' }), held, today))).toEqual([])
    }
  })

  it.each(roles)('facts 9.1 R09–R11: %s counts at the authority, an administrator nowhere else', (role) => {
    expect(rolesInForce([role], ['finance', 'authority'])).toEqual([role])
    expect(rolesInForce([role, 'staff'], ['finance'])).toEqual(isAdministrator(role) ? ['staff'] : [role, 'staff'])
  })

  it('refuses a period that ends before it begins, or is over, all at once', () => {
    expect(codes(mayHold(grant('staff', { validUntil: '2026-11-22' }), [], today))).toEqual(['period', 'period-past'])
    expect(codes(mayHold(grant('staff', { validUntil: today }), [], today))).toEqual([])
  })

  it.each([
    ['an audit without its task', 'supervisor', 'audit', '2026-12-31', ' ', ['ROLE-R04']],
    ['an audit without end', 'supervisor', 'audit', null, '审行〔2026〕6号', ['ROLE-R04']],
    ['an audit with both', 'supervisor', 'audit', '2026-12-31', '审行〔2026〕6号', []],
    ['another department that supervises', 'supervisor', 'development-reform', null, null, []],
    ['a provider without end', 'provider', 'authority', null, null, ['ROLE-R08']],
    ['a provider to the end of its contract', 'provider', 'authority', '2026-12-31', null, []],
  ] as const)('ROLE-R04 ROLE-R08 %s', (_, role, part, validUntil, document, refused) =>
    expect(codes(mayHold({ role, organ: organ([part]), validFrom: today, validUntil, document }, [], today))).toEqual(
      refused,
    ),
  )

  it('whatever is granted one after another, nobody is an administrator and anything else on one day', () =>
    fc.assert(
      fc.property(
        fc.array(fc.record({ role: fc.constantFrom(...roles), start: fc.nat(60), days: fc.option(fc.nat(60)) }), {
          maxLength: 12,
        }),
        fc.nat(120),
        (wishes, day) => {
          const held: { role: Role; organId: string; validFrom: string; validUntil: string | null }[] = []
          for (const { role, start, days } of wishes) {
            const wish = grant(role, {
              validFrom: addDays(today, start),
              validUntil: days === null ? null : addDays(today, start + days),
            })
            if (mayHold(wish, held, today).ok) held.push({ ...wish, organId: 'x' })
          }
          const on = addDays(today, day)
          const duties = new Set(
            held
              .filter(({ validFrom, validUntil }) => validFrom <= on && (validUntil === null || validUntil >= on))
              .map(({ role }) => (isAdministrator(role) ? role : 'business')),
          )
          expect(duties.size).toBeLessThanOrEqual(1)
        },
      ),
    ))
})

describe('mayDelegate', () => {
  const settings = { 'delegation-days': 180 }
  const holding = {
    role: 'organ-clerk' as Role,
    delegatedFrom: null,
    organId: 'o',
    personId: 'me',
    validFrom: '2021-01-01',
    validUntil: '2026-12-31' as string | null,
  }
  const delegation = { personId: 'other', validFrom: today, validUntil: '2026-12-10', sameOrgan: true }

  it.each([
    ['as it should be', {}, {}, []],
    ['an administrator’s duty', { role: 'security-administrator' as Role }, {}, ['administrator']],
    ['what was delegated already', { delegatedFrom: 'h' }, {}, ['delegated']],
    ['to oneself', {}, { personId: 'me' }, ['self']],
    ['to another organ', {}, { sameOrgan: false }, ['other-organ']],
    ['from yesterday', {}, { validFrom: '2026-11-22' }, ['past']],
    ['ending before it begins', {}, { validUntil: '2026-11-22' }, ['period']],
    ['180 days', { validUntil: null }, { validUntil: addDays(today, 179) }, []],
    ['181 days', { validUntil: null }, { validUntil: addDays(today, 180) }, ['too-long']],
    ['to the last day of the own term', {}, { validUntil: '2026-12-31' }, []],
    ['beyond the own term', {}, { validUntil: '2027-01-01' }, ['beyond']],
  ])('%s', (_, of, how, refused) =>
    expect(codes(mayDelegate({ ...holding, ...of }, { ...delegation, ...how }, settings, today))).toEqual(refused),
  )
})
