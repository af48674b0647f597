import { describe, expect, it } from 'vitest'
import { publicActor, roles, type ActingOrgan, type Role } from '#kernel/pure/actor.ts'
import { testActor } from '#kernel/testing/act.ts'
import { can, listScope, maySeeCard, maySeeCards, maySeeLoan, maySeeSums, prefixOf } from './policy.ts'

const organ = (id: string, jurisdictionCode: string, parts: ActingOrgan['parts'] = []): ActingOrgan => ({
  id,
  name: id,
  jurisdictionCode,
  jurisdictionName: jurisdictionCode,
  level: 'city',
  parts,
})
const own = organ('own', '140100')
const subject = { organId: 'own', jurisdictionCode: '140100' }
const writers: readonly Role[] = ['asset-keeper', 'organ-clerk']
const writing = ['register', 'change', 'importCards', 'closeMonth', 'handOver', 'lend'] as const

describe('who writes the register (A12-4)', () => {
  it.each(roles)('%s of the own organ', (role) => {
    const actor = testActor(own, [role])
    for (const act of writing)
      expect([role, act, can[act](actor, subject).ok]).toEqual([role, act, writers.includes(role)])
  })
  it.each(roles)('%s of the authority, of a neighbour, of a higher level: never', (role) => {
    for (const other of [
      organ('bureau', '140100', ['authority']),
      organ('next', '140100'),
      organ('up', '140000', ['authority']),
    ])
      for (const act of writing) expect(can[act](testActor(other, [role]), subject).ok).toBe(false)
  })
  it('only the receiver signs, at the organ it is at', () => {
    const handover = { ...subject, toPersonId: 'a' }
    expect(can.answerHandover(testActor(own, ['staff'], { id: 'a' }), handover).ok).toBe(true)
    expect(can.answerHandover(testActor(own, ['organ-head'], { id: 'b' }), handover).ok).toBe(false)
    expect(can.answerHandover(testActor(organ('next', '140100'), ['staff'], { id: 'a' }), handover).ok).toBe(false)
  })
})

describe('who borrows, and who sees it (A12-4)', () => {
  const loan = { ...subject, borrowerOrganId: 'next', borrowerId: 'a' }
  const next = organ('next', '140100')
  it('only the borrower signs and hands back, at the organ it is lent to', () => {
    expect(can.answerLoan(testActor(next, ['organ-clerk'], { id: 'a' }), loan).ok).toBe(true)
    expect(can.answerLoan(testActor(next, ['organ-head'], { id: 'b' }), loan).ok).toBe(false)
    expect(can.answerLoan(testActor(own, ['asset-keeper'], { id: 'a' }), loan).ok).toBe(false)
  })
  it.each([
    ['own', [], '140100', 'asset-keeper', 'x', true],
    ['own', [], '140100', 'staff', 'x', false],
    ['next', [], '140100', 'organ-clerk', 'x', true],
    ['next', [], '140100', 'staff', 'x', false],
    ['next', [], '140100', 'staff', 'a', true],
    ['third', [], '140100', 'organ-clerk', 'x', false],
    ['bureau', ['authority'], '140100', 'asset-reviewer', 'x', true],
    ['up', ['authority'], '140000', 'asset-reviewer', 'x', false],
  ] as const)('%s %j of %s as %s %s sees it: %s', (id, parts, code, role, person, sees) =>
    expect(maySeeLoan(testActor(organ(id, code, [...parts]), [role], { id: person }), loan)).toBe(sees),
  )
})

describe('who reads it (A12-1, Art. 6)', () => {
  it.each([
    ['own', [], '140100', 'organ-head', true],
    ['own', [], '140100', 'staff', false],
    ['own', [], '140100', 'system-administrator', false],
    ['bureau', ['authority'], '140100', 'asset-reviewer', true],
    ['money', ['finance'], '140100', 'finance-reviewer', true],
    ['check', ['audit'], '140100', 'supervisor', true],
    ['money', ['finance'], '140100', 'staff', false],
    ['next', [], '140100', 'organ-clerk', false],
    ['up', ['authority'], '140000', 'asset-reviewer', false],
    ['down', ['authority'], '140121', 'asset-reviewer', false],
  ] as const)('%s %j of %s as %s: %s', (id, parts, code, role, sees) =>
    expect(maySeeCards(testActor(organ(id, code, [...parts]), [role]), subject)).toBe(sees),
  )
  it('a custodian sees the card in own care, no other', () => {
    const staff = testActor(own, ['staff'], { id: 'a' })
    expect(maySeeCard(staff, { ...subject, custodianId: 'a' })).toBe(true)
    expect(maySeeCard(staff, { ...subject, custodianId: 'b' })).toBe(false)
    expect(maySeeCard(publicActor, { ...subject, custodianId: null })).toBe(false)
  })
  it('a list is of the own organ for who keeps it, of the level for who reads it, of nothing for others', () => {
    expect(listScope(testActor(own, ['organ-clerk']))?.organId).toBe('own')
    expect(listScope(testActor(organ('bureau', '140100', ['authority']), ['asset-reviewer']))).toEqual({
      jurisdictionCode: '140100',
      organId: null,
    })
    for (const role of ['staff', 'driver', 'provider', 'audit-administrator'] as const)
      expect(listScope(testActor(own, [role]))).toBeNull()
  })
  it('sums of lower levels go up, never down or sideways', () => {
    const province = testActor(organ('up', '140000', ['authority']), ['asset-reviewer'])
    const city = testActor(organ('bureau', '140100', ['authority']), ['asset-reviewer'])
    expect([prefixOf('140000'), prefixOf('140100'), prefixOf('140121')]).toEqual(['14', '1401', '140121'])
    expect([maySeeSums(province, '140100'), maySeeSums(province, '140121'), maySeeSums(city, '140121')]).toEqual([
      true,
      true,
      true,
    ])
    expect([
      maySeeSums(city, '140000'),
      maySeeSums(city, '140200'),
      maySeeSums(testActor(own, ['organ-clerk']), '140100'),
    ]).toEqual([false, false, false])
  })
})
