import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bookResults } from '../model.ts'
import { saysTheSame, standingOf, type Voice } from './standing.ts'

const voice = (given: Partial<Voice>): Voice => ({
  id: '1',
  result: 'same',
  found: {},
  remark: '',
  personId: 'a',
  personName: '甲',
  countedAt: '2026-11-23T01:00:00.000Z',
  settles: false,
  ...given,
})
const voices = fc
  .array(
    fc.record({
      result: fc.constantFrom(...bookResults),
      place: fc.constantFrom('主楼301', '主楼302'),
      personId: fc.constantFrom('a', 'b', 'c'),
      minute: fc.integer({ min: 0, max: 59 }),
      settles: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map((all) =>
    all.map(({ result, place, personId, minute, settles }, at) =>
      voice({
        id: String(at).padStart(3, '0'),
        result,
        found: result === 'mismatch' ? { place } : {},
        personId,
        settles,
        countedAt: `2026-11-23T01:${String(minute).padStart(2, '0')}:00.000Z`,
      }),
    ),
  )

describe('what stands of a thing (facts 2.5)', () => {
  it('nothing where nobody counted; the last word of one person; a dispute between two', () => {
    expect(standingOf([])).toBeNull()
    const first = voice({ result: 'missing' })
    const later = voice({ id: '2', countedAt: '2026-11-23T02:00:00.000Z' })
    expect(standingOf([first, later])).toMatchObject({ disputed: false, voice: { result: 'same' } })
    const other = voice({ id: '3', personId: 'b', result: 'missing' })
    expect(standingOf([first, later, other])).toMatchObject({ disputed: true })
  })

  it('a settlement outweighs what was counted before it, however late that comes, and not what is counted after', () => {
    const [one, two] = [voice({}), voice({ id: '2', personId: 'b', result: 'missing' })]
    const settlement = voice({ id: '3', personId: 'k', settles: true, countedAt: '2026-11-23T03:00:00.000Z' })
    expect(standingOf([one, two, settlement])).toMatchObject({ disputed: false, voice: { result: 'same' } })
    const late = voice({ id: '4', personId: 'c', result: 'damaged', countedAt: '2026-11-23T02:00:00.000Z' })
    expect(standingOf([one, two, settlement, late])).toMatchObject({ disputed: false })
    const after = voice({ id: '5', personId: 'b', result: 'damaged', countedAt: '2026-11-23T04:00:00.000Z' })
    expect(standingOf([one, two, settlement, after])).toMatchObject({ disputed: true })
  })

  it('the order of arrival and repetition change nothing', () => {
    fc.assert(
      fc.property(voices, fc.infiniteStream(fc.nat()), (all, dice) => {
        const shuffled = [...all, ...all.slice(0, 3)]
          .map((one) => ({ one, at: dice.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one)
        expect(standingOf(shuffled)).toEqual(standingOf(all))
      }),
    )
  })

  it('where all agree nothing is disputed; where it is disputed somebody said something else', () => {
    fc.assert(
      fc.property(voices, (all) => {
        const standing = standingOf(all)
        const agree = all.every((one) => saysTheSame(one, all[0] as Voice))
        if (agree) expect(standing?.disputed ?? false).toBe(false)
        if (standing?.disputed) expect(all.some((one) => !saysTheSame(one, standing.voice))).toBe(true)
      }),
    )
  })
})
