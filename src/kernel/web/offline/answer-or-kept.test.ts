import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { problemOf, Unreachable } from '../problem.ts'
import { answerOrKept, patienceMs } from './answer-or-kept.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('what is kept stands in for the server, and never against its word', () => {
  it('an answer in time is the answer; without one, or with a proxy’s, what is kept', async () => {
    expect(await answerOrKept(Promise.resolve('new'), 'old')).toEqual({ answer: 'new', confirmed: true })
    for (const error of [new Unreachable(null), problemOf(502, ''), problemOf(503, '')])
      expect(await answerOrKept(Promise.reject(error), 'old')).toEqual({ answer: 'old', confirmed: false })
  })

  it('a line on which nothing comes counts as none', async () => {
    const waiting = answerOrKept(new Promise<string>(() => {}), 'old')
    await vi.advanceTimersByTimeAsync(patienceMs)
    expect(await waiting).toEqual({ answer: 'old', confirmed: false })
  })

  it('what the server refuses is refused, and where nothing is kept the error is told', async () => {
    const no = problemOf(403, '')
    await expect(answerOrKept(Promise.reject(no), 'old')).rejects.toBe(no)
    const away = new Unreachable(null)
    await expect(answerOrKept(Promise.reject(away), null)).rejects.toBe(away)
  })
})
