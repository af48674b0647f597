import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Me } from '../session.tsx'
import { heardOf, rememberedMe, rememberMe } from './remembered.ts'

const kept = new Map<string, string>()
beforeEach(() =>
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
  }),
)
afterEach(() => {
  kept.clear()
  vi.unstubAllGlobals()
})

const someone = (id: string, organId = 'organ') =>
  ({ person: { id, name: id }, organ: { id: organId }, roles: ['asset-keeper'] }) as unknown as Me
const at = (time: string) => new Date(`2026-11-23T${time}+08:00`)

describe('who was signed in here last (G4, G5)', () => {
  it('is told without a network for as long as a session lasts, and no longer', () => {
    rememberMe(someone('a'), at('08:00:00'))
    expect(rememberedMe(at('19:59:59'))?.person.id).toBe('a')
    expect(rememberedMe(at('20:00:01'))).toBeNull()
    // A clock that was set back proves nothing.
    expect(rememberedMe(at('07:59:59'))).toBeNull()
  })

  it('ends when the server says that it is somebody else, elsewhere, or nobody', () => {
    for (const next of [someone('b'), someone('a', 'other'), null]) {
      rememberMe(someone('a'), at('08:00:00'))
      expect(heardOf(next, at('08:10:00'))).toBe(true)
      expect(rememberedMe(at('08:10:01'))).toBeNull()
    }
  })

  it('goes on from the server’s last word, and begins with a page that asks for it alone', () => {
    expect(heardOf(someone('a'), at('08:00:00'))).toBe(false)
    expect(rememberedMe(at('08:00:01'))).toBeNull()
    rememberMe(someone('a'), at('08:00:00'))
    expect(heardOf(someone('a'), at('12:00:00'))).toBe(false)
    expect(rememberedMe(at('23:00:00'))?.person.id).toBe('a')
  })

  it('what cannot be read is nobody', () => {
    kept.set('yunbao.me', '{')
    expect(rememberedMe(at('08:00:00'))).toBeNull()
  })
})
