import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DiskSpace } from '#kernel/pure/disk-space.ts'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { openStage, type StageForTest } from './stage.ts'
import { sessionAt } from './visit.ts'

/** G21: the volume of the data runs out of room under the application; `npm run disk-full` does it with a real one. */
let stage: StageForTest
let cookie: string
let space: DiskSpace = { freeBytes: 10e9, totalBytes: 100e9, reserveBytes: 256e6 }
beforeAll(async () => {
  stage = await openStage({
    demonstration: 'people',
    clock: '2026-11-23T09:00:00+08:00',
    space: async () => space,
  })
  cookie = await sessionAt(stage.address, 'shi.jihua')
}, 120_000)
afterAll(() => stage?.close())

const call = (method: string, path: string, body?: object) =>
  fetch(`${stage.address}${path}`, {
    method,
    headers: { cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
const register = () =>
  call('POST', '/api/v1/organs/organs', {
    jurisdictionCode: '140100',
    name: '太原市测试局',
    shortName: '测试局',
    kind: 'K03',
    parts: [],
    inCompound: false,
    secretUnit: false,
    tradeUnion: false,
    validFrom: '2026-11-23',
    document: '并编〔2026〕1号',
  })
const contents = async () => {
  const { pool } = stage.application.ground.db
  const { rows } = await pool.query(
    `select (select count(*)::int from organs.organ) as organs, (select count(*)::int from kernel.audit_entry where fact like 'organs.%') as facts,
      (select count(*)::int from kernel.idempotency) as keys`,
  )
  return rows[0] as unknown
}
test('G21 without room nothing is written and everything is read; with room again it goes on by itself', async () => {
  const before = await contents()
  space = { ...space, freeBytes: 255e6 }
  const read = () => call('POST', '/api/v1/cases/notifications/read', { ids: [1] })
  await expect.poll(async () => (await read()).status, { timeout: 10_000 }).toBe(507)
  const refused = await register()
  expect([refused.headers.get('retry-after'), await refused.json()]).toEqual([
    '60',
    expect.objectContaining({ code: 'disk-full', detail: expect.stringContaining('查阅不受影响') }),
  ])
  // A file is refused before a byte of it is taken in.
  const form = new FormData()
  form.set('file', new Blob(['甲'.repeat(1000)]), '附件.txt')
  const sent = await fetch(`${stage.address}/api/v1/record/cases/${crypto.randomUUID()}/attachments`, {
    method: 'POST',
    headers: { cookie },
    body: form,
  })
  expect(sent.status).toBe(507)
  expect(await contents()).toEqual(before)
  expect((await call('GET', '/api/v1/organs/organs?jurisdictionCode=140100&limit=50')).status).toBe(200)
  // Whoever makes room again can sign in and see why.
  const again = await fetch(`${stage.address}/api/v1/people/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'shi.xitong', password: demonstrationPassword }),
  })
  expect(again.status).toBe(200)

  space = { ...space, freeBytes: 300e6 }
  await new Promise((wake) => setTimeout(wake, 1500))
  expect((await register()).status).toBe(507) // a little more than the reserve is not yet room
  space = { ...space, freeBytes: 321e6 }
  await expect.poll(async () => (await register()).status, { timeout: 10_000 }).toBe(200)
  expect(await contents()).not.toEqual(before)
})
