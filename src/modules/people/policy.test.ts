import { describe, expect, it } from 'vitest'
import {
  publicActor,
  roles,
  systemActor,
  type Actor,
  type ActingOrgan,
  type Role,
  type StatutoryPart,
} from '#kernel/pure/actor.ts'
import { administratorRoles, organRoles } from './model.ts'
import { can, maySee, peopleScope } from './policy.ts'

const organ = (
  jurisdictionCode: string,
  parts: StatutoryPart[] = [],
  id = `${jurisdictionCode}-${parts.join('+')}`,
): ActingOrgan => ({
  id,
  name: id,
  jurisdictionCode,
  jurisdictionName: jurisdictionCode,
  level: 'city',
  parts,
})
const actor = (role: Role, at: ActingOrgan): Actor => ({
  kind: 'person',
  personId: 'me',
  name: '某人',
  organ: at,
  roles: [role],
})
const authority = organ('140100', ['authority'])
const plain = organ('140100')
const colleague = { organId: plain.id, jurisdictionCode: '140100', personId: 'other' }
const neighbour = { organId: 'elsewhere', jurisdictionCode: '140100', personId: 'other' }
const stranger = { organId: 'far', jurisdictionCode: '140200', personId: 'other' }

describe('every role against every verb, at an organ without a part', () => {
  it.each(roles)('%s', (role) => {
    const who = actor(role, plain)
    const system = role === 'system-administrator'
    const security = role === 'security-administrator'
    for (const subject of [colleague, neighbour]) {
      expect(can.create(who, subject).ok).toBe(system)
      expect(can.resetPassword(who, subject).ok).toBe(system)
      expect(can.disable(who, subject).ok).toBe(system || security)
      expect(maySee(who, subject)).toBe(system || security || (subject === colleague && role !== 'provider'))
    }
    for (const given of roles) {
      const byHead = role === 'organ-head' || role === 'authority-leader'
      expect(can.grant(who, { ...colleague, role: given }).ok).toBe(
        security || (byHead && (organRoles as readonly Role[]).includes(given)),
      )
      expect(can.grant(who, { ...neighbour, role: given }).ok).toBe(security)
    }
  })

  it.each(roles)('%s does nothing at another level', (role) => {
    for (const at of [plain, authority])
      for (const verdict of [can.create, can.grant, can.disable, can.resetPassword].map((verb) =>
        verb(actor(role, at), stranger),
      ))
        expect(verdict).toMatchObject({ ok: false })
    expect(maySee(actor(role, authority), stranger)).toBe(false)
  })
})

it('facts 9.1 R24: who holds no role, or serves the organ under a contract, sees nobody of it', () => {
  expect(maySee({ ...actor('staff', plain), roles: [] }, colleague)).toBe(false)
  expect(maySee(actor('provider', plain), colleague)).toBe(false)
  expect(maySee({ ...actor('staff', plain), roles: ['provider', 'driver'] }, colleague)).toBe(true)
})

describe('nobody serves themselves', () => {
  it.each(roles)('%s', (role) => {
    const own = { organId: plain.id, jurisdictionCode: '140100', personId: 'me' }
    for (const given of roles) expect(can.grant(actor(role, plain), { ...own, role: given }).ok).toBe(false)
    expect([can.disable(actor(role, plain), own).ok, can.resetPassword(actor(role, plain), own).ok]).toEqual([
      false,
      false,
    ])
    expect([can.delegate(actor(role, plain), own).ok, can.delegate(actor(role, plain), colleague).ok]).toEqual([
      true,
      false,
    ])
  })
})

it('三员： who opens accounts gives no roles, who gives roles opens none, who audits does neither', () => {
  const verbs = (role: Role) => [can.create, can.grant].map((verb) => verb(actor(role, plain), neighbour).ok)
  expect(administratorRoles.map(verbs)).toEqual([
    [true, false],
    [false, true],
    [false, false],
  ])
})

it('the authority’s office lists its level, others their organ, the public nobody', () => {
  expect(peopleScope(actor('plan-reviewer', authority))).toEqual({ kind: 'level', jurisdictionCode: '140100' })
  expect(peopleScope(actor('organ-clerk', authority))).toEqual({ kind: 'organ', organId: authority.id })
  expect(peopleScope(actor('plan-reviewer', plain))).toEqual({ kind: 'organ', organId: plain.id })
  expect([peopleScope(publicActor), peopleScope(systemActor)]).toEqual([{ kind: 'none' }, { kind: 'none' }])
})
