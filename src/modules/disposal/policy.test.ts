import { describe, expect, it } from 'vitest'
import { roles, type ActingOrgan, type Role } from '#kernel/pure/actor.ts'
import { testActor } from '#kernel/testing/act.ts'
import { can as canRepair } from '#modules/repairs/policy.ts'
import { can, listScope, maySeeApplication, maySeeConsentLists } from './policy.ts'

const organ = (id: string, jurisdictionCode: string, parts: ActingOrgan['parts'] = []): ActingOrgan => ({
  id,
  name: id,
  jurisdictionCode,
  jurisdictionName: jurisdictionCode,
  level: 'city',
  parts,
})
const places = {
  own: organ('own', '140100'),
  receiver: organ('receiver', '140100'),
  next: organ('next', '140100'),
  bureau: organ('bureau', '140100', ['authority']),
  money: organ('money', '140100', ['finance']),
  check: organ('check', '140100', ['audit']),
  up: organ('up', '140000', ['authority', 'finance']),
}
const subject = { organId: 'own', jurisdictionCode: '140100', receiverOrganId: 'receiver', approvedOn: '2026-11-20' }
const keepers: readonly Role[] = ['asset-keeper', 'organ-clerk']

/** At which places which roles may do it; nobody else may. */
const verbs = {
  apply: [can.apply, 'own', keepers],
  carryOut: [can.carryOut, 'own', keepers],
  review: [can.review, 'bureau', ['asset-reviewer']],
  consent: [can.consent, 'money', ['finance-reviewer']],
  receive: [can.receive, 'receiver', keepers],
  handleRepair: [canRepair.handle, 'own', keepers],
  approveRepair: [canRepair.approve, 'own', ['organ-head', 'authority-leader']],
} as const

describe('A12-3 who may do what with a disposal and a repair', () => {
  it.each(Object.entries(verbs))('%s: every role at every place', (_, [may, at, wanted]) => {
    for (const [name, place] of Object.entries(places))
      for (const role of roles)
        expect([name, role, may(testActor(place, [role]), subject).ok]).toEqual([
          name,
          role,
          name === at && (wanted as readonly Role[]).includes(role),
        ])
  })

  it('Art. 6 the organ, its level and, once approved, the receiver read it; no other', () => {
    const sees = (place: ActingOrgan, role: Role, of = subject) => maySeeApplication(testActor(place, [role]), of)
    expect(
      Object.entries(places)
        .filter(([, place]) => sees(place, 'organ-clerk'))
        .map(([name]) => name),
    ).toEqual(['own', 'receiver', 'bureau', 'money', 'check'])
    expect(sees(places.receiver, 'organ-clerk', { ...subject, approvedOn: null as never })).toBe(false)
    expect(sees(places.own, 'staff')).toBe(false)
    expect(sees(places.receiver, 'driver')).toBe(false)
  })

  it('lists are of the own organ for who keeps things, of the level for who reads it', () => {
    expect(listScope(testActor(places.own, ['organ-clerk']))?.organId).toBe('own')
    expect(listScope(testActor(places.money, ['finance-reviewer']))?.organId).toBeNull()
    expect(listScope(testActor(places.own, ['staff']))).toBeNull()
    expect(maySeeConsentLists(testActor(places.money, ['finance-reviewer']))).toBe(true)
    expect(maySeeConsentLists(testActor(places.own, ['organ-head']))).toBe(false)
  })
})
