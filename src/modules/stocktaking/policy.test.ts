import { describe, expect, it } from 'vitest'
import { roles, type ActingOrgan, type Role } from '#kernel/pure/actor.ts'
import { testActor } from '#kernel/testing/act.ts'
import { can, counterRoles, listScope, maySeeAsCounter, maySeeCount } from './policy.ts'

const organ = (id: string, parts: ActingOrgan['parts'] = [], jurisdictionCode = '140100'): ActingOrgan => ({
  id,
  name: id,
  jurisdictionCode,
  jurisdictionName: '',
  level: 'city',
  parts,
})
const own = organ('own')
const subject = { organId: 'own', jurisdictionCode: '140100' }
const rolesThat = (allowed: (role: Role) => boolean) => roles.filter(allowed)

describe('who may do what with a count (A12-4)', () => {
  it('keepers and clerks of the organ lead it', () => {
    const leads = rolesThat((role) => can.lead(testActor(own, [role]), subject, '盘点').ok)
    expect(leads).toEqual(['organ-clerk', 'asset-keeper'])
    expect(can.open(testActor(organ('other'), ['asset-keeper']), subject).ok).toBe(false)
  })
  it('whoever works at the organ counts when on the team; others of it only as keepers; nobody of another organ', () => {
    expect(rolesThat((role) => can.count(testActor(own, [role]), subject, true).ok).toSorted()).toEqual(
      [...counterRoles].toSorted(),
    )
    expect(rolesThat((role) => can.count(testActor(own, [role]), subject, false).ok)).toEqual([
      'organ-clerk',
      'asset-keeper',
    ])
    expect(roles.some((role) => can.count(testActor(organ('other'), [role]), subject, true).ok)).toBe(false)
  })
  it('is read by the office of the organ and by authority, finance and audit of the level; the team reads its list', () => {
    for (const part of ['authority', 'finance', 'audit'] as const) {
      expect(maySeeCount(testActor(organ('d', [part]), ['supervisor']), subject)).toBe(true)
      expect(maySeeCount(testActor(organ('d', [part], '140000'), ['supervisor']), subject)).toBe(false)
    }
    for (const role of ['staff', 'driver'] as const) {
      expect(maySeeCount(testActor(own, [role]), subject)).toBe(false)
      expect(maySeeAsCounter(testActor(own, [role]), subject, true)).toBe(true)
      expect(maySeeAsCounter(testActor(organ('other'), [role]), subject, true)).toBe(false)
    }
    for (const role of ['system-administrator', 'security-administrator', 'audit-administrator', 'provider'] as const)
      expect(maySeeAsCounter(testActor(own, [role]), subject, true)).toBe(false)
  })
  it('lists show the own organ to keepers, the level to who reads it, nothing to others', () => {
    expect(listScope(testActor(organ('d', ['authority']), ['asset-reviewer']))).toEqual({
      jurisdictionCode: '140100',
      organId: null,
    })
    expect(listScope(testActor(organ('d', ['authority']), ['asset-keeper']))).toEqual({
      jurisdictionCode: '140100',
      organId: 'd',
    })
    expect(listScope(testActor(own, ['staff']))).toBeNull()
  })
})
