import { mkdtemp, rm } from 'node:fs/promises'
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFileStore } from '#kernel/server/file-store.ts'
import { createServer } from '#kernel/server/http/server.ts'
import { namedId } from '#kernel/server/identifier.ts'
import type { IdentityProvider } from '#kernel/server/identity-provider.ts'
import { openKeyring } from '#kernel/server/sealing/keyring.ts'
import type { FreshDatabase } from '#kernel/testing/database.ts'
import organs from '#modules/organs/module.ts'
import people from '../module.ts'
import { directory } from '../offers.ts'
import { demonstrationPassword } from '../reference/demonstration.ts'
import { seededDatabase } from '../testing/seeded-database.ts'
import { openTestProvider, signInThere, type TestProvider } from '../testing/provider.ts'
import { openProvider } from './provider.ts'

const publicAddress = 'http://127.0.0.1:9'
let fresh: FreshDatabase
let there: TestProvider
const places: string[] = []
let server: FastifyInstance
let lost: FastifyInstance
let now = new Date('2026-11-23T09:00:00+08:00')

beforeAll(async () => {
  fresh = await seededDatabase('2026-11-23', [organs, people])
  there = await openTestProvider(publicAddress)
  server = await serverWith(providerAt(there.issuer))
  lost = await serverWith(providerAt('http://127.0.0.1:1'))
})
afterAll(async () => {
  await server?.close()
  await lost?.close()
  await there?.close()
  await fresh?.drop()
  for (const place of places) await rm(place, { recursive: true, force: true })
})

function providerAt(issuer: string, claim = 'sub'): IdentityProvider {
  const { clientId, clientSecret } = there
  return openProvider({ issuer, clientId, clientSecret, claim, title: '统一身份认证', publicAddress })
}

async function serverWith(identityProvider: IdentityProvider): Promise<FastifyInstance> {
  const place = await mkdtemp(join(tmpdir(), 'yunbao-oidc-'))
  places.push(place)
  return createServer({
    db: fresh.db,
    modules: [organs, people],
    authenticate: people.authenticate as never,
    identityProvider,
    directory,
    caseKinds: new Map(),
    decisionKinds: new Map(),
    dutySources: [],
    queue: { send: async () => {} },
    files: await openFileStore(place),
    keyring: openKeyring(place),
    clock: () => now,
    webDirectory: null,
    incomingDirectory: place,
    version: 'test',
    secureCookies: true,
    publicRequestsPerMinute: 100_000,
    filesPerMinute: 100_000,
    scan: null,
    logger: false,
    sealing: () => ({ working: true, lagSeconds: 0, problem: null, sealed: 0 }),
  })
}

/** A browser: keeps its cookies, asks the API. */
function browser(at: FastifyInstance = server) {
  const cookies = new Map<string, string>()
  const send = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object) => {
    const response = await at.inject({
      method,
      url: `/api/v1/people${path}`,
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
      ...(payload ? { payload } : {}),
    })
    for (const { name, value } of response.cookies)
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    const body = response.json() as { refusals?: { code: string; message: string }[] } & Record<string, unknown>
    return { status: response.statusCode, body, codes: body.refusals?.map(({ code }) => code) ?? [], response }
  }
  const begin = async (path = '/oidc/flows', payload: object = {}) =>
    (await send('POST', path, payload)).body['location'] as string
  const finish = (back: URL, change: Record<string, string> = {}) =>
    send('POST', '/oidc/returns', { ...Object.fromEntries(back.searchParams), ...change })
  const signIn = (username: string) => send('POST', '/session', { username, password: demonstrationPassword })
  const me = async () => (await send('GET', '/session')).status
  return { cookies, send, begin, finish, signIn, me }
}

async function linked(username: string, name: string) {
  const desk = browser()
  await desk.signIn(username)
  const done = await desk.finish(await signInThere(await desk.begin('/oidc/link-flows'), name))
  expect(done.body).toEqual({ done: 'linked', returnTo: '/people/sessions' })
  return desk
}

const recorded = async (fact: string) =>
  (
    await fresh.db.pool.query<{ result: string; reasons: string[]; after: { method?: string }; person_id: string }>(
      'select result, reasons, after, person_id from kernel.audit_entry where fact = $1 order by id desc limit 1',
      [fact],
    )
  ).rows[0]

describe('sign-in through the provider', () => {
  it('G1 opens a session for the account that its person has linked, as a password does, and is in the record', async () => {
    await linked('shi.jihua', 'lixiaoyan')
    const elsewhere = browser()
    const location = await elsewhere.begin('/oidc/flows', { returnTo: '/plans/cycles?year=2027' })
    const asked = new URL(location).searchParams
    expect([asked.get('response_type'), asked.get('code_challenge_method'), asked.get('scope')]).toEqual([
      'code',
      'S256',
      'openid',
    ])
    const { body, response } = await elsewhere.finish(await signInThere(location, 'lixiaoyan'))
    expect(body).toEqual({ done: 'signed-in', returnTo: '/plans/cycles?year=2027' })
    const session = response.cookies.find(({ name }) => name === '__Host-yunbao_session')
    expect(session).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Strict', path: '/' })
    expect(elsewhere.cookies.has('__Host-yunbao_flow')).toBe(false)
    const { body: me } = await elsewhere.send('GET', '/session')
    expect(me).toMatchObject({ person: { name: '李晓燕' }, roles: ['plan-reviewer'] })
    expect(await recorded('people.signed-in')).toMatchObject({
      person_id: namedId('person.shi.jihua'),
      result: 'done',
      after: { method: 'oidc' },
    })
    expect((await elsewhere.send('GET', '/oidc/link')).body).toMatchObject({
      title: '统一身份认证',
      link: { lastUsedAt: now.toISOString() },
    })
    // Signed out here first; then the provider is told where it offers that.
    const out = await elsewhere.send('DELETE', '/session')
    expect(out.body['providerSignOut']).toMatch(new RegExp(`^${there.issuer}/session/end\\?`))
    expect(await elsewhere.me()).toBe(401)
    const byPassword = browser()
    await byPassword.signIn('shi.jihua')
    expect((await byPassword.send('DELETE', '/session')).body).toEqual({ providerSignOut: null })
  })

  it('makes no account: an identity that nobody linked is told so', async () => {
    const guest = browser()
    const { status, codes, body } = await guest.finish(await signInThere(await guest.begin(), 'nobody-knows'))
    expect([status, codes]).toEqual([422, ['oidc-unknown']])
    expect(body['detail']).toContain('还没有与本系统的账号关联')
    expect(await guest.me()).toBe(401)
    expect(await recorded('people.sign-in-failed')).toMatchObject({ result: 'failed', reasons: ['oidc-unknown'] })
  })

  it('refuses a disabled account, and one identity is linked to one account', async () => {
    const first = await linked('shi.education.jingban', 'clerk-wang')
    const second = browser()
    await second.signIn('shi.zichan')
    const taken = await second.finish(await signInThere(await second.begin('/oidc/link-flows'), 'clerk-wang'))
    expect(taken.codes).toEqual(['oidc-taken'])
    const administrator = browser()
    await administrator.signIn('shi.xitong')
    const account = `/people/${namedId('person.shi.education.jingban')}/account`
    expect((await administrator.send('PUT', account, { state: 'disabled' })).status).toBe(200)
    expect(await first.me()).toBe(401)
    const again = browser()
    const refused = await again.finish(await signInThere(await again.begin(), 'clerk-wang'))
    expect(refused.codes).toEqual(['oidc-disabled'])
    expect(await again.me()).toBe(401)
    await administrator.send('PUT', account, { state: 'active' })
  })

  it('asks for the second factor here, unless the policy takes the provider’s word for one given there', async () => {
    const desk = await linked('shi.cheliang', 'fleet')
    const shown = await desk.send('POST', '/second-factor/enrolment', {})
    const secret = shown.body['secret'] as string
    const codeNow = () => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now.getTime() })
    expect((await desk.send('PUT', '/second-factor', { code: codeNow() })).status).toBe(200)
    const signedIn = async () => {
      const guest = browser()
      const { body } = await guest.finish(await signInThere(await guest.begin(), 'fleet'))
      return { guest, done: body['done'] }
    }
    const here = await signedIn()
    expect([here.done, await here.guest.me()]).toEqual(['second-factor', 401])
    now = new Date(now.getTime() + 60_000)
    const proved = await here.guest.send('POST', '/session/second-factor', { code: codeNow() })
    expect([proved.status, await here.guest.me()]).toEqual([200, 200])
    expect(await recorded('people.signed-in')).toMatchObject({ after: { method: 'oidc', secondFactor: 'code' } })
    expect((await here.guest.send('DELETE', '/session')).body['providerSignOut']).toContain(there.issuer)

    await fresh.db.pool.query(`update people.setting set value = 1 where key = 'oidc-second-factor'`)
    expect((await signedIn()).done).toBe('second-factor') // a password alone was asked for there
    there.setMethods(['pwd', 'otp'])
    const byProvider = await signedIn()
    expect([byProvider.done, await byProvider.guest.me()]).toEqual(['signed-in', 200])
    expect(await recorded('people.signed-in')).toMatchObject({ after: { method: 'oidc', secondFactor: 'provider' } })
    await fresh.db.pool.query(`update people.setting set value = 0 where key = 'oidc-second-factor'`)
    expect((await signedIn()).done).toBe('second-factor')
    there.setMethods([])
  })

  it('ends with the link, which its person alone takes back', async () => {
    const desk = await linked('shi.zichan', 'driver-pool')
    expect((await desk.send('DELETE', '/oidc/link')).status).toBe(200)
    expect((await desk.send('DELETE', '/oidc/link')).status).toBe(404)
    const again = browser()
    expect((await again.finish(await signInThere(await again.begin(), 'driver-pool'))).codes).toEqual(['oidc-unknown'])
    for (const [method, path] of [
      ['GET', '/oidc/link'],
      ['POST', '/oidc/link-flows'],
      ['DELETE', '/oidc/link'],
    ] as const)
      expect((await browser().send(method, path, method === 'POST' ? {} : undefined)).status).toBe(401)
  })
})

describe('what comes back is taken once, in time, from the browser that left, and only whole', () => {
  it('another state, another browser, a second time, eleven minutes later: refused alike', async () => {
    const state = async (change: (back: URL) => Promise<{ codes: string[] }>, left = browser()) =>
      change(await signInThere(await left.begin(), 'lixiaoyan'))
    const own = browser()
    expect((await state((back) => own.finish(back, { state: 'another' }), own)).codes).toEqual(['oidc-state'])
    expect((await state((back) => browser().finish(back))).codes).toEqual(['oidc-state'])
    const victim = browser()
    await victim.begin()
    expect((await state((back) => victim.finish(back))).codes).toEqual(['oidc-state'])
    const twice = browser()
    const back = await signInThere(await twice.begin(), 'lixiaoyan')
    const kept = twice.cookies.get('__Host-yunbao_flow') as string
    expect((await twice.finish(back)).status).toBe(200)
    twice.cookies.set('__Host-yunbao_flow', kept)
    expect((await twice.finish(back)).codes).toEqual(['oidc-state'])
    const late = browser()
    const lateBack = await signInThere(await late.begin(), 'lixiaoyan')
    now = new Date(now.getTime() + 11 * 60_000)
    expect((await late.finish(lateBack)).codes).toEqual(['oidc-state'])
    expect(await late.me()).toBe(401)
  })

  it('another nonce or verifier than was asked for is refused', async () => {
    for (const [column, code] of [
      ['nonce', 'oidc-mismatch'],
      ['code_verifier', 'oidc-rejected'],
    ]) {
      const guest = browser()
      const back = await signInThere(await guest.begin(), 'lixiaoyan')
      await fresh.db.pool.query(`update people.oidc_flow set ${column} = 'another-${'x'.repeat(50)}'`)
      expect((await guest.finish(back)).codes, column).toEqual([code])
      expect(await guest.me()).toBe(401)
    }
  })

  it('a code of somebody’s making, a token whose time is over, an answer instead of a code, a foreign issuer', async () => {
    const forged = browser()
    const back = await signInThere(await forged.begin(), 'lixiaoyan')
    expect((await forged.finish(back, { code: 'forged' })).codes).toEqual(['oidc-rejected'])
    const old = browser()
    const oldBack = await signInThere(await old.begin(), 'lixiaoyan')
    there.setSlow(1200)
    expect((await old.finish(oldBack)).codes).toEqual(['oidc-clock'])
    there.setSlow(0)
    const changed = browser()
    const { searchParams } = new URL(await changed.begin())
    const state = searchParams.get('state')
    expect((await changed.send('POST', '/oidc/returns', { state, error: 'access_denied' })).codes).toEqual([
      'oidc-refused',
    ])
    const mixed = browser()
    const mixedBack = await signInThere(await mixed.begin(), 'lixiaoyan')
    expect((await mixed.finish(mixedBack, { iss: 'https://other.example' })).codes[0]).toMatch(
      /^oidc-(rejected|mismatch)$/,
    )
    expect(await recorded('people.sign-in-failed')).toMatchObject({ result: 'failed', after: { method: 'oidc' } })
  })

  it('a link is made for who began it, not for who sits there now', async () => {
    const desk = browser()
    await desk.signIn('shi.zichan')
    const back = await signInThere(await desk.begin('/oidc/link-flows'), 'premises')
    await desk.signIn('shi.jihua')
    expect((await desk.finish(back)).codes).toEqual(['oidc-not-same-person'])
  })

  it('it goes back to pages of this system only', async () => {
    for (const returnTo of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', ''])
      expect([returnTo, (await browser().send('POST', '/oidc/flows', { returnTo })).status]).toEqual([returnTo, 400])
  })
})

describe('the provider', () => {
  it('away: sign-in with it says so, with a password goes on', async () => {
    const guest = browser(lost)
    const { status, codes, body } = await guest.send('POST', '/oidc/flows', {})
    expect([status, codes]).toEqual([422, ['oidc-away']])
    expect(body['detail']).toContain('暂时无法连接')
    expect((await guest.signIn('shi.jihua')).status).toBe(200)
  })

  it('is known by another claim where the settings say so, from its user information too', async () => {
    const byNumber = await serverWith(providerAt(there.issuer, 'employee_number'))
    const guest = browser(byNumber)
    expect((await guest.finish(await signInThere(await guest.begin(), 'lixiaoyan'))).codes).toEqual(['oidc-no-claim'])
    there.setClaims({ employee_number: '14010099' })
    const desk = browser(byNumber)
    await desk.signIn('shi.jihua')
    expect((await desk.finish(await signInThere(await desk.begin('/oidc/link-flows'), 'whoever'))).status).toBe(200)
    expect((await guest.finish(await signInThere(await guest.begin(), 'someone'))).body['done']).toBe('signed-in')
    there.setClaims({})
    await byNumber.close()
  })

  it('is asked at the addresses it declares, without detours, over TLS, and by few at once', async () => {
    const attempt = async (answer: RequestListener) => {
      const faked = await listening(answer)
      const reason = await providerAt(faked.address)
        .begin()
        .then(
          () => 'begun',
          ({ reason }: { reason: string }) => reason,
        )
      await faked.close()
      return reason
    }
    const metadata = (change: (address: string) => object): RequestListener => {
      return (request, response) => {
        const address = `http://${request.headers.host}`
        response
          .setHeader('content-type', 'application/json')
          .end(JSON.stringify({ issuer: address, authorization_endpoint: `${address}/auth`, ...change(address) }))
      }
    }
    expect(await attempt(metadata(() => ({})))).toBe('begun')
    expect(await attempt(metadata(() => ({ authorization_endpoint: 'http://evil.example/auth' })))).toBe('away')
    expect(await attempt(metadata(() => ({ issuer: 'https://evil.example' })))).toBe('rejected')
    const elsewhere = (_: unknown, response: Parameters<RequestListener>[1]) =>
      void response.writeHead(302, { location: `${there.issuer}/.well-known/openid-configuration` }).end()
    expect(await attempt(elsewhere)).toBe('away')
    expect(await attempt((_, response) => void response.end('x'.repeat(2 * 1024 * 1024)))).toBe('rejected')

    const silent = await listening(() => {})
    const slow = providerAt(silent.address)
    const waiting = Array.from({ length: 4 }, () => slow.begin().catch(({ reason }: { reason: string }) => reason))
    await expect(slow.begin()).rejects.toMatchObject({ reason: 'busy' })
    await silent.close()
    expect(await Promise.all(waiting)).toEqual(['away', 'away', 'away', 'away'])
  })
})

async function listening(answer: RequestListener): Promise<{ address: string; close: () => Promise<void> }> {
  const faked: Server = createHttpServer(answer)
  await new Promise<void>((done) => void faked.listen(0, '127.0.0.1', done))
  return {
    address: `http://127.0.0.1:${(faked.address() as AddressInfo).port}`,
    close: () => {
      faked.closeAllConnections()
      return new Promise((done) => void faked.close(() => done()))
    },
  }
}
