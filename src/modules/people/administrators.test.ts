import { describe, expect, it } from 'vitest'
import { roles, type Actor, type ActingOrgan, type Role } from '#kernel/pure/actor.ts'
import { can, holdingsScope } from './policy.ts'

/** What each of the three administrators 三员 does, and nobody else: every role against every verb. */
const at = (jurisdictionCode: string, level: ActingOrgan['level'] = 'city'): ActingOrgan => ({
  id: `authority-${jurisdictionCode}`,
  name: jurisdictionCode,
  jurisdictionCode,
  jurisdictionName: jurisdictionCode,
  level,
  parts: ['authority'],
})
const actor = (role: Role, organ = at('140100')): Actor => ({
  kind: 'person',
  personId: 'me',
  name: '某人',
  organ,
  roles: [role],
})
const colleague = { organId: 'education', jurisdictionCode: '140100', personId: 'other' }
const stranger = { organId: 'far', jurisdictionCode: '140200', personId: 'other' }
const myself = { ...colleague, personId: 'me' }

const verbs: readonly [name: string, verb: (who: Actor, whom: typeof colleague) => boolean, whose: Role][] = [
  ['unlock', (who, whom) => can.unlock(who, whom).ok, 'system-administrator'],
  ['endSessions', (who, whom) => can.endSessions(who, whom).ok, 'system-administrator'],
  ['resetPassword', (who, whom) => can.resetPassword(who, whom).ok, 'system-administrator'],
  ['resetSecondFactor', (who, whom) => can.resetSecondFactor(who, whom).ok, 'security-administrator'],
]

describe.each(verbs)('G8 %s', (_, verb, whose) => {
  it.each(roles)('%s', (role) => {
    expect(verb(actor(role), colleague)).toBe(role === whose)
    expect([verb(actor(role), stranger), verb(actor(role), myself)]).toEqual([false, false])
  })
})

describe('the system’s lists and policy', () => {
  it.each(roles)('%s', (role) => {
    const who = actor(role)
    const administrator = role.endsWith('-administrator')
    expect(can.seeSessions(who).ok).toBe(role === 'system-administrator')
    expect(can.seeSessions(who, stranger).ok).toBe(false)
    expect(can.seePolicy(who).ok).toBe(administrator)
    expect(holdingsScope(who).kind).toBe(
      role === 'security-administrator'
        ? 'level'
        : role === 'organ-head' || role === 'authority-leader'
          ? 'organ'
          : 'none',
    )
    expect(can.seeHoldings(who).ok).toBe(holdingsScope(who).kind !== 'none')
    expect(can.changePolicy(who, 'city').ok).toBe(role === 'security-administrator')
    expect([can.changePolicy(who, 'province').ok, can.changePolicy(who, null).ok]).toEqual([false, false])
    expect(can.endDelegation(who, { giverId: 'me', over: false }).ok).toBe(true)
    expect(can.endDelegation(who, { giverId: 'me', over: true }).ok).toBe(false)
    expect(can.endDelegation(who, { giverId: 'other', over: false }).ok).toBe(false)
  })

  it('no one administrator alone can take over an account: password and second factor are two people’s', () => {
    for (const role of roles) {
      const who = actor(role)
      expect(can.resetPassword(who, colleague).ok && can.resetSecondFactor(who, colleague).ok).toBe(false)
    }
  })
})
