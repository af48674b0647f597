import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { urlOf, type Operation } from '#kernel/pure/contract.ts'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { forEachAtOnce } from './at-once.ts'
import { openStage, type StageForTest } from './stage.ts'
import { sessionAt } from './visit.ts'

/** What holds for every operation of every module, asked through HTTP of the whole application. */
let stage: StageForTest
let operations: Operation[]
beforeAll(async () => {
  stage = await openStage({ demonstration: 'people', clock: '2026-11-23T09:00:00+08:00' })
  operations = stage.application.ground.modules.flatMap((module) => Object.values(module.contract))
}, 60_000)
afterAll(() => stage.close())

const someId = '00000000-0000-7000-8000-000000000001'
const paramsOf = (operation: Operation) =>
  Object.fromEntries(
    [...operation.path.matchAll(/:([a-zA-Z]+)/g)].map((match) => [
      match[1] as string,
      /entryId/.test(match[1] as string) ? '1' : someId,
    ]),
  )
const label = (operation: Operation) => `${operation.module}.${operation.name}`

async function send(
  operation: Operation,
  rest: Record<string, unknown>,
  headers: Record<string, string> = {},
  // oxlint-disable-next-line typescript/no-explicit-any -- bodies of all operations
): Promise<{ status: number; type: string; body: any }> {
  const { url } = urlOf(operation, paramsOf(operation))
  const inQuery = operation.method === 'GET' || operation.method === 'DELETE'
  const query = inQuery && Object.keys(rest).length > 0 ? `?${new URLSearchParams(rest as Record<string, string>)}` : ''
  const upload = operation.kind === 'upload'
  const form = new FormData()
  if (upload) form.set('file', new Blob(['x']), 'x.txt')
  const response = await fetch(`${stage.address}${url}${query}`, {
    method: operation.method,
    headers: { ...(inQuery || upload ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(inQuery ? {} : { body: upload ? form : JSON.stringify(rest) }),
  })
  const text = await response.text()
  const type = response.headers.get('content-type') ?? ''
  return { status: response.status, type, body: type.includes('json') && text ? JSON.parse(text) : text }
}

const cookieOf = (username: string) => sessionAt(stage.address, username)

test('there are operations of every module', () => expect(operations.length).toBeGreaterThan(90))

test('without a session every operation that is not public answers 401 as problem+json', async () => {
  const closed = operations.filter(({ access }) => access !== 'public')
  await forEachAtOnce(closed, async (operation) => {
    const { status, type, body } = await send(operation, {})
    expect([label(operation), status], JSON.stringify(body)).toEqual([label(operation), 401])
    expect(type).toContain('application/problem+json')
  })
})

test('with a session, nonsense is refused in words and never breaks anything', async () => {
  const cookie = await cookieOf('shi.jihua')
  const asked = operations.filter(({ name }) => name !== 'signOut')
  await forEachAtOnce(asked, async (operation) => {
    const { status, body } = await send(operation, { nonsense: 'x'.repeat(50) }, { cookie })
    expect([label(operation), status < 500 && status >= 400], `${status} ${JSON.stringify(body)}`).toEqual([
      label(operation),
      true,
    ])
    expect(body.detail, label(operation)).toMatch(/[\u4e00-\u9fff]/)
  })
})

test('a cursor that was made up is refused in words by every list, and breaks none', async () => {
  const cookies = [await cookieOf('shi.jihua'), await cookieOf('shi.anquan')]
  const lists = operations.filter(({ method, input }) => method === 'GET' && 'after' in input.shape)
  expect(lists.length).toBeGreaterThan(25)
  const answers = new Map<number, number>()
  await forEachAtOnce(lists, async (operation) => {
    for (const cookie of cookies) {
      const { status, body } = await send(operation, { after: 'nonsense' }, { cookie })
      expect([label(operation), status < 500], JSON.stringify(body)).toEqual([label(operation), true])
      if (status === 400) expect(body.detail, label(operation)).toMatch(/[\u4e00-\u9fff]/)
      answers.set(status, (answers.get(status) ?? 0) + 1)
    }
  })
  expect(answers.get(400), JSON.stringify([...answers])).toBeGreaterThan(15)
})

test('a driver gets nothing done and nothing shown of the level’s plans', async () => {
  const cookie = await cookieOf('shi.education.jiashi')
  const writes = operations.filter(
    ({ method, module }) =>
      method !== 'GET' && ['plans', 'budget', 'ledger', 'organs', 'calendar', 'record'].includes(module),
  )
  for (const operation of writes) {
    const { status } = await send(operation, {}, { cookie })
    expect([label(operation), status >= 400 && status < 500]).toEqual([label(operation), true])
  }
  for (const path of [
    'plans/demands',
    'plans/plans',
    'plans/adjustments',
    'plans/reports',
    'plans/notices',
    'plans/cycles',
    'ledger/lines',
    'budget/budgets',
  ])
    expect([path, (await fetch(`${stage.address}/api/v1/${path}`, { headers: { cookie } })).status]).toEqual([
      path,
      403,
    ])
})

test('ROLE-R03 the three administrators see no business', async () => {
  for (const username of ['shi.xitong', 'shi.anquan', 'shi.shenjiyuan']) {
    const cookie = await cookieOf(username)
    for (const path of [
      'plans/demands',
      'plans/cycles',
      'plans/reports',
      'ledger/lines',
      'budget/budgets',
      'record/documents',
    ]) {
      const response = await fetch(`${stage.address}/api/v1/${path}`, { headers: { cookie } })
      const { items = [] } = (await response.json()) as { items?: unknown[] }
      expect([username, path, items.length]).toEqual([username, path, 0])
    }
    expect((await fetch(`${stage.address}/api/v1/plans/demands`, { headers: { cookie } })).status).toBe(403)
  }
})

test('writes from a foreign page are refused', async () => {
  const cookie = await cookieOf('shi.jihua')
  const response = await fetch(`${stage.address}/api/v1/people/session`, {
    method: 'DELETE',
    headers: { cookie, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  })
  expect(response.status).toBe(403)
})

describe('sign-in', () => {
  const attempt = (username: string, password: string) =>
    fetch(`${stage.address}/api/v1/people/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    }).then(async (response) => ({ status: response.status, body: (await response.json()) as { detail: string } }))
  test('unknown name and wrong password are told alike; five failures lock the name, known or not', async () => {
    const known = await attempt('xian.education.jingban', 'wrong-Password-1')
    const unknown = await attempt('nobody.at.all', 'wrong-Password-1')
    expect([known.status, known.body.detail]).toEqual([unknown.status, unknown.body.detail])
    for (let turn = 0; turn < 4; turn++) await attempt('xian.education.jingban', 'wrong-Password-1')
    const locked = await attempt('xian.education.jingban', demonstrationPassword)
    expect(locked.status).toBe(422)
    expect(locked.body.detail).toContain('暂停登录')
  })
  test('a session that signed out is worth nothing', async () => {
    const cookie = await cookieOf('shi.shenhe')
    await fetch(`${stage.address}/api/v1/people/session`, { method: 'DELETE', headers: { cookie } })
    expect((await fetch(`${stage.address}/api/v1/people/session`, { headers: { cookie } })).status).toBe(401)
  })
})

test('the OpenAPI document lists exactly the operations there are', async () => {
  const { openapi, paths } = (await (await fetch(`${stage.address}/api/openapi.json`)).json()) as {
    openapi: string
    paths: Record<string, Record<string, unknown>>
  }
  expect(openapi).toMatch(/^3\.1/)
  const listed = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const declared = operations.map(
    ({ method, module, path }) => `${method} /api/v1/${module}${path.replace(/:([a-zA-Z]+)/g, '{$1}')}`,
  )
  expect(listed.toSorted()).toEqual(declared.toSorted())
})

test('where no proxy is trusted, nobody is taken at their word for where they come from', async () => {
  const response = await fetch(`${stage.address}/api/v1/assets/cards`, {
    headers: { 'x-forwarded-for': '203.0.113.9' },
  })
  const { instance } = (await response.json()) as { instance: string }
  const { rows } = await stage.application.ground.db.pool.query(
    'select source from kernel.audit_entry where request_id = $1',
    [instance],
  )
  expect(rows).toEqual([{ source: '127.0.0.1' }])
})

test('the same key answers the same and acts once', async () => {
  const cookie = await cookieOf('shi.jihua')
  const calendar = {
    demandOpensOn: '2026-11-01',
    demandClosesOn: '2026-12-01',
    reviewUntil: '2026-12-15',
    planUntil: '2026-12-28',
  }
  const open = () =>
    fetch(`${stage.address}/api/v1/plans/cycles`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie, 'idempotency-key': 'open-2027' },
      body: JSON.stringify({ year: 2027, calendar, standardsOn: '2026-11-01' }),
    }).then(async (response) => ({ status: response.status, body: (await response.json()) as { id?: string } }))
  const answers = await Promise.all(Array.from({ length: 8 }, open))
  const good = answers.filter(({ status }) => status === 200)
  expect(good.length).toBeGreaterThan(0)
  for (const { status, body } of answers) expect([200, 409], JSON.stringify(body)).toContain(status)
  for (const { body } of good) expect(body).toEqual(good[0]?.body)
  expect((await open()).body).toEqual(good[0]?.body)
})
