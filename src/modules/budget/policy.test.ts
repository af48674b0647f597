import { describe, expect, it } from 'vitest'
import { roles, type Actor, type Role, type StatutoryPart } from '#kernel/pure/actor.ts'
import { can, maySeeBudget } from './policy.ts'

const budget = { organId: 'own', jurisdictionCode: '140000' }
const actor = (id: string, held: readonly Role[], parts: StatutoryPart[] = [], jurisdictionCode = '140000'): Actor => ({
  kind: 'person',
  personId: 'p',
  name: '张三',
  roles: held,
  organ: { id, name: id, jurisdictionCode, jurisdictionName: '', level: 'province', parts },
})
const verbs = Object.keys(can) as (keyof typeof can)[]
const allows = (who: Actor) => verbs.filter((verb) => can[verb](who, budget).ok)
const ofOwner: (keyof typeof can)[] = ['edit', 'propose', 'draft']
const ofFinance: (keyof typeof can)[] = ['control', 'approve', 'returnForCorrection']

describe('who may do what to a budget (A6-1, A33-4)', () => {
  it('every role at the owning organ', () => {
    for (const role of roles)
      expect(allows(actor('own', [role])), role).toEqual(
        ['organ-clerk', 'organ-head', 'plan-reviewer'].includes(role) ? ofOwner : [],
      )
  })
  it('every role at the finance department of the level', () => {
    for (const role of roles)
      expect(allows(actor('finance', [role], ['finance'])), role).toEqual(role === 'finance-reviewer' ? ofFinance : [])
  })
  it('nobody of another organ or another jurisdiction, whatever the roles', () => {
    expect(allows(actor('other', roles))).toEqual([])
    expect(allows(actor('authority', roles, ['authority']))).toEqual([])
    expect(allows(actor('city-finance', roles, ['finance'], '140100'))).toEqual([])
  })
  it('the organ, and authority, finance and audit of its level see it', () => {
    expect(maySeeBudget(actor('own', ['organ-clerk']), budget)).toBe(true)
    expect(maySeeBudget(actor('own', ['staff']), budget)).toBe(false)
    for (const part of ['authority', 'finance', 'audit'] as const) {
      expect(maySeeBudget(actor('x', ['supervisor'], [part]), budget)).toBe(true)
      // ROLE-R03: working there is not enough.
      expect(maySeeBudget(actor('x', ['system-administrator'], [part]), budget)).toBe(false)
      expect(maySeeBudget(actor('x', [], [part], '140100'), budget)).toBe(false)
    }
    expect(maySeeBudget(actor('x', roles), budget)).toBe(false)
  })
})
