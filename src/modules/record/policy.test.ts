import { describe, expect, it } from 'vitest'
import {
  publicActor,
  roles,
  statutoryParts,
  systemActor,
  type Actor,
  type ActingOrgan,
  type Role,
  type StatutoryPart,
} from '#kernel/pure/actor.ts'
import { can, changesScope, recordScope } from './policy.ts'

const organ = (parts: StatutoryPart[] = []): ActingOrgan => ({
  id: 'organ',
  name: '某局',
  jurisdictionCode: '140100',
  jurisdictionName: '太原市',
  level: 'city',
  parts,
})
const actor = (role: Role, parts: StatutoryPart[] = []): Actor => ({
  kind: 'person',
  personId: 'p',
  name: '某人',
  organ: organ(parts),
  roles: [role],
})

/** Who sees what is made for them only, or runs the system without seeing business (三员). */
const noReaders: readonly Role[] = [
  'staff',
  'driver',
  'provider',
  'system-administrator',
  'security-administrator',
  'audit-administrator',
]
const readers = roles.filter((role) => !noReaders.includes(role))
const wholeLevelParts: readonly StatutoryPart[] = ['authority', 'finance', 'audit']
const own = { organId: 'organ', jurisdictionCode: null }
const level = { organId: 'organ', jurisdictionCode: '140100' }

describe('papers', () => {
  it.each(roles)('%s reads those of the own organ, or none', (role) => {
    expect(recordScope(actor(role))).toEqual(readers.includes(role) ? own : null)
  })
  it.each(statutoryParts)('Art. 6, 40: at the organ carrying %s, those of the own level or of the organ', (part) => {
    for (const role of roles)
      expect([role, recordScope(actor(role, [part]))]).toEqual([
        role,
        readers.includes(role) ? (wholeLevelParts.includes(part) ? level : own) : null,
      ])
  })
  it('are nobody’s without an organ', () => {
    for (const nobody of [publicActor, systemActor, { ...actor('organ-head'), organ: null }])
      expect([recordScope(nobody), changesScope(nobody)]).toEqual([null, null])
  })
})

describe('changes and audit', () => {
  it.each(roles)('%s reads changes as papers; the security auditor those of the level', (role) => {
    for (const parts of [[], ['authority']] as StatutoryPart[][])
      expect(changesScope(actor(role, parts))).toEqual(
        role === 'audit-administrator' ? level : recordScope(actor(role, parts)),
      )
  })
  it.each(roles)('the audit record is the security auditor’s alone: %s', (role) => {
    for (const parts of [[], ['authority'], ['audit']] as StatutoryPart[][])
      expect(can.audit(actor(role, parts)).ok).toBe(role === 'audit-administrator')
  })
  it('is refused in words, with what to do instead', () => {
    const verdict = can.audit(actor('organ-head'))
    expect(verdict.ok ? null : verdict.refusals[0]).toMatchObject({
      code: 'not-audit-administrator',
      remedy: expect.stringContaining('变更记录'),
    })
  })
})

describe('attachments', () => {
  it.each(roles)('%s adds to an open case, or not at all', (role) => {
    expect(can.attach(actor(role), true).ok).toBe(readers.includes(role))
    expect(can.attach(actor(role), false).ok).toBe(false)
  })
  it('are removed by who uploaded them, while the case is open', () => {
    const clerk = actor('organ-clerk')
    expect(can.removeAttachment(clerk, { uploadedBy: 'p' }, true).ok).toBe(true)
    expect(can.removeAttachment(clerk, { uploadedBy: 'p' }, false).ok).toBe(false)
    expect(can.removeAttachment(clerk, { uploadedBy: 'q' }, true).ok).toBe(false)
    expect(can.removeAttachment(actor('organ-head'), { uploadedBy: 'q' }, true).ok).toBe(false)
    expect(can.removeAttachment(systemActor, { uploadedBy: null }, true).ok).toBe(false) // what the system kept is nobody's to remove
  })
})
