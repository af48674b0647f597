import { describe, expect, it } from 'vitest'
import { roles, type Actor, type Level, type Role, type StatutoryPart } from '#kernel/pure/actor.ts'
import { can } from './policy.ts'

const me = 'b0000000-0000-4000-8000-000000000001'
const other = 'b0000000-0000-4000-8000-000000000002'
const places: Record<Level, string> = { province: '140000', city: '140100', county: '140121' }

function actor(role: Role, level: Level, parts: StatutoryPart[] = ['authority']): Actor {
  return {
    kind: 'person',
    personId: me,
    name: '张',
    roles: [role],
    organ: { id: me, name: '局', jurisdictionCode: places[level], jurisdictionName: '', level, parts },
  }
}
const proposed = { state: 'proposed' as const, proposedBy: other, proposedByName: '李' }
const everybody = roles.flatMap((role) =>
  (['province', 'city', 'county'] as const).map((level) => [role, level] as const),
)

describe('who keeps the national calendar', () => {
  it.each(everybody)(
    '%s of the %s, where the installation is for the province, for a city, for one county',
    (role, level) => {
      for (const top of ['province', 'city', 'county'] as const) {
        const expected = level === top && (role === 'system-administrator' || role === 'authority-leader')
        expect(can.loadNotice(actor(role, level), places[top]).ok).toBe(expected)
        expect(can.confirmNotice(actor(role, level), places[top], proposed).ok).toBe(expected)
        expect(can.withdrawNotice(actor(role, level), places[top], proposed).ok).toBe(expected)
      }
      expect(can.loadNotice(actor(role, level), null).ok).toBe(false)
    },
  )

  it('a leader of another organ does not', () =>
    expect(can.loadNotice(actor('authority-leader', 'province', ['finance']), places.province).ok).toBe(false))
  it('CAL-R02 nobody confirms their own', () => {
    const verdict = can.confirmNotice(actor('system-administrator', 'province'), places.province, {
      ...proposed,
      proposedBy: me,
    })
    expect(!verdict.ok && verdict.refusals.map(({ code }) => code)).toEqual(['CAL-R02'])
  })
  it.each(['confirmed', 'superseded', 'withdrawn'] as const)(
    'a notice that is %s is neither confirmed nor withdrawn',
    (state) => {
      expect(
        can.confirmNotice(actor('system-administrator', 'province'), places.province, { ...proposed, state }).ok,
      ).toBe(false)
      expect(
        can.withdrawNotice(actor('system-administrator', 'province'), places.province, { ...proposed, state }).ok,
      ).toBe(false)
    },
  )
})

describe('who keeps a local calendar', () => {
  const override = { ...proposed, jurisdictionCode: '140100' }
  it.each(everybody)('A6-1 %s of the %s, for the city: its own level alone', (role, level) => {
    const expected = level === 'city' && ['authority-leader', 'plan-reviewer', 'system-administrator'].includes(role)
    expect(can.addOverride(actor(role, level), '140100').ok).toBe(expected)
    expect(can.confirmOverride(actor(role, level), override).ok).toBe(expected)
    expect(can.withdrawOverride(actor(role, level), override).ok).toBe(expected)
  })
  it('CAL-R02 nobody confirms their own, and what is in force is not taken away', () => {
    expect(can.confirmOverride(actor('authority-leader', 'city'), { ...override, proposedBy: me }).ok).toBe(false)
    expect(can.withdrawOverride(actor('authority-leader', 'city'), { ...override, state: 'confirmed' }).ok).toBe(false)
  })
})
