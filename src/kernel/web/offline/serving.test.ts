import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cacheOf, formerCaches, wayOf } from './serving.ts'

const origin = 'https://yunbao.example'
/** Parts of a path. */
const path = fc
  .array(
    fc
      .string({ maxLength: 8 })
      .filter((part) => !/^\.{1,2}$/.test(part))
      .map(encodeURIComponent),
    { maxLength: 3 },
  )
  .map((parts) => `/${parts.join('/')}`)
const way = (path: string, mode = 'cors', method = 'GET') => wayOf({ method, mode, url: `${origin}${path}` }, origin)

describe('what the service worker touches (G12, G14)', () => {
  it('built files are kept, pages are the shell, everything else goes to the server', () => {
    expect(way('/assets/SheetPage-abc123.js')).toBe('file')
    expect(way('/stocktaking/counts/1/sheet', 'navigate')).toBe('page')
    expect(way('/', 'navigate')).toBe('page')
    expect(way('/service-worker.js')).toBe('none')
    expect(wayOf({ method: 'GET', mode: 'cors', url: 'https://other.example/assets/a.js' }, origin)).toBe('none')
  })

  it('no answer of the interface is ever kept or answered by it, whatever it is asked for by', () =>
    fc.assert(
      fc.property(
        fc.constantFrom('/api/', '/api', '/health/ready', '/metrics'),
        path,
        fc.constantFrom('navigate', 'cors', 'no-cors', 'same-origin'),
        fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
        (under, rest, mode, method) => {
          expect(way(`${under.replace(/\/$/, '')}${rest}`, mode, method)).toBe('none')
        },
      ),
    ))

  it('nothing that writes is touched', () =>
    fc.assert(
      fc.property(path, fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE'), (rest, method) => {
        expect(way(`/assets${rest}`, 'navigate', method)).toBe('none')
      }),
    ))

  it('a new build throws away what former ones kept, and nothing of others', () => {
    expect(formerCaches([cacheOf('a'), cacheOf('b'), 'else'], 'b')).toEqual([cacheOf('a')])
  })
})
