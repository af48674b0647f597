import { describe, expect, it } from 'vitest'
import { newId } from './identifier.ts'

describe('identifiers', () => {
  it('of one process are in the order in which they were made, within a millisecond too', () => {
    const made = Array.from({ length: 20_000 }, () => newId())
    expect(made.toSorted()).toEqual(made)
    expect(new Set(made).size).toBe(made.length)
  })

  it('are of version 7 and carry the time at which they were made', () => {
    const before = Date.now()
    const id = newId()
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    const at = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
    expect(at).toBeGreaterThanOrEqual(before - 1)
    expect(at).toBeLessThanOrEqual(Date.now() + 100)
  })
})
