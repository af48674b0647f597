import { beforeEach, describe, expect, it } from 'vitest'
import { ProblemError, Unreachable } from '../problem.ts'
import { keepDraft } from './draft-keeper.ts'
import type { DraftState } from './draft-keeper.ts'

/** A clock that is turned by hand. */
function handClock() {
  let at = Date.parse('2026-03-12T06:00:00Z')
  let waiting: { due: number; run: () => void }[] = []
  return {
    timers: {
      now: () => new Date(at),
      after: (ms: number, run: () => void) => {
        const one = { due: at + ms, run }
        waiting.push(one)
        return () => {
          waiting = waiting.filter((other) => other !== one)
        }
      },
    },
    turn: async (ms: number) => {
      const until = at + ms
      for (;;) {
        const next = waiting.filter(({ due }) => due <= until).sort((a, b) => a.due - b.due)[0]
        if (next === undefined) break
        at = next.due
        waiting = waiting.filter((other) => other !== next)
        next.run()
        for (let tick = 0; tick < 20; tick++) await Promise.resolve()
      }
      at = until
    },
  }
}

/** A server that remembers keys, and whose answers can get lost after it has done its work. */
function server() {
  const seen = new Map<string, string>()
  const answers: ('ok' | 'lost' | 'unreached' | 'refused')[] = []
  const saved: string[] = []
  const keys: string[] = []
  return {
    saved,
    keys,
    next: (...outcomes: typeof answers) => answers.push(...outcomes),
    save: async (value: string, { idempotencyKey }: { idempotencyKey: string }) => {
      keys.push(idempotencyKey)
      const answer = answers.shift() ?? 'ok'
      if (answer === 'unreached') throw new Unreachable(idempotencyKey)
      if (answer === 'refused')
        throw new ProblemError({
          type: '',
          title: '',
          status: 409,
          code: 'conflict',
          detail: '已被他人修改。',
          instance: '',
        })
      if (!seen.has(idempotencyKey)) saved.push(value)
      seen.set(idempotencyKey, value)
      if (answer === 'lost') throw new Unreachable(idempotencyKey)
    },
  }
}

describe('a draft', () => {
  let clock = handClock()
  let office = server()
  let states: DraftState[] = []
  let local: string | null = null
  const keep = (kept?: string) =>
    keepDraft({
      initial: kept ?? '',
      unsaved: kept !== undefined,
      save: office.save,
      store: (value) => {
        local = value
      },
      forget: () => {
        local = null
      },
      changed: (state) => states.push(state),
      timers: clock.timers,
    })
  const last = () => states.at(-1)?.kind
  beforeEach(() => {
    clock = handClock()
    office = server()
    states = []
    local = null
  })

  it('is saved some seconds after the last change and then forgotten here', async () => {
    const draft = keep()
    draft.change('a')
    expect([last(), local]).toEqual(['unsaved', 'a'])
    await clock.turn(2000)
    draft.change('ab')
    await clock.turn(2000)
    expect(office.saved).toEqual([])
    await clock.turn(1000)
    expect(office.saved).toEqual(['ab'])
    expect([last(), local]).toEqual(['saved', null])
  })

  it('is saved at the latest ten seconds after the first change, however one types on', async () => {
    const draft = keep()
    for (let second = 0; second <= 11; second++) {
      draft.change('x'.repeat(second + 1))
      await clock.turn(1000)
    }
    expect(office.saved.length).toBeGreaterThan(0)
  })

  it('stays here while the server is away and goes there when it is back', async () => {
    office.next('unreached', 'unreached')
    const draft = keep()
    draft.change('a')
    await clock.turn(3000)
    expect([last(), local]).toEqual(['away', 'a'])
    await clock.turn(20_000)
    expect(office.saved).toEqual(['a'])
    expect([last(), local]).toEqual(['saved', null])
  })

  it('repeats an uncertain save with its own key and value before newer typing follows', async () => {
    office.next('lost')
    const draft = keep()
    draft.change('a')
    await clock.turn(3000)
    draft.change('ab')
    await clock.turn(20_000)
    expect(office.saved).toEqual(['a', 'ab'])
    expect(office.keys[0]).toBe(office.keys[1])
    expect(office.keys[2]).not.toBe(office.keys[0])
  })

  it('that is refused stays here, says why, and is tried again at the next change', async () => {
    office.next('refused')
    const draft = keep()
    draft.change('a')
    await clock.turn(3000)
    expect([last(), local]).toEqual(['refused', 'a'])
    draft.change('ab')
    await clock.turn(3000)
    expect(office.saved).toEqual(['ab'])
  })

  it('typed during a save is saved next', async () => {
    const draft = keep()
    draft.change('a')
    const saving = draft.flush()
    draft.change('ab')
    expect(await saving).toBe(true)
    expect(office.saved).toEqual(['a', 'ab'])
  })

  it('put back from this machine goes to the server without waiting for further typing', async () => {
    const draft = keep('typed before the power cut')
    draft.begin()
    expect(last()).toBe('unsaved')
    await clock.turn(3000)
    expect(office.saved).toEqual(['typed before the power cut'])
    expect(await keep().flush()).toBe(true)
    expect(office.saved).toHaveLength(1)
  })

  it('left unsaved by a page that closes stays here', () => {
    const draft = keep()
    draft.change('a')
    local = null
    draft.stop()
    expect(local).toBe('a')
  })
})
