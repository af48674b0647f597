import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { urlOf, type Operation } from '#kernel/pure/contract.ts'
import { withoutSecrets } from '#kernel/pure/redaction.ts'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { openStage, type StageForTest } from './stage.ts'
import { sessionAt } from './visit.ts'

/**
 * G9: every operation asked for by people who have no right to it, with secrets and identity numbers planted in whatever
 * they send; then the record is counted and everything that was kept or logged is searched for what was planted.
 */
let stage: StageForTest
let operations: Operation[]
const logged: string[] = []
beforeAll(async () => {
  stage = await openStage({
    demonstration: 'people',
    clock: '2026-11-23T09:00:00+08:00',
    log: (line) => logged.push(line),
    trustedProxies: ['127.0.0.1'],
  })
  operations = stage.application.ground.modules.flatMap((module) => Object.values(module.contract))
}, 90_000)
afterAll(() => stage?.close())

const identityNumber = '11010519491231002X'
const planted = { password: 'Planted-Password-1', token: 'planted-token-0123456789', identityNumber }
const someId = '00000000-0000-7000-8000-000000000001'
/** Statuses and problem codes that are denials. */
type Denial = { id: string; operation: string; status: number }

async function ask(operation: Operation, cookie: string | null, path: string): Promise<Denial | null> {
  const params = Object.fromEntries(
    [...operation.path.matchAll(/:([a-zA-Z]+)/g)].map(([, name = '']) => [name, name === 'entryId' ? '999999' : path]),
  )
  const { url } = urlOf(operation, params)
  const inQuery = operation.method === 'GET' || operation.method === 'DELETE'
  const upload = operation.kind === 'upload'
  const form = new FormData()
  form.set('file', new Blob([JSON.stringify(planted)]), `${identityNumber}.txt`)
  const query = inQuery ? `?${new URLSearchParams({ note: identityNumber })}` : ''
  const response = await fetch(`${stage.address}${url}${cookie === null ? query : ''}`, {
    method: operation.method,
    headers: {
      ...(inQuery || upload ? {} : { 'content-type': 'application/json' }),
      ...(cookie === null ? { authorization: `Bearer ${planted.token}` } : { cookie }),
    },
    ...(inQuery ? {} : { body: upload ? form : JSON.stringify(cookie === null ? planted : {}) }),
  })
  const body = await response.text()
  if (![401, 403, 404].includes(response.status)) return null
  const { instance } = JSON.parse(body) as { instance: string }
  return { id: instance, operation: `${operation.module}.${operation.name}`, status: response.status }
}

const rowsOf = async (requestIds: readonly string[]) =>
  (
    await stage.application.ground.db.pool.query(
      `select request_id, operation, result, reasons, person_id, acting_organ_id, roles, source, subject_kind, subject_id
       from kernel.audit_entry where fact = 'kernel.denied' and request_id = any($1)`,
      [requestIds],
    )
  ).rows as Record<string, never>[]

test('every denial has exactly one row: who, role, operation, object, reason', { timeout: 120_000 }, async () => {
  const denials: Denial[] = []
  const cookies = [null, 'yunbao_session=planted-session', await sessionAt(stage.address, 'shi.education.jiashi')]
  for (const operation of operations.filter(({ name }) => name !== 'signOut'))
    for (const cookie of cookies) {
      const denial = await ask(operation, cookie, someId)
      if (denial) denials.push(denial)
    }
  const foreign = await fetch(`${stage.address}/api/v1/people/session`, {
    method: 'DELETE',
    headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  })
  const { instance } = (await foreign.json()) as { instance: string }
  denials.push({ id: instance, operation: 'people.signOut', status: foreign.status })
  for (const status of [401, 403, 404]) expect(denials.filter((one) => one.status === status).length).toBeGreaterThan(5)
  const rows = await rowsOf(denials.map(({ id }) => id))
  const byRequest = Map.groupBy(rows, (row) => String(row['request_id']))
  for (const { id, operation, status } of denials) {
    const found = byRequest.get(id) ?? []
    expect([operation, status, found.length]).toEqual([operation, status, 1])
    const [row] = found
    expect(row).toMatchObject({ operation, result: 'denied', source: '127.0.0.1' })
    expect(row?.['reasons']).not.toEqual([])
    if (status === 401) expect(row?.['reasons']).toEqual(['signed-out'])
  }
  const driver = rows.filter((row) => row['person_id'] !== null)
  expect(driver.length).toBeGreaterThan(50)
  for (const row of driver) expect([row['roles'], row['acting_organ_id'] !== null]).toEqual([['driver'], true])
})

test('behind a proxy that is trusted the source is whom it speaks for; what others put before is not believed', async () => {
  const response = await fetch(`${stage.address}/api/v1/plans/cycles`, {
    headers: { 'x-forwarded-for': '192.0.2.66, 203.0.113.9' },
  })
  const { instance } = (await response.json()) as { instance: string }
  expect(await rowsOf([instance])).toMatchObject([{ source: '203.0.113.9', reasons: ['signed-out'] }])
})

test('G9: a visitor whose page asks who is signed in leaves no row; a credential that is none of ours does', async () => {
  const asked = async (headers: Record<string, string>) => {
    const response = await fetch(`${stage.address}/api/v1/people/session`, { headers })
    const { instance } = (await response.json()) as { instance: string }
    return [response.status, (await rowsOf([instance])).length]
  }
  expect(await asked({})).toEqual([401, 0])
  expect(await asked({ cookie: 'yunbao_session=planted-session' })).toEqual([401, 1])
  expect(await asked({ authorization: `Bearer ${planted.token}` })).toEqual([401, 1])
})

test('what was not denied leaves no denial', async () => {
  const cookie = await sessionAt(stage.address, 'shi.jihua')
  const before = (
    await stage.application.ground.db.pool.query(
      'select count(*)::int as n from kernel.audit_entry where result = $1',
      ['denied'],
    )
  ).rows[0].n
  for (const path of ['people/session', 'plans/cycles', 'record/documents'])
    expect((await fetch(`${stage.address}/api/v1/${path}`, { headers: { cookie } })).status).toBe(200)
  const wrong = await fetch(`${stage.address}/api/v1/plans/cycles`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: '{}',
  })
  expect(wrong.status).toBe(400)
  const after = (
    await stage.application.ground.db.pool.query(
      'select count(*)::int as n from kernel.audit_entry where result = $1',
      ['denied'],
    )
  ).rows[0].n
  expect(after).toBe(before)
})

test('an identifier that is none, an identity number in a path, a wrong password: none of it is kept or logged', async () => {
  const cookie = await sessionAt(stage.address, 'shi.education.jiashi')
  for (const operation of operations.filter(({ path, kind }) => path.includes(':') && kind !== 'upload').slice(0, 40)) {
    await ask(operation, null, identityNumber)
    await ask(operation, cookie, `${identityNumber}%00'; drop table x`)
  }
  await fetch(`${stage.address}/api/v1/people/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'shi.jihua', password: planted.password }),
  })
  await fetch(`${stage.address}/api/v1/people/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: identityNumber.toLowerCase(), password: planted.password }),
  })
  const { db } = stage.application.ground
  const tables = (
    await db.pool.query(
      `select schemaname || '.' || tablename as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    )
  ).rows as { name: string }[]
  const session = cookie.split('=')[1] as string
  const secrets = [
    planted.password,
    planted.token,
    session,
    demonstrationPassword,
    identityNumber,
    identityNumber.toLowerCase(),
  ]
  for (const { name } of tables.filter(({ name }) =>
    /^kernel\.audit|^kernel\.(idempotency|job_run|notification)$|^people\.sign_in_guard$/.test(name),
  ))
    for (const secret of secrets) {
      const { rows } = await db.pool.query(`select count(*)::int as n from ${name} t where strpos(t::text, $1) > 0`, [
        secret,
      ])
      expect([name, secret.slice(0, 7), rows[0].n]).toEqual([name, secret.slice(0, 7), 0])
    }
  for (const secret of secrets) expect(logged.filter((line) => line.includes(secret))).toEqual([])
  const folder = join(stage.dataDirectory, 'audit')
  for (const file of await readdir(folder)) {
    const text = await readFile(join(folder, file), 'utf8')
    for (const secret of secrets) expect(text.includes(secret)).toBe(false)
  }
  expect(JSON.stringify(withoutSecrets(planted))).not.toMatch(/Planted|planted-|1231002X/) // what was planted is what is looked for
})

test('one address may not fill the record by knocking: beyond the limit it is told to wait, and leaves no row', async () => {
  const limited = await openStage({ demonstration: 'none', publicRequestsPerMinute: 5 })
  try {
    const statuses: number[] = []
    for (let turn = 0; turn < 12; turn++)
      statuses.push(
        (
          await fetch(`${limited.address}/api/v1/plans/cycles`, {
            headers: { cookie: turn % 2 ? 'yunbao_session=x' : '' },
          })
        ).status,
      )
    expect(statuses.filter((status) => status === 401).length).toBe(5)
    expect(statuses.filter((status) => status === 429).length).toBe(7)
    const { rows } = await limited.application.ground.db.pool.query(
      `select count(*)::int as n from kernel.audit_entry where result = 'denied'`,
    )
    expect(rows[0].n).toBe(5)
  } finally {
    await limited.close()
  }
}, 90_000)

test('health and metrics tell of the sealing; metrics only to this machine', async () => {
  const ready = await (await fetch(`${stage.address}/health/ready`)).json()
  expect(ready).toMatchObject({ status: 'ready', audit: { sealing: 'working', lagSeconds: expect.any(Number) } })
  const metrics = await (await fetch(`${stage.address}/metrics`)).text()
  expect(metrics).toMatch(/^yunbao_audit_sealing_working 1$/m)
  expect(metrics).toMatch(/^yunbao_audit_sealed_rows_total \d+$/m)
  expect((await fetch(`${stage.address}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(404)
})
