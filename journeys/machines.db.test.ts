import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { pathParameters, urlOf, type Operation } from '#kernel/pure/contract.ts'
import { isForPeopleOnly, machineAreas } from '#kernel/pure/machine-scope.ts'
import { transaction } from '#kernel/server/database.ts'
import { systemScope } from '#kernel/server/scope.ts'
import { contract as budget } from '#modules/budget/contract.ts'
import { contract as cases } from '#modules/cases/contract.ts'
import { contract as jobs } from '#modules/jobs/contract.ts'
import { contract as ledger } from '#modules/ledger/contract.ts'
import { contract as machines } from '#modules/machines/contract.ts'
import { contract as people } from '#modules/people/contract.ts'
import { contract as plans } from '#modules/plans/contract.ts'
import { demandWorkbook } from './demand-workbook.ts'
import { openStage, type StageForTest } from './stage.ts'
import { callerAt, sessionAt, type Caller } from './visit.ts'

/** Another system works with ours by a token, over the whole demonstration and HTTP. */
let stage: StageForTest
let administrator: Caller
let operations: Operation[]
let organ: { organId: string; demandId: string }
beforeAll(async () => {
  stage = await openStage({ demonstration: 'all', clock: '2026-11-23T09:00:00+08:00' })
  administrator = await callerAt(stage.address, 'shi.anquan')
  operations = stage.application.ground.modules.flatMap((module) => Object.values(module.contract))
  const reviewer = await callerAt(stage.address, 'shi.jihua')
  const { items } = (await reviewer(plans.demands, { year: 2027, state: 'draft', limit: 50 })).body
  organ = { organId: items[0]?.organId as string, demandId: items[0]?.id as string }
}, 300_000)
afterAll(() => stage?.close())

async function issued(scopes: string[], given: { organId?: string; validUntil?: string } = {}) {
  const { status, body } = await administrator(machines.issue, {
    organId: organ.organId,
    name: '财务核算系统',
    purpose: '按月报送支出、读取计划',
    scopes,
    validUntil: '2027-11-22',
    ...given,
  })
  expect(status, JSON.stringify(body)).toBe(200)
  return { id: body.token.id, secret: body.secret }
}

type Sent = { status: number; codes: string[]; body: Record<string, unknown>; headers: Headers }
async function send(
  secret: string,
  operation: Operation,
  input: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<Sent> {
  const { url, rest } = urlOf(operation, input)
  const inQuery = operation.method === 'GET' || operation.method === 'DELETE'
  const form = new FormData()
  const file = rest['file']
  if (file instanceof Blob) form.set('file', file, 'x.xlsx')
  const upload = operation.kind === 'upload'
  const query = inQuery ? `?${new URLSearchParams(rest as Record<string, string>)}` : ''
  const response = await fetch(`${stage.address}${url}${query}`, {
    method: operation.method,
    headers: {
      authorization: `Bearer ${secret}`,
      ...(inQuery || upload ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(inQuery ? {} : { body: upload ? form : JSON.stringify(rest) }),
  })
  const type = response.headers.get('content-type') ?? ''
  const text = await response.text()
  const body = (type.includes('json') ? JSON.parse(text) : {}) as Sent['body'] & { refusals?: { code: string }[] }
  return {
    status: response.status,
    codes: body.refusals?.map(({ code }) => code) ?? [],
    body,
    headers: response.headers,
  }
}
/** As it must succeed. */
async function done<O extends Operation>(secret: string, operation: O, input: Record<string, unknown> = {}) {
  const { status, body } = await send(secret, operation, input)
  expect(status, JSON.stringify(body)).toBe(200)
  return body as z.output<O['output']>
}
const recorded = (tokenId: string) =>
  transaction(
    stage.application.ground.db,
    async (tx) =>
      (
        await sql<{ fact: string; operation: string; result: string; actorKind: string; reasons: string[] }>`
      select fact, operation, result, actor_kind, reasons from kernel.audit_entry where person_id = ${tokenId} order by id`.execute(
          tx,
        )
      ).rows,
    { scope: systemScope },
  )

describe('a system of an organ', () => {
  test('A16-1 hands a demand in, reads plan and ledger and drafts the report, all in the record by its token', async () => {
    const { id, secret } = await issued(['plans:write', 'ledger:read'])
    const found = await done(secret, plans.findDemand, { organ: organ.organId, year: 2027 })
    const demandId = found.id
    expect(demandId).toBe(organ.demandId)
    const { buffer, mimeType } = await demandWorkbook()
    const file = new Blob([new Uint8Array(buffer)], { type: mimeType })
    const preview = await done(secret, plans.previewImport, { demandId, file })
    expect(preview.rows).toHaveLength(6)
    const before = await done(secret, plans.viewDemand, { demandId })
    const applied = await done(secret, plans.applyImport, {
      demandId,
      importId: preview.importId,
      version: before.demand.version,
      mode: 'replace',
      rows: preview.rows.map(({ row, line }) => ({ row, line })),
      answers: Object.fromEntries(preview.questions.map((question) => [question.id, question.options[0]?.value ?? ''])),
    })
    expect(applied.demand.lineCount).toBe(6)

    const { items } = await done(secret, plans.plans, { year: 2026 })
    expect(items.length).toBeGreaterThan(0)
    expect((await done(secret, plans.viewPlan, { planId: items[0]?.id })).plan.id).toBe(items[0]?.id)
    expect((await done(secret, ledger.lines, { year: 2026 })).items.length).toBeGreaterThan(0)
    const report = await done(secret, plans.draftReport, { year: 2026, kind: 'organ' })
    expect(report.report.organId).toBe(organ.organId)

    const rows = await recorded(id)
    expect(rows.map(({ fact }) => fact)).toEqual([
      'plans.import-read',
      'plans.demand-saved',
      'plans.import-applied',
      'plans.report-drafted',
    ])
    expect(rows.every(({ actorKind, result }) => actorKind === 'machine' && result === 'done')).toBe(true)
  })

  test('G6 does what its clerk does, never what reviewers, leaders, finance and administrators do', async () => {
    const { id, secret } = await issued(['plans:write', 'budget:write', 'ledger:write'])
    const other = operations.filter(({ module }) => ['machines', 'people'].includes(module))
    for (const operation of other.filter(({ access }) => access !== 'public'))
      expect([operation.name, (await send(secret, operation, someOf(operation))).codes[0]]).toEqual([
        operation.name,
        isForPeopleOnly(operation) ? 'people-only' : 'out-of-scope',
      ])
    expect((await send(secret, people.signIn, { username: 'shi.jihua', password: 'x' })).codes).toEqual(['people-only'])
    expect((await send(secret, cases.inbox)).codes).toEqual(['out-of-scope'])
    const year = { year: 2028, calendar: days2028, standardsOn: '2027-11-01' }
    expect((await send(secret, plans.openCycle, year)).status).toBe(403)
    expect(
      (await send(secret, plans.acceptProposals, { demandId: organ.demandId, onlyWithoutFindings: true })).status,
    ).toBeGreaterThan(399)
    const denied = await recorded(id)
    expect(denied.length).toBeGreaterThan(20)
    expect(denied.filter(({ result }) => result !== 'denied')).toEqual([])
  })

  test('G6 reads what it was given to read, and writes nothing by that', async () => {
    const { secret } = await issued(['plans:read'])
    expect((await send(secret, plans.plans, { year: 2026 })).status).toBe(200)
    expect((await send(secret, plans.draftReport, { year: 2026, kind: 'organ' })).codes).toEqual(['out-of-scope'])
    expect((await send(secret, budget.budgets)).codes).toEqual(['out-of-scope'])
    expect((await send(secret, ledger.execute, { lineId: organ.demandId })).codes).toEqual(['out-of-scope'])
  })

  test('G7 sees nothing of another organ, and nothing of another level', async () => {
    const { body } = await administrator(machines.issue, {
      organId: await organOfCounty(),
      name: '县级系统',
      purpose: '不属于本级',
      scopes: ['plans:read'],
      validUntil: '2027-01-01',
    })
    expect((body as unknown as { code: string }).code).toBe('forbidden')
    const { secret } = await issued(['plans:write'], { organId: await otherOrgan() })
    expect((await send(secret, plans.viewDemand, { demandId: organ.demandId })).status).toBe(404)
  })
})

const days2028 = {
  demandOpensOn: '2027-11-01',
  demandClosesOn: '2027-12-01',
  reviewUntil: '2027-12-15',
  planUntil: '2027-12-28',
}
const one = async (query: ReturnType<typeof sql<{ id: string }>>) =>
  (await transaction(stage.application.ground.db, (tx) => query.execute(tx), { scope: systemScope })).rows[0]
    ?.id as string
const organOfCounty = () =>
  one(sql<{ id: string }>`select id from organs.open_organ where jurisdiction_code = '140121' limit 1`)
const otherOrgan = () =>
  one(
    sql<{ id: string }>`select id from organs.open_organ where jurisdiction_code = '140100' and id <> ${organ.organId}
      and not exists (select from organs.open_organ_part p where p.organ_id = open_organ.id) limit 1`,
  )
const someId = '00000000-0000-7000-8000-000000000001'
const someOf = (operation: Operation) =>
  Object.fromEntries(pathParameters(operation.path).map((name) => [name, name === 'entryId' ? '1' : someId]))

test('every operation that a token can reach copes with a caller who is no person', async () => {
  const all = machineAreas(stage.application.ground.modules).flatMap(({ module, rights }) =>
    rights.map((right) => `${module}:${right}`),
  )
  const { id, secret } = await issued(all)
  const reached = operations.filter(
    (operation) => all.some((scope) => scope.startsWith(`${operation.module}:`)) && !isForPeopleOnly(operation),
  )
  expect(reached.length).toBeGreaterThan(120)
  let answered = 0
  for (const operation of reached) {
    const { status, body, codes } = await send(secret, operation, someOf(operation))
    expect([operation.module, operation.name, status < 500], JSON.stringify(body)).toEqual([
      operation.module,
      operation.name,
      true,
    ])
    expect(codes).not.toContain('out-of-scope')
    if (status === 200) answered++
  }
  expect(answered).toBeGreaterThan(40)
  expect((await recorded(id)).length).toBeGreaterThan(0)
  expect((await done(secret, jobs.runs)).items).toEqual([])
})

describe('a request', () => {
  test('with a session’s cookie and a token is refused; a token alone may come from any page', async () => {
    const { secret } = await issued(['plans:write'])
    const cookie = await sessionAt(stage.address, 'shi.jihua')
    expect((await send(secret, plans.plans, {}, { cookie })).codes).toEqual(['two-credentials'])
    const crossSite = { origin: 'https://other.example', 'sec-fetch-site': 'cross-site' }
    expect((await send(secret, plans.checkAdjustment, {}, crossSite)).status).toBe(400)
    expect((await send('', plans.checkAdjustment, {}, { cookie, ...crossSite })).codes).toEqual(['foreign-origin'])
  })

  test('repeated under its key acts once, for each token by itself', async () => {
    const { id, secret } = await issued(['plans:write'])
    const draft = () =>
      send(secret, plans.draftReport, { year: 2026, kind: 'organ' }, { 'idempotency-key': 'report-2026' })
    const answers = await Promise.all([draft(), draft(), draft()])
    const good = answers.filter(({ status }) => status === 200)
    expect(good.length + answers.filter(({ status }) => status === 422 || status === 409).length).toBe(3)
    for (const { body } of good) expect(body).toEqual(good[0]?.body)
    const { rows } = await stage.application.ground.db.pool.query<{ n: number }>(
      'select count(*)::int as n from kernel.idempotency where actor = $1',
      [id],
    )
    expect(rows[0]?.n).toBe(good.length > 0 ? 1 : 0)
  })

  test('beyond the limit of its token waits; other tokens go on', async () => {
    const province = await callerAt(stage.address, 'sheng.anquan')
    const figures = { tokenDays: 365, requestsPerMinute: 10 }
    expect((await administrator(machines.changeSettings, figures)).status).toBe(403)
    expect((await province(machines.changeSettings, { ...figures, tokenDays: 366 })).status).toBe(400)
    expect((await province(machines.changeSettings, figures)).body).toEqual(figures)
    const [busy, calm] = [await issued(['plans:read']), await issued(['plans:read'])]
    const answers: Sent[] = []
    for (let turn = 0; turn < 21; turn++) answers.push(await send(busy.secret, plans.plans))
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThan(0) // a minute may strike between: then twenty are answered
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeLessThanOrEqual(60)
    expect((await send(calm.secret, plans.plans)).status).toBe(200)
    await province(machines.changeSettings, { ...figures, requestsPerMinute: 600 })
  })
})

describe('a token', () => {
  test('G9 is told once and kept as a digest; neither table nor record nor key holds it', async () => {
    const cookie = await sessionAt(stage.address, 'shi.anquan')
    const ask = () =>
      fetch(`${stage.address}/api/v1/machines/tokens`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie, 'idempotency-key': 'issue-1' },
        body: JSON.stringify({
          organId: organ.organId,
          name: '只说一次',
          purpose: '核对只显示一次',
          scopes: ['plans:read'],
          validUntil: '2026-12-01',
        }),
      }).then((response) => response.json() as Promise<{ secret: string; refusals?: { code: string }[] }>)
    const { secret } = await ask()
    expect(secret).toMatch(/^yb_[a-z2-9]{8}_[\w-]{43}$/)
    expect((await ask()).refusals?.[0]?.code).toBe('already-done')
    const kept = secret.split('_').slice(2).join('_')
    for (const table of ['machines.token', 'kernel.audit_entry', 'kernel.idempotency']) {
      const { rows } = await stage.application.ground.db.pool.query<{ n: number }>(
        `select count(*)::int as n from ${table} t where position($1 in t::text) > 0`,
        [kept],
      )
      expect([table, rows[0]?.n]).toEqual([table, 0])
    }
  })

  test('is listed by who issues it, with its last use; others see none', async () => {
    const { id, secret } = await issued(['plans:read'])
    const listed = async () =>
      (await administrator(machines.tokens, { state: 'valid', limit: 200 })).body.items.find((one) => one.id === id)
    expect(await listed()).toMatchObject({ state: 'valid', scopes: ['plans:read'], lastUsedAt: null })
    await done(secret, plans.plans)
    const first = (await listed())?.lastUsedAt
    expect(first).not.toBeNull()
    await done(secret, plans.plans)
    expect((await listed())?.lastUsedAt).toBe(first) // once a minute
    for (const username of ['shi.xitong', 'shi.jihua', 'shi.education.jingban'])
      expect((await (await callerAt(stage.address, username))(machines.tokens, {})).status).toBe(403)
    const county = await callerAt(stage.address, 'xian.anquan')
    expect((await county(machines.tokens, { limit: 200 })).body.items.filter((one) => one.id === id)).toEqual([])
    expect((await county(machines.revoke, { tokenId: id, reason: '不是本级' })).status).toBe(404)
  })

  test('is worth nothing from the moment it is revoked, and after its last day', async () => {
    const { id, secret } = await issued(['plans:read'])
    const short = await issued(['plans:read'], { validUntil: '2026-11-23' })
    await done(secret, plans.plans)
    expect((await administrator(machines.revoke, { tokenId: id, reason: '系统下线' })).body).toMatchObject({
      state: 'revoked',
      revokedFor: '系统下线',
    })
    const { status, headers } = await send(secret, plans.plans)
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    expect((await administrator(machines.revoke, { tokenId: id, reason: '再次' })).codes).toEqual(['revoked'])
    await done(short.secret, plans.plans)
    stage.goTo('2026-11-24T00:00:01+08:00')
    expect((await send(short.secret, plans.plans)).status).toBe(401)
    expect((await send(`${short.secret}x`, plans.plans)).status).toBe(401)
    stage.goTo('2026-11-23T09:30:00+08:00')
  })

  test('is issued for rights that there are, for a year at most', async () => {
    administrator = await callerAt(stage.address, 'shi.anquan')
    const ask = async (change: Record<string, unknown>) =>
      (
        await administrator(machines.issue, {
          organId: organ.organId,
          name: '系统',
          purpose: '试验权限的边界',
          scopes: ['plans:read'],
          validUntil: '2026-12-01',
          ...change,
        })
      ).codes
    expect(await ask({ scopes: ['people:read'] })).toEqual(['scope-unknown'])
    expect(await ask({ scopes: ['plans:read', 'nothing:write'] })).toEqual(['scope-unknown'])
    expect(await ask({ scopes: ['plans:read', 'plans:read'] })).toEqual(['scope-twice'])
    expect(await ask({ validUntil: '2027-11-24' })).toEqual(['period'])
    expect(await ask({ validUntil: '2026-11-22' })).toEqual(['period'])
    expect(await ask({ validUntil: '2027-11-23' })).toEqual([])
  })
})
