import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { batchSize, leftOf, newMarkId, nextBatch, refusedWhole, type Answer, type Kept } from './queue.ts'

const kept = (at: number): Kept => ({
  id: `mark-${at}`,
  personId: 'p',
  countId: 'c',
  title: `资产 ${at}`,
  batch: null,
  refused: null,
  mark: { id: `mark-${at}`, result: 'same', countedAt: new Date(1_800_000_000_000 + at * 1000).toISOString() },
})
const answer = (id: string, taken: Answer['taken']): Answer => ({
  id,
  taken,
  cardId: null,
  disputed: false,
  reason: taken,
})

describe('what waits on the phone', () => {
  it('goes oldest first, a batch at a time; what was sent without an answer goes again whole under its key', () => {
    const waiting = Array.from({ length: batchSize + 5 }, (_, at) => kept(batchSize + 4 - at))
    const first = nextBatch(waiting, () => 'k1')
    expect([first?.key, first?.marks.length, first?.marks[0]?.id]).toEqual(['k1', batchSize, 'mark-0'])
    const sent = waiting.map((one) => (first?.marks.includes(one) ? { ...one, batch: 'k1' } : one))
    const again = nextBatch([...sent, kept(-1)], () => 'k2')
    expect([again?.key, again?.marks.map(({ id }) => id)]).toEqual(['k1', first?.marks.map(({ id }) => id)])
    expect(nextBatch(refusedWhole(waiting, '已结束'), () => 'k3')).toBeNull()
  })

  it('keeps what was refused, with the reason', () => {
    expect(leftOf([kept(1), kept(2), kept(3)], [answer('mark-1', 'kept'), answer('mark-2', 'refused')])).toMatchObject([
      { id: 'mark-2', refused: 'refused', batch: null },
      { id: 'mark-3', refused: '服务器没有答复这一项。请重试。' },
    ])
  })

  it('under any cuts every mark is taken exactly once, and nothing stays behind', () => {
    fc.assert(
      fc.property(
        fc.nat(160),
        fc.infiniteStream(fc.constantFrom('answered', 'lost-before', 'lost-after')),
        (many, line) => {
          let waiting: Kept[] = Array.from({ length: many }, (_, at) => kept(at))
          const [taken, byKey] = [new Map<string, number>(), new Map<string, string>()]
          let keys = 0
          for (let tries = 0; tries < 5000; tries++) {
            const batch = nextBatch(waiting, () => `k${++keys}`)
            if (batch === null) break
            const ids = batch.marks.map(({ id }) => id)
            waiting = waiting.map((one) => (ids.includes(one.id) ? { ...one, batch: batch.key } : one))
            const cut = line.next().value
            if (cut === 'lost-before') continue
            // The server: the same key must bring the same batch, and a known mark counts once.
            expect(byKey.get(batch.key) ?? ids.join()).toBe(ids.join())
            byKey.set(batch.key, ids.join())
            const answers = ids.map((id) => answer(id, taken.has(id) ? 'known' : 'kept'))
            for (const id of ids) taken.set(id, (taken.get(id) ?? 0) + (taken.has(id) ? 0 : 1))
            if (cut === 'lost-after') continue
            const left = leftOf(
              waiting.filter(({ id }) => ids.includes(id)),
              answers,
            )
            waiting = [...waiting.filter(({ id }) => !ids.includes(id)), ...left]
          }
          expect(waiting).toEqual([])
          expect([taken.size, [...taken.values()].every((times) => times === 1)]).toEqual([many, true])
        },
      ),
      { numRuns: 40 },
    )
  })

  it('gives ids the server reads as such, on plain-http addresses too', () => {
    const ids = [0, 255].map((byte) => newMarkId((bytes) => bytes.fill(byte)))
    for (const id of ids) expect(z.uuid().safeParse(id).success).toBe(true)
  })
})
