import { afterEach, describe, expect, it, vi } from 'vitest'
import { forgetOldDrafts } from './draft-store.ts'

afterEach(() => void vi.unstubAllGlobals())

describe('copies of unsaved typing on a machine that others may use', () => {
  it('are kept for 30 days, and nothing else of the browser is touched', () => {
    const kept: Record<string, string> = {
      'yunbao.draft.new': JSON.stringify({ value: 1, at: '2026-10-24T09:00:00.000Z', basis: null }),
      'yunbao.draft.old': JSON.stringify({ value: 1, at: '2026-10-24T08:59:59.000Z', basis: null }),
      'yunbao.draft.broken': '{',
      'another.site': 'x',
    }
    // Names of a Storage are its own enumerable keys; its methods are not.
    for (const [name, act] of Object.entries({
      getItem: (key: string): string | null => kept[key] ?? null,
      removeItem: (key: string): void => void delete kept[key],
    }))
      Object.defineProperty(kept, name, { value: act, enumerable: false })
    vi.stubGlobal('localStorage', kept)
    forgetOldDrafts(new Date('2026-11-23T09:00:00.000Z'))
    expect(Object.keys(kept)).toEqual(['yunbao.draft.new', 'another.site'])
  })

  it('are nobody’s concern where the browser allows no storage', () => {
    vi.stubGlobal('localStorage', null)
    expect(() => forgetOldDrafts(new Date())).not.toThrow()
  })
})
