import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openProxy, type Proxy } from '../scripts/crash-lab/proxy.ts'
import { openStage, type StageForTest } from './stage.ts'
import { sessionAt } from './visit.ts'

/** G20: the wire to the database is cut, or goes silent, under the whole application. */
let stage: StageForTest
let proxy: Proxy
let cookie: string
beforeAll(async () => {
  const { port } = new URL(inject('testCluster').appUrl)
  proxy = await openProxy(() => Number(port))
  stage = await openStage({
    demonstration: 'people',
    clock: '2026-11-23T09:00:00+08:00',
    wire: (url) => Object.assign(new URL(url), { port: String(proxy.port) }).href,
  })
  cookie = await sessionAt(stage.address, 'shi.jihua')
}, 120_000)
afterAll(async () => {
  proxy.release()
  await stage?.close()
  await proxy.close()
})

type Answered = { status: number; code: string; retryAfter: string | null; seconds: number }

async function ask(path: string, write = false): Promise<Answered> {
  const startedAt = performance.now()
  const response = await fetch(`${stage.address}${path}`, {
    headers: {
      cookie,
      ...(write ? { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() } : {}),
    },
    ...(write ? { method: 'POST', body: JSON.stringify({ ids: [1] }) } : {}),
    signal: AbortSignal.timeout(60_000),
  })
  const { code = '' } = (await response.json()) as { code?: string }
  const seconds = (performance.now() - startedAt) / 1000
  return { status: response.status, code, retryAfter: response.headers.get('retry-after'), seconds }
}

/** More than there are connections: some wait for one, some have one that says nothing. */
const many = () =>
  Promise.all([
    ...Array.from({ length: 20 }, () => ask('/api/v1/plans/cycles')),
    ...Array.from({ length: 20 }, () => ask('/api/v1/cases/notifications/read', true)),
  ])

function expectAway(answers: readonly Answered[]): void {
  for (const { status, code, retryAfter, seconds } of answers) {
    expect([status, retryAfter !== null], code).toEqual([503, true])
    expect(['database-away', 'retry']).toContain(code)
    expect(seconds).toBeLessThan(30)
  }
}

async function expectBack(): Promise<void> {
  const { pool } = stage.application.ground.db
  await expect.poll(async () => (await ask('/health/ready')).status, { timeout: 10_000 }).toBe(200)
  await expect.poll(async () => (await ask('/api/v1/plans/cycles')).status, { timeout: 10_000 }).toBe(200)
  expect((await ask('/api/v1/cases/notifications/read', true)).status).toBe(200)
  await expect.poll(() => [pool.waitingCount, pool.totalCount - pool.idleCount]).toEqual([0, 0])
  expect(pool.totalCount).toBeLessThanOrEqual(16)
}

test('G20 nobody reaches the database: “not now” to everyone, and by itself back to work', async () => {
  expect((await ask('/api/v1/plans/cycles')).status).toBe(200)
  proxy.refuse()
  expectAway(await many())
  expect((await ask('/health/live')).status).toBe(200)
  expect(await ask('/health/ready')).toMatchObject({ status: 503, retryAfter: '5' })
  proxy.release()
  await expectBack()
})

test(
  'G20 a database that takes everything and says nothing holds nobody up for long',
  { timeout: 90_000 },
  async () => {
    await many() // connections that are open and idle when it goes silent
    proxy.stall()
    expectAway(await many())
    expect((await ask('/health/ready')).status).toBe(503)
    proxy.release()
    await expectBack()
  },
)

test('G20 connections cut again and again under work: what was done is done, the rest says so, none is left behind', async () => {
  let over = false
  const cutting = (async () => {
    while (!over) {
      await pause(40)
      proxy.cut()
    }
  })()
  const answers = (await Promise.all([many(), many()])).flat()
  over = true
  await cutting
  for (const { status, code } of answers)
    expect(['200 ', '503 database-away', '503 retry', '503 outcome-unknown']).toContain(`${status} ${code}`)
  await expectBack()
})
