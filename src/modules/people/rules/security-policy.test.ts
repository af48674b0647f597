import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { administratorRoles, profiles, settingKeys, settings, type SettingKey } from '../model.ts'
import { mayBePolicy, policyChanges, type PolicyState } from './security-policy.ts'

const standard: PolicyState = {
  profile: 'dengbao-3',
  values: Object.fromEntries(settingKeys.map((key) => [key, settings[key].standard])) as Record<SettingKey, number>,
  secondFactorRoles: [...administratorRoles, 'plan-reviewer'],
}

describe('the security policy', () => {
  it('is within its bounds as it is delivered, and every figure has a ground', () => {
    expect(mayBePolicy(standard)).toEqual({ ok: true })
    for (const key of settingKeys) expect(settings[key].basis.citation, key).not.toBe('')
  })

  it('one figure beyond its bound is refused by name, whatever else holds', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...settingKeys),
        fc.integer({ min: 1, max: 10_000 }),
        fc.boolean(),
        (key, by, above) => {
          const { least, most, title } = settings[key]
          const value = above ? most + by : least - by
          const verdict = mayBePolicy({ ...standard, values: { ...standard.values, [key]: value } })
          expect(verdict.ok).toBe(false)
          expect(verdict.ok || verdict.refusals.some(({ message }) => message.includes(title))).toBe(true)
        },
      ),
    ))

  it('within the bounds nothing is refused but an idle time beyond the whole session', () =>
    fc.assert(
      fc.property(
        fc.record(
          Object.fromEntries(
            settingKeys.map((key) => [key, fc.integer({ min: settings[key].least, max: settings[key].most })]),
          ),
        ),
        fc.constantFrom(...profiles),
        (values, profile) => {
          const state = { ...standard, profile, values: values as Record<SettingKey, number> }
          expect(mayBePolicy(state).ok).toBe(
            (values['session-hours'] as number) * 60 >= (values['session-idle-minutes'] as number),
          )
        },
      ),
    ))

  it('the three administrators stay under a second factor', () => {
    for (const role of administratorRoles) {
      const without = standard.secondFactorRoles.filter((one) => one !== role)
      expect(mayBePolicy({ ...standard, secondFactorRoles: without }).ok).toBe(false)
    }
  })

  it('tells what is different, and nothing where nothing is', () => {
    expect(
      policyChanges(standard, { ...standard, secondFactorRoles: standard.secondFactorRoles.toReversed() }),
    ).toEqual([])
    expect(
      policyChanges(standard, { ...standard, profile: 'asvs', values: { ...standard.values, 'lock-minutes': 60 } }),
    ).toEqual([
      { key: 'profile', title: '密码规则', before: '等保三级', after: 'OWASP ASVS' },
      { key: 'lock-minutes', title: '锁定时间', before: '30分钟', after: '60分钟' },
    ])
  })
})
