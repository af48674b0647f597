import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { urlOf, type Operation } from '#kernel/pure/contract.ts'
import { transaction } from '#kernel/server/database.ts'
import { runTimed, timedOf } from '#kernel/server/job-runner.ts'
import { systemScope } from '#kernel/server/scope.ts'
import { forEachAtOnce } from './at-once.ts'
import { exampleInput, nowhere, schemaOf, type Json } from './example-input.ts'
import { openStage, type StageForTest } from './stage.ts'
import { sessionAt } from './visit.ts'

/**
 * Every writing operation of every module, as the contract declares it, with one thing wrong at a time: refused in
 * words as problem+json, never with a fault of ours, and nothing in any table has changed.
 */
let stage: StageForTest
let writes: Operation[]
let cookies: Record<string, string>
let ids: Map<string, string>
beforeAll(async () => {
  stage = await openStage({ demonstration: 'all', clock: '2026-11-23T09:00:00+08:00' })
  writes = stage.application.ground.modules
    .flatMap((module) => Object.values(module.contract))
    .filter(({ method, name }) => method !== 'GET' && name !== 'signIn' && name !== 'signOut')
  cookies = {}
  for (const username of ['shi.jihua', 'shi.education.jingban', 'shi.xitong', 'shi.education.jiashi'])
    cookies[username] = await sessionAt(stage.address, username)
  // Timed work once now: whatever is due is told, and nothing is left for a quarter of an hour that strikes meanwhile.
  for (const { jobs } of stage.application.ground.modules)
    for (const [, handler] of timedOf(jobs ?? {})) await runTimed(handler, stage.application.ground.act)
  ids = await realIds()
}, 300_000)
afterAll(() => stage.close())

const label = ({ module, name }: Operation) => `${module}.${name}`

/** A record of the city for each name that stands in a path, so that requests reach what they are about. */
async function realIds(): Promise<Map<string, string>> {
  const tables = {
    cycleId: 'plans.cycle',
    demandId: 'plans.demand',
    noticeId: 'plans.notice',
    planId: 'plans.plan',
    adjustmentId: 'plans.adjustment',
    reportId: 'plans.report',
    lineId: 'ledger.line',
    consultationId: 'consultation.consultation',
    caseId: 'kernel.case_item',
  }
  const found = new Map<string, string>()
  for (const [name, table] of Object.entries(tables)) {
    const { rows } = await transaction(
      stage.application.ground.db,
      (tx) =>
        sql<{
          id: string
        }>`select id from ${sql.table(table)} where jurisdiction_code = '140100' order by id desc limit 1`.execute(tx),
      { scope: systemScope },
    )
    found.set(name, rows[0]?.id ?? nowhere)
  }
  return found
}

/** What no schema of this kind may take. */
function wrongFor(schema: Json): unknown[] {
  const either = (schema['anyOf'] ?? schema['oneOf']) as Json[] | undefined
  if (either)
    return either.every(({ type }) => type === 'string' || type === 'null')
      ? [42, 'x'.repeat(200_000)]
      : [{ no: 'thing' }]
  if (schema['enum']) return ['nonsense', 42, null]
  switch (schema['type']) {
    case 'object':
      return ['nonsense', 42]
    case 'array':
      return ['nonsense', 42, Array.from({ length: 30_000 }, () => null)]
    case 'integer':
    case 'number':
      return ['nonsense', 1e300, -1e15, 2 ** 60]
    case 'boolean':
      return ['ja', 2]
    case 'string':
      return [42, 'x'.repeat(200_000), '甲\u0000乙', { no: 'thing' }]
    default:
      return []
  }
}

async function send(operation: Operation, input: Json, cookie: string, raw?: { body: string; type: string }) {
  const params = Object.fromEntries(
    [...operation.path.matchAll(/:([a-zA-Z]+)/g)].map(([, name = '']) => [
      name,
      input[name] ?? (name === 'entryId' ? '1' : (ids.get(name) ?? nowhere)),
    ]),
  )
  const { url, rest } = urlOf(operation, { ...input, ...params })
  const inQuery = operation.method === 'DELETE'
  const response = await fetch(`${stage.address}${url}`, {
    method: operation.method,
    headers: { cookie, ...(inQuery ? {} : { 'content-type': raw?.type ?? 'application/json' }) },
    ...(inQuery ? {} : { body: raw?.body ?? JSON.stringify(rest) }),
  })
  const text = await response.text()
  return { status: response.status, type: response.headers.get('content-type') ?? '', text }
}

/** Refused in words; the answer tells nothing of what is inside. */
function expectRefused(operation: Operation, what: string, { status, type, text }: Awaited<ReturnType<typeof send>>) {
  const seen = [label(operation), what, status >= 400 && status < 500, type.includes('application/problem+json')]
  expect(seen, `${status} ${text.slice(0, 300)}`).toEqual([label(operation), what, true, true])
  expect((JSON.parse(text) as { detail: string }).detail, `${label(operation)} ${what}`).toMatch(/\p{Script=Han}/u)
  expect(text).not.toMatch(/\bat .+\.ts:\d+|select .+ from|node_modules/)
}

/** What every table holds, but for what asking itself leaves behind: denials in the record, last use of a session. */
async function contents(): Promise<Record<string, string>> {
  const aside = [
    'kernel.audit_entry',
    'kernel.audit_leaf',
    'kernel.audit_node',
    'kernel.audit_checkpoint',
    'kernel.audit_key',
    'kernel.idempotency',
    'kernel.server_process',
    'people.session',
    'people.sign_in_guard',
  ]
  return transaction(
    stage.application.ground.db,
    async (tx) => {
      const { rows: tables } = await sql<{ name: string }>`select schemaname || '.' || tablename as name from pg_tables
      where schemaname in ('kernel', ${sql.join(stage.application.ground.modules.map(({ name }) => name))}) order by 1`.execute(
        tx,
      )
      const held: Record<string, string> = {}
      for (const { name } of tables.filter((table) => !aside.includes(table.name) && !table.name.startsWith('jobs.'))) {
        const { rows } = await sql<{
          digest: string
        }>`select count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as digest
        from ${sql.table(name)} t`.execute(tx)
        held[name] = rows[0]?.digest ?? ''
      }
      return held
    },
    { scope: systemScope },
  )
}

async function changesNothing(work: () => Promise<void>): Promise<void> {
  const before = await contents()
  expect(Object.keys(before).length).toBeGreaterThan(30)
  await work()
  expect(await contents()).toEqual(before)
}

test('one wrong thing at a time', { timeout: 120_000 }, () =>
  changesNothing(async () => {
    let tried = 0
    const forms = writes.filter(({ kind }) => kind !== 'upload')
    await forEachAtOnce(forms, async (operation) => {
      const schema = schemaOf(operation)
      const good = exampleInput(schema, ids) as Json
      for (const [name, property] of Object.entries((schema['properties'] ?? {}) as Record<string, Json>)) {
        if (operation.path.includes(`:${name}`)) continue
        for (const wrong of wrongFor(property)) {
          tried++
          for (const username of ['shi.jihua', 'shi.xitong'])
            expectRefused(
              operation,
              `${name} = ${JSON.stringify(wrong)?.slice(0, 40)}`,
              await send(operation, { ...good, [name]: wrong }, cookies[username] as string),
            )
        }
      }
    })
    expect(tried).toBeGreaterThan(300)
  }),
)

test('paths that lead nowhere, fields nobody asked for, bodies that are none', { timeout: 120_000 }, () =>
  changesNothing(async () => {
    const cookie = cookies['shi.jihua'] as string
    await forEachAtOnce(writes, async (operation) => {
      if (operation.path.includes(':'))
        expectRefused(
          operation,
          'path',
          await send(
            operation,
            Object.fromEntries([...operation.path.matchAll(/:([a-zA-Z]+)/g)].map(([, name = '']) => [name, 'x'])),
            cookie,
          ),
        )
      if (operation.kind === 'upload' || operation.method === 'DELETE') return
      expectRefused(
        operation,
        'unknown field',
        await send(operation, { ...(exampleInput(schemaOf(operation), ids) as Json), surprise: 1 }, cookie),
      )
      for (const raw of [
        { body: '{"half":', type: 'application/json' },
        { body: '[1,2]', type: 'application/json' },
        { body: '<a/>', type: 'text/xml' },
        { body: '{"__proto__":{"admin":true}}', type: 'application/json' },
      ])
        expectRefused(operation, raw.body, await send(operation, {}, cookie, raw))
    })
  }),
)

test('more than an operation takes is refused as too large', { timeout: 120_000 }, () =>
  changesNothing(async () => {
    for (const operation of writes.filter(({ method, kind }) => method !== 'DELETE' && kind !== 'upload')) {
      const body = `{"x":"${'x'.repeat((operation.maxBytes ?? 1024 * 1024) + 10)}"}`
      const answer = await send(operation, {}, cookies['shi.jihua'] as string, { body, type: 'application/json' })
      expectRefused(operation, 'too large', answer)
      expect([label(operation), answer.status]).toEqual([label(operation), 413])
    }
  }),
)

test('whoever has no right gets nothing done, with the right form of input too', { timeout: 60_000 }, () =>
  changesNothing(async () => {
    const own = new Set([
      'people.changePassword',
      'people.enrolSecondFactor',
      'people.askCorrection',
      'people.switchOrgan',
      'people.endSession',
      'cases.markNotificationsRead',
    ])
    for (const operation of writes.filter(
      (one) => one.kind !== 'upload' && !own.has(label(one)) && !one.readOnly && one.access !== 'public',
    ))
      expectRefused(
        operation,
        'driver',
        await send(
          operation,
          exampleInput(schemaOf(operation), ids) as Json,
          cookies['shi.education.jiashi'] as string,
        ),
      )
  }),
)

test('the same key with other content is refused, with the same content answered the same', async () => {
  const cookie = cookies['shi.education.jingban'] as string
  const ask = (note: string, key: string) =>
    fetch(`${stage.address}/api/v1/cases/notifications/read`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ ids: note.length === 1 ? [1] : [1, 2] }),
    }).then(async (response) => ({ status: response.status, body: await response.text() }))
  const first = await ask('a', 'twice')
  expect(first.status).toBe(200)
  expect(await ask('a', 'twice')).toEqual(first)
  const other = await ask('bb', 'twice')
  expect([other.status, other.body.includes('idempotency-key-reused')]).toEqual([422, true])
})
