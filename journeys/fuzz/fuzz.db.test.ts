import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, type StageForTest } from '../stage.ts'
import { answerCheck } from './answers.ts'
import { fuzz } from './fuzz.ts'

/** G16: a sample of `npm run fuzz`, another every day. */
let stage: StageForTest
const now = '2026-11-23T09:00:00+08:00'
const offset = Date.parse(now) - Date.now()
beforeAll(async () => {
  stage = await openStage({ demonstration: 'all', clock: now })
}, 900_000)
afterAll(() => stage?.close())

test(
  'G16 generated requests to every operation are answered as the published document declares',
  { timeout: 240_000 },
  async () => {
    const seed = Math.floor(Date.now() / 86_400_000)
    const operations = stage.application.ground.modules.flatMap(({ contract }) => Object.values(contract))
    const report = await fuzz(stage.application, {
      requests: operations.length * 6,
      seed,
      clock: () => new Date(Date.now() + offset),
    })
    expect(report.faults.slice(0, 10), `seed ${seed}`).toEqual([])
    // Shown, refused, denied: all of it was met.
    for (const status of [200, 400, 401, 403, 404])
      expect(report.byStatus.get(status) ?? 0, `${status}`).toBeGreaterThan(20)
  },
)

test('the check bites: another status, another shape, another medium, a trace of the code', async () => {
  const document = (await stage.application.server.inject({ url: '/api/openapi.json' })).json<unknown>()
  const check = answerCheck(document)
  const cycles = stage.application.ground.modules.find(({ name }) => name === 'plans')?.contract['cycles']
  if (!cycles) throw new Error('there is no plans.cycles')
  const problem = { type: 't', title: 't', status: 404, code: 'missing', detail: '没有', instance: 'i' }
  const said = (status: number, type: string, body: unknown) =>
    check(cycles, { status, type, body: JSON.stringify(body) })
  expect(said(404, 'application/problem+json; charset=utf-8', problem)).toBeNull()
  expect(said(200, 'application/json', { items: [], next: null, total: null })).toBeNull()
  expect(said(500, 'application/problem+json', problem)).toContain('not declared')
  expect(said(200, 'application/json', { items: [{}], next: null, total: null })).toContain('outside the schema')
  expect(said(404, 'application/json', problem)).toContain('media type')
  expect(said(404, 'application/problem+json', { ...problem, detail: 'at run (/app/store.ts:12)' })).toContain(
    'too much',
  )
})
