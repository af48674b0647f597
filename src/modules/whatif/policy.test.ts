import { describe, expect, it } from 'vitest'
import { roles, type ActingOrgan, type Role, type StatutoryPart } from '#kernel/pure/actor.ts'
import { testActor } from '#kernel/testing/act.ts'
import { can, maySee } from './policy.ts'

const organ = (parts: StatutoryPart[], level: ActingOrgan['level'] = 'city'): ActingOrgan => ({
  id: parts.join() + level,
  name: '机关',
  jurisdictionCode: '140100',
  jurisdictionName: '太原市',
  level,
  parts,
})
const allowedAt = (parts: StatutoryPart[]) => roles.filter((role: Role) => can.use(testActor(organ(parts), [role])).ok)

describe('who may try out standards', () => {
  it('ROLE-R03 reviewers and leaders of the authority, reviewers of finance, and nobody else', () => {
    expect(allowedAt(['authority'])).toEqual(['authority-leader', 'plan-reviewer'])
    expect(allowedAt(['finance'])).toEqual(['finance-reviewer'])
    for (const parts of [[], ['audit'], ['statistics']] as StatutoryPart[][]) expect(allowedAt(parts)).toEqual([])
  })
  it('A6-1 the whole province is for the province’s own authority and finance', () => {
    const at = (level: ActingOrgan['level'], scope: 'jurisdiction' | 'province') =>
      can.compute(testActor(organ(['authority'], level), ['plan-reviewer']), { scope }).ok
    expect([at('province', 'province'), at('city', 'province'), at('county', 'province')]).toEqual([true, false, false])
    expect([at('province', 'jurisdiction'), at('city', 'jurisdiction'), at('county', 'jurisdiction')]).toEqual([
      true,
      true,
      true,
    ])
  })
  it('a scenario is its office’s own', () => {
    const reviewer = testActor(organ(['authority']), ['plan-reviewer'])
    expect(maySee(reviewer, { organId: organ(['authority']).id })).toBe(true)
    expect(maySee(reviewer, { organId: organ(['finance']).id })).toBe(false)
    expect(maySee(testActor(organ(['authority']), ['asset-reviewer']), { organId: organ(['authority']).id })).toBe(
      false,
    )
  })
})
