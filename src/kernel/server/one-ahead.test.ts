import { describe, expect, it } from 'vitest'
import { oneAhead } from './one-ahead.ts'

describe('oneAhead', () => {
  async function* numbers(log: string[], most: number) {
    try {
      for (let n = 1; n <= most; n++) {
        log.push(`read ${n}`)
        yield n
      }
    } finally {
      log.push('closed')
    }
  }

  it('has the next item read while one is worked on, and no more', async () => {
    const log: string[] = []
    for await (const n of oneAhead(numbers(log, 3))) {
      await Promise.resolve()
      log.push(`work ${n}`)
    }
    expect(log).toEqual(['read 1', 'read 2', 'work 1', 'read 3', 'work 2', 'closed', 'work 3'])
  })

  it('closes what it reads from when the work ends early', async () => {
    const log: string[] = []
    for await (const _ of oneAhead(numbers(log, 9))) break
    expect(log).toEqual(['read 1', 'read 2', 'closed'])
  })

  it('tells of a fault of the reading when its item is due, after what came before it was worked on', async () => {
    async function* faulty() {
      yield 1
      throw new Error('unreadable')
    }
    const worked: number[] = []
    await expect(
      (async () => {
        for await (const n of oneAhead(faulty())) worked.push(n)
      })(),
    ).rejects.toThrow('unreadable')
    expect(worked).toEqual([1])
  })
})
