import Fastify from 'fastify'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { busyDoor } from './door.ts'
import { nestingOf } from './json-body.ts'
import { knockCounter } from './knocks.ts'
import { securityHeaders } from './security-headers.ts'

test.each([true, false])(
  'G14 over TLS every answer asks the browser for TLS, for a year (over TLS: %s)',
  async (overTls) => {
    const server = Fastify()
    await securityHeaders(server, { overTls })
    server.get('/', () => 'x')
    for (const url of ['/', '/none']) {
      const { headers } = await server.inject({ url })
      expect(headers['strict-transport-security']).toBe(overTls ? 'max-age=31536000; includeSubDomains' : undefined)
      expect(headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/)
    }
    await server.close()
  },
)

test('G14 the camera is for pages of our own, which scan labels; all else is for nobody', async () => {
  const server = Fastify()
  await securityHeaders(server, { overTls: true })
  server.get('/', () => 'x')
  const policy = String((await server.inject({ url: '/' })).headers['permissions-policy'])
  expect(policy).toMatch(/(^|, )camera=\(self\)(,|$)/)
  expect(policy).toMatch(/(^|, )microphone=\(\)(,|$)/)
  expect(policy.match(/self/g)).toHaveLength(1)
  await server.close()
})

describe('G30 the depth of a JSON text', () => {
  const depthOf = (value: unknown): number =>
    typeof value !== 'object' || value === null ? 0 : 1 + Math.max(0, ...Object.values(value).map(depthOf))
  test('is told without building it', () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(nestingOf(JSON.stringify(value))).toBe(depthOf(value))
      }),
    ))
  test('counts no bracket within a text', () =>
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(nestingOf(JSON.stringify([`${text}[{"\\`]))).toBe(1)
      }),
    ))
})

describe('G28 who may come in', () => {
  test('as many as there are places, and again when somebody leaves', () => {
    const door = busyDoor(2)
    const leave = door.enter()
    door.enter()
    expect(() => door.enter()).toThrow()
    leave()
    expect(() => door.enter()).not.toThrow()
  })
  test('each so many times a minute, whatever others do', () => {
    const knocks = knockCounter(3)
    for (let turn = 0; turn < 3; turn++) for (const who of ['甲', '乙']) knocks.count(who)
    expect(() => knocks.count('甲')).toThrow()
    expect(() => knocks.count('丙')).not.toThrow()
  })
})
