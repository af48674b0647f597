import { describe, expect, test } from 'vitest'
import { roles, type ActingOrgan, type Actor, type Role, type StatutoryPart } from '#kernel/pure/actor.ts'
import { can, maySeeConsultation, maySeeOpinion, seesAll } from './policy.ts'

const at = (id: string, parts: StatutoryPart[], jurisdictionCode = '140100'): ActingOrgan => ({
  id,
  name: id,
  jurisdictionCode,
  jurisdictionName: '太原市',
  level: 'city',
  parts,
})
const authority = at('authority', ['authority'])
const finance = at('finance', ['finance'])
const organ = at('organ', [])
const elsewhere = at('elsewhere', ['authority'], '140200')
const as = (of: ActingOrgan, role: Role): Actor => ({
  kind: 'person',
  personId: role,
  name: role,
  organ: of,
  roles: [role],
})
const asked = { organId: 'authority', jurisdictionCode: '140100' }
const allowedRoles = (may: (actor: Actor) => boolean, of: ActingOrgan) => roles.filter((role) => may(as(of, role)))

const reviewers = [
  'authority-leader',
  'plan-reviewer',
  'asset-reviewer',
  'premises-reviewer',
  'vehicle-reviewer',
  'service-reviewer',
  'energy-reviewer',
  'supervision-reviewer',
  'finance-reviewer',
]
const office = ['organ-head', 'organ-clerk', 'asset-keeper', ...reviewers, 'supervisor']

describe('every role against every verb', () => {
  test.each([
    [
      'opens',
      (actor: Actor) => can.open(actor, '140100').ok,
      { authority: reviewers, finance: reviewers, organ: [], elsewhere: [] },
    ],
    [
      'leads what the authority asked',
      (actor: Actor) => can.lead(actor, asked, '办结').ok,
      { authority: reviewers, finance: [], organ: [], elsewhere: [] },
    ],
    [
      'answers for the organ',
      (actor: Actor) => can.answer(actor, { organId: 'organ' }).ok,
      { authority: [], finance: [], organ: ['organ-head', 'organ-clerk', 'plan-reviewer'], elsewhere: [] },
    ],
    [
      'sees every opinion',
      (actor: Actor) => seesAll(actor, asked),
      { authority: office, finance: office, organ: [], elsewhere: [] },
    ],
    [
      'knows of it when the organ was asked',
      (actor: Actor) => maySeeConsultation(actor, asked, ['organ']),
      { authority: office, finance: office, organ: office, elsewhere: [] },
    ],
    [
      'reads what the organ says',
      (actor: Actor) => maySeeOpinion(actor, { organId: 'organ', jurisdictionCode: '140100' }),
      { authority: office, finance: office, organ: office, elsewhere: [] },
    ],
  ])('%s', (_, may, expected) => {
    const sorted = (names: readonly string[]) => names.toSorted()
    for (const of of [authority, finance, organ, elsewhere])
      expect([of.id, sorted(allowedRoles(may, of))]).toEqual([of.id, sorted(expected[of.id as keyof typeof expected])])
  })
})
