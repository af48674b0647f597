import { describe, expect, it } from 'vitest'
import { officeRoles, roles, type ActingOrgan } from '#kernel/pure/actor.ts'
import { testActor } from '#kernel/testing/act.ts'
import { can, maySee } from './policy.ts'

const organ = (parts: ActingOrgan['parts'], jurisdictionCode = '140100'): ActingOrgan => ({
  id: parts.join() || 'organ',
  name: '某局',
  jurisdictionCode,
  jurisdictionName: '',
  level: 'city',
  parts,
})
const subject = { jurisdictionCode: '140100' }

describe('who may do what with proposals of matching (A6-1, A23-2)', () => {
  it.each(roles)('%s', (role) => {
    for (const part of ['authority', 'finance', 'audit'] as const) {
      expect(maySee(testActor(organ([part]), [role]), subject)).toBe(officeRoles.includes(role))
      expect(maySee(testActor(organ([part], '140000'), [role]), subject)).toBe(false)
    }
    // What could meet the demands of all organs of a level is not for one of them.
    expect(maySee(testActor(organ([]), [role]), subject)).toBe(false)
    for (const may of [can.propose, can.answer]) {
      expect(may(testActor(organ(['authority']), [role]), subject).ok).toBe(role === 'plan-reviewer')
      expect(may(testActor(organ(['authority'], '140000'), [role]), subject).ok).toBe(false)
      expect(may(testActor(organ(['finance']), [role]), subject).ok).toBe(false)
    }
  })
})
