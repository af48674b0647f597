import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { urlOf } from '#kernel/pure/contract.ts'
import { transaction } from '#kernel/server/database.ts'
import { runTimed, timedOf } from '#kernel/server/job-runner.ts'
import { systemScope } from '#kernel/server/scope.ts'
import { failing, makeFailable, type Failure } from './failing-database.ts'
import { mainActs, type MainAct, type World } from './main-acts.ts'
import { openStage, type StageForTest } from './stage.ts'
import { callerAt, sessionAt, type Caller } from './visit.ts'

/**
 * G17, G18: the main acts, one after the other, each with its n-th call to the database failing before it may be done:
 * the state is that of before; then many equal requests at once, of which the first has its answer lost at COMMIT: one
 * effect, and one answer for all. `npm run fail-at-n` takes every n, here a few of each act.
 */
let stage: StageForTest
let world: World
let tables: string[]
const callers = new Map<string, Promise<Caller>>()
const cookies = new Map<string, Promise<string>>()
const everyCall = process.env['FAIL_AT_N'] === 'all'
/** Equal requests at once: fifty where money moves, and for every act in the long run. */
const atOnce = ({ operation }: MainAct) => (everyCall || operation.module === 'ledger' ? 50 : 12)

beforeAll(async () => {
  stage = await openStage({ demonstration: 'all', clock: '2026-11-23T09:00:00+08:00' })
  const { ground } = stage.application
  for (const { jobs } of ground.modules)
    for (const [, handler] of timedOf(jobs ?? {})) await runTimed(handler, ground.act)
  tables = (await ground.db.pool.query(watchedTables)).rows.map(({ name }) => name)
  const folder = await mkdtemp(join(tmpdir(), 'yunbao-acts-'))
  world = {
    as: (username) => callers.getOrInsertComputed(username, () => callerAt(stage.address, username)),
    clerkOf,
    folder,
    kept: new Map(),
  }
  makeFailable(ground.db.pool)
}, 300_000)
afterAll(async () => {
  await stage?.close()
  await rm(world.folder, { recursive: true, force: true })
})

/** All but what asking itself leaves behind, and what seals, queues and watches by itself. */
const watchedTables = `select schemaname || '.' || tablename as name from pg_tables
  where schemaname not in ('pg_catalog', 'information_schema', 'jobs') and tablename not in
    ('audit_leaf', 'audit_node', 'audit_checkpoint', 'audit_key', 'session', 'sign_in_guard', 'migration', 'installation',
      'server_process')
  order by 1`

const rowsOf = async <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> =>
  (await transaction(stage.application.ground.db, (tx) => query.execute(tx), { scope: systemScope })).rows

async function clerkOf(organId: string): Promise<string> {
  const rows = await rowsOf(sql<{
    username: string
  }>`select a.username from people.account a join people.holding h on h.person_id = a.person_id
    where h.organ_id = ${organId} and h.role = 'organ-clerk' order by 1 limit 1`)
  if (!rows[0]) throw new Error(`nobody fills in forms at ${organId}`)
  return rows[0].username
}

/** What every table holds: each row by the transaction that wrote it, which no two writings share. */
async function contents(): Promise<string> {
  const each = tables.map(
    (name) =>
      sql`select ${name} || ' ' || count(*) || ' ' || coalesce(sum(xmin::text::bigint), 0) as held from ${sql.table(name)}`,
  )
  const rows = await rowsOf(sql<{ held: string }>`${sql.join(each, sql` union all `)}`)
  return rows.map(({ held }) => held).join('\n')
}

type Request = { act: MainAct; username: string; input: Record<string, unknown>; ifMatch: number | null; key: string }
type Reply = { status: number; body: { code?: string } & Record<string, unknown>; text: string; retryAfter: unknown }

/** Through the whole server, within this process, so that what fails fails for this request alone. */
async function ask({ act, username, input, ifMatch, key }: Request): Promise<Reply> {
  const { operation } = act
  const cookie = await cookieOf(username)
  const { url, rest } = urlOf(operation, input)
  const body = await payloadOf(operation.kind === 'upload', rest)
  const answer = await stage.application.server.inject({
    method: operation.method,
    url,
    headers: {
      cookie,
      'idempotency-key': key,
      ...(ifMatch === null ? {} : { 'if-match': `"${ifMatch}"` }),
      ...(operation.method === 'DELETE' ? {} : { 'content-type': body.type }),
    },
    ...(operation.method === 'DELETE' ? {} : { payload: body.content }),
  })
  return {
    status: answer.statusCode,
    body: answer.json(),
    text: answer.body,
    retryAfter: answer.headers['retry-after'],
  }
}

async function payloadOf(upload: boolean, rest: Record<string, unknown>): Promise<{ type: string; content: Buffer }> {
  if (!upload) return { type: 'application/json', content: Buffer.from(JSON.stringify(rest)) }
  const form = new FormData()
  const path = rest['file'] as string
  form.set('file', new Blob([await readFile(path)]), basename(path))
  const multipart = new Response(form)
  return { type: multipart.headers.get('content-type') as string, content: Buffer.from(await multipart.arrayBuffer()) }
}

const cookieOf = (username: string) => cookies.getOrInsertComputed(username, () => sessionAt(stage.address, username))

/** Which calls fail: a few spread over the act, or every one. */
function failuresOf({ calls, begins }: { calls: number; begins: readonly number[] }, place: number): Failure[] {
  const spread = new Set([1, 2, Math.ceil(calls / 2), 2 + ((place * 7) % Math.max(1, calls - 2)), calls - 1])
  const chosen = Array.from({ length: calls - 1 }, (_, at) => at + 1).filter((call) => everyCall || spread.has(call))
  return chosen.flatMap((call, turn): Failure[] =>
    (everyCall ? (['error', 'cut'] as const) : [turn % 2 === place % 2 ? ('error' as const) : ('cut' as const)])
      // A connection that breaks at BEGIN is replaced at once: that act would be done.
      .map((how) => ({ at: { call }, how: begins.includes(call) ? 'error' : how })),
  )
}

const settled = async (): Promise<void> => {
  for (const until = Date.now() + 20_000; Date.now() < until; await pause(20))
    if ((await rowsOf(sql`select from kernel.job_run where state in ('waiting', 'running')`)).length === 0) return
  throw new Error('a job did not end')
}

for (const [place, act] of mainActs.entries()) {
  const name = `${act.operation.module}.${act.operation.name}`
  test(`G17 G18 ${place + 1} ${name}: nothing half done, and done once by many`, { timeout: 600_000 }, async () => {
    const { pool } = stage.application.ground.db
    const username = typeof act.username === 'string' ? act.username : await act.username(world)
    const input = await act.input(world)
    const ifMatch = act.ifMatch ? await act.ifMatch(world) : null
    const request: Request = { act, username, input, ifMatch, key: `fail-at-n-${place}` }
    // A file is taken in only from somebody signed in, which is asked in a transaction of its own.
    const commit = act.operation.kind === 'upload' ? 2 : 1
    await cookieOf(username) // signing in leaves its own trace
    await settled()
    const before = await contents()
    const [last] = await rowsOf(sql<{ id: number }>`select coalesce(max(id), 0)::bigint as id from kernel.audit_entry`)

    const cut = await failing({ at: { commit }, how: 'cut' }, () => ask(request))
    expect([cut.result.status, cut.result.body.code, cut.failed], cut.result.text).toEqual([
      503,
      'outcome-unknown',
      true,
    ])
    for (const failure of failuresOf(cut, place)) {
      const { result, failed } = await failing(failure, () => ask(request))
      const said = failure.how === 'error' ? [500, 'internal', true] : [503, 'database-away', true]
      expect([result.status, result.body.code, failed], `${JSON.stringify(failure)} ${result.text}`).toEqual(said)
      if (failure.how === 'cut') expect(result.retryAfter).toBeDefined()
    }
    expect(await contents()).toBe(before)

    const [lost, ...others] = await Promise.all([
      failing({ at: { commit }, how: 'answer-lost' }, () => ask(request)).then(({ result }) => result),
      ...Array.from({ length: atOnce(act) - 1 }, () => ask(request)),
    ])
    expect([200, 503, 422], lost.text).toContain(lost.status)
    const first = others[0] as Reply
    for (const reply of others) {
      if (act.operation.secret) expect([200, 422], reply.text).toContain(reply.status)
      else expect([reply.status, reply.body]).toEqual([200, first.body])
    }
    await settled()
    const after = await contents()
    expect(after).not.toBe(before)
    const [counted] = await rowsOf(sql<{ effects: number; keys: number }>`select
      (select count(distinct request_id)::int from kernel.audit_entry
        where operation = ${name} and id > ${last?.id} and result = 'done') as effects,
      (select count(*)::int from kernel.idempotency where key = ${request.key} and status = 200) as keys`)
    expect(counted).toEqual({ effects: 1, keys: 1 })

    const again = await ask(request)
    if (!act.operation.secret) expect([again.status, again.body]).toEqual([200, first.body])
    expect(await contents()).toBe(after)
    // Nothing is left behind; what seals the record by itself takes a connection for a moment.
    await expect.poll(() => [pool.waitingCount, pool.totalCount - pool.idleCount]).toEqual([0, 0])
    act.learn?.(world, first.body)
  })
}

test('G17 G18 at least thirty main acts were tried', () =>
  expect(new Set(mainActs.map(({ operation }) => `${operation.module}.${operation.name}`)).size).toBeGreaterThanOrEqual(
    30,
  ))
