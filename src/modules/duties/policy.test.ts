import { describe, expect, it } from 'vitest'
import { roles, type Actor, type Level, type Role, type StatutoryPart } from '#kernel/pure/actor.ts'
import { can, reachesOf } from './policy.ts'

const at = (role: Role, parts: StatutoryPart[] = [], jurisdictionCode = '140100', level: Level = 'city'): Actor => ({
  kind: 'person',
  personId: 'p',
  name: '某人',
  organ: { id: 'own', name: '机关', jurisdictionCode, jurisdictionName: '', level, parts },
  roles: [role],
})
const outOfOffice: readonly Role[] = [
  'staff',
  'driver',
  'provider',
  'system-administrator',
  'security-administrator',
  'audit-administrator',
]
const ofOther = { organId: 'other', jurisdictionCode: '140100' }

describe('who sees duties (ROLE-R03, A6-1, A40-1)', () => {
  it.each(roles)('%s', (role) => {
    const inOffice = !outOfOffice.includes(role)
    expect(can.see(at(role)).ok).toBe(inOffice)
    expect(can.seeDuty(at(role), { ...ofOther, organId: 'own' })).toBe(inOffice)
    // Only at an authority or a department of Art. 40 does anybody read the level, a supervisor too.
    expect(can.seeDuty(at(role), ofOther)).toBe(false)
    expect(can.seeDuty(at(role, ['natural-resources']), ofOther)).toBe(inOffice)
    expect(can.seeDuty(at(role, ['authority']), ofOther)).toBe(inOffice)
    expect(can.seeLevel(at(role, ['finance'])).ok).toBe(inOffice)
    expect(reachesOf(at(role)).includes('level')).toBe(false)
    expect(reachesOf(at(role, ['audit'])).includes('level')).toBe(inOffice)
  })
  it('no other level, up or down (ORG-R07)', () => {
    const province = at('authority-leader', ['authority'], '140000', 'province')
    expect(can.seeDuty(province, ofOther)).toBe(false)
    expect(can.seeDuty(at('authority-leader', ['authority'], '140121', 'county'), ofOther)).toBe(false)
  })
})

describe('who urges (A39-1)', () => {
  it.each(roles)('%s', (role) => {
    const supervises = role === 'supervision-reviewer' || role === 'authority-leader'
    expect(can.supervise(at(role, ['authority']), ofOther).ok).toBe(supervises)
    expect(can.supervise(at(role), ofOther).ok).toBe(false)
    expect(can.supervise(at(role, ['finance']), ofOther).ok).toBe(false)
    expect(can.supervise(at(role, ['authority'], '140000', 'province'), ofOther).ok).toBe(false)
  })
  it('totals of the levels below are for an authority that has one', () => {
    expect(can.seeBelow(at('plan-reviewer', ['authority'])).ok).toBe(true)
    expect(can.seeBelow(at('plan-reviewer', ['authority'], '140121', 'county')).ok).toBe(false)
    expect(can.seeBelow(at('finance-reviewer', ['finance'])).ok).toBe(false)
  })
})

it('a calendar is for a role of one’s own', () => {
  expect(can.subscribe(at('organ-clerk'), 'organ-clerk').ok).toBe(true)
  expect(can.subscribe(at('organ-clerk'), 'organ-head').ok).toBe(false)
  expect(can.subscribe(at('driver'), 'driver').ok).toBe(false)
})
