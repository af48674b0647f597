import { describe, expect, it, test } from 'vitest'
import { roles, type ActingOrgan, type Actor, type Role } from '#kernel/pure/actor.ts'
import { publicActor } from '#kernel/pure/actor.ts'
import { testActor } from '#kernel/testing/act.ts'
import { personalFields, personalValue, type PersonalField } from '../model/personal-data.ts'
import { shownValue, sightOf, type Sight } from './personal-sight.ts'

const organ = (over: Partial<ActingOrgan> = {}): ActingOrgan => ({
  id: 'organ-1',
  name: '太原市教育局',
  jurisdictionCode: '140100',
  jurisdictionName: '太原市',
  level: 'city',
  parts: [],
  ...over,
})
const subject = { personId: 'person-1', organId: 'organ-1', jurisdictionCode: '140100' }

/** Who asks, as seen from the person: the same organ, the authority of the level, another organ of it, another level. */
const places = {
  same: organ(),
  authority: organ({ id: 'organ-2', parts: ['authority'] }),
  neighbour: organ({ id: 'organ-3' }),
  province: organ({ id: 'organ-4', jurisdictionCode: '140000', level: 'province', parts: ['authority'] }),
} as const
type Place = keyof typeof places

/** Those of the authority who see the people of the level (policy: `peopleScope`). */
const authorityRoles: readonly Role[] = ['authority-leader', 'plan-reviewer']

/** Written from the articles (PIPL 6, 28), not from the code. */
function expected(place: Place, role: Role, field: PersonalField): Sight {
  if (role === 'system-administrator' && place !== 'province') return field === 'officePhone' ? 'whole' : 'masked'
  const atAuthority = place === 'authority' && authorityRoles.includes(role)
  if (field === 'officePhone') return place === 'same' || atAuthority ? 'whole' : 'none'
  if (field === 'mobile')
    return atAuthority || (place === 'same' && ['organ-head', 'organ-clerk'].includes(role)) ? 'on-purpose' : 'none'
  return 'none'
}

describe('G12 who sees which number of whom', () => {
  it('every role × place × field', () => {
    let cells = 0
    for (const place of Object.keys(places) as Place[])
      for (const role of roles)
        for (const field of personalFields) {
          const { sight, reason, basis } = sightOf(testActor(places[place], [role]), subject, field)
          expect([place, role, field, sight]).toEqual([place, role, field, expected(place, role, field)])
          expect([reason, basis.citation].every((text) => text.length > 5)).toBe(true)
          cells++
        }
    expect(cells).toBe(4 * roles.length * 3)
  })

  it('one’s own data one sees whole, whatever one’s role; nobody signed in sees nothing', () => {
    for (const field of personalFields) {
      for (const role of roles)
        expect(sightOf(testActor(places.province, [role], { id: 'person-1' }), subject, field).sight).toBe('whole')
      const outsiders: Actor[] = [publicActor, { ...publicActor, kind: 'person', personId: 'person-2', name: '甲' }]
      for (const actor of outsiders) expect(sightOf(actor, subject, field).sight).toBe('none')
    }
  })

  test('what is not seen whole never holds the middle of the number', () => {
    const values = { mobile: '13934567890', officePhone: '0351-4567890', identityNumber: '11010519491231002X' }
    for (const field of personalFields)
      for (const sight of ['whole', 'on-purpose', 'masked', 'none'] as const) {
        const shown = shownValue(sight, field, values[field])
        if (sight === 'whole') expect(shown).toBe(values[field])
        else if (sight === 'none') expect(shown).toBe(null)
        else expect(shown).toMatch(/^\d{3,4}-?\*{4,}\d{1,4}[\dX]$/)
        expect(shownValue(sight, field, null)).toBe(null)
      }
  })
})

test('a number that cannot be one is refused without being repeated', () => {
  for (const [field, typed] of [
    ['mobile', '12345678901'],
    ['officePhone', '0379-12'],
    ['identityNumber', '110105194912310021'],
  ] as const) {
    const parsed = personalValue(field).safeParse(typed)
    expect(parsed.success).toBe(false)
    expect(JSON.stringify(parsed.error?.issues)).toMatch(/[\u4e00-\u9fff]/)
    expect(JSON.stringify(parsed.error?.issues)).not.toContain(typed)
    expect(personalValue(field).parse('  ')).toBe(null)
  }
})
