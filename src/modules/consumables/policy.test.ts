import { describe, expect, it } from 'vitest'
import { roles, type ActingOrgan, type Role } from '#kernel/pure/actor.ts'
import { testActor } from '#kernel/testing/act.ts'
import { can, listScope, maySeeStock } from './policy.ts'

const organ = (id: string, parts: ActingOrgan['parts'] = []): ActingOrgan => ({
  id,
  name: id,
  jurisdictionCode: '140100',
  jurisdictionName: '太原市',
  level: 'city',
  parts,
})
const subject = { organId: 'own', jurisdictionCode: '140100' }

describe('who may do what with the stock (A12-4)', () => {
  it.each(roles)('%s', (role: Role) => {
    const keeper = role === 'asset-keeper' || role === 'organ-clerk'
    expect(can.keep(testActor(organ('own'), [role]), subject).ok).toBe(keeper)
    expect(can.issue(testActor(organ('own'), [role]), subject).ok).toBe(keeper)
    expect(can.keep(testActor(organ('other'), [role]), subject).ok).toBe(false)
    expect(maySeeStock(testActor(organ('other'), [role]), subject)).toBe(false)
  })
  it('the receiver alone signs; who reads the level sees it whole, keepers their own', () => {
    const mine = testActor(organ('own'), ['staff'], { id: 'p' })
    expect(can.answer(mine, { ...subject, toPersonId: 'p' }).ok).toBe(true)
    expect(can.answer(mine, { ...subject, toPersonId: 'q' }).ok).toBe(false)
    expect(listScope(mine)).toBeNull()
    expect(listScope(testActor(organ('a', ['authority']), ['asset-reviewer']))?.organId).toBeNull()
    expect(listScope(testActor(organ('a', ['authority']), ['asset-keeper']))?.organId).toBe('a')
    expect(maySeeStock(testActor(organ('f', ['finance']), ['finance-reviewer']), subject)).toBe(true)
  })
})
