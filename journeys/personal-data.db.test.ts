import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { urlOf, type Operation } from '#kernel/pure/contract.ts'
import { transaction } from '#kernel/server/database.ts'
import { namedId } from '#kernel/server/identifier.ts'
import { systemScope } from '#kernel/server/scope.ts'
import { demonstrationOrganId } from '#modules/organs/offers.ts'
import { contract as people } from '#modules/people/contract.ts'
import { sql } from 'kysely'
import { openStage, type StageForTest } from './stage.ts'
import { callerAt, sessionAt } from './visit.ts'

/** Marked numbers of one person, and everything anybody else can read of the whole application. */
let stage: StageForTest
let correctionId: string
const clerk = 'shi.education.jingban'
const personId = namedId(`person.${clerk}`)
const planted = {
  mobile: '18700195553',
  officePhone: '0351-7019553',
  identityNumber: '140199198503070014',
  confided: '请按新领证件更正',
}
beforeAll(async () => {
  stage = await openStage({ demonstration: 'people', clock: '2026-11-23T09:00:00+08:00' })
  const { mobile, officePhone, identityNumber, confided } = planted
  const self = await callerAt(stage.address, clerk)
  const changed = await self(people.changeMyData, { mobile, officePhone })
  expect(changed.status).toBe(200)
  const administrator = await callerAt(stage.address, 'shi.xitong')
  expect((await administrator(people.setPersonalData, { personId, identityNumber })).status).toBe(200)
  const asked = await self(people.askCorrection, { field: 'name', wanted: '林丽绢', reason: `${confided}，${mobile}` })
  correctionId = (asked.body as { id: string }).id
  const leader = await callerAt(stage.address, 'shi.juzhang')
  expect((await leader(people.readPersonalData, { personId, field: 'mobile', purpose: 'duty' })).body).toEqual({
    value: mobile,
  })
}, 60_000)
afterAll(() => stage?.close())

/** Parameters that lead to something, by name; whatever else is asked for is left out. */
const known: Readonly<Record<string, string>> = {
  personId,
  organId: demonstrationOrganId('taiyuan-education'),
  jurisdictionCode: '140100',
  year: '2026',
  format: 'json',
  subjectKind: 'people.person',
  subjectId: personId,
  code: 'office.area-cap',
  on: '2026-11-23',
  from: '2026-01-01',
  until: '2026-12-31',
}
const someId = '00000000-0000-7000-8000-000000000001'

function addressesOf(operation: Operation): string[] {
  const shape = operation.input.shape as Record<string, z.ZodType>
  const given = Object.fromEntries(
    Object.entries(shape).flatMap(([name, schema]) => {
      const inPath = operation.path.includes(`:${name}`)
      const wanted = inPath || !schema.safeParse(undefined).success
      if (!wanted) return []
      const value = name === 'correctionId' ? correctionId : (known[name] ?? (inPath ? someId : '1'))
      return [[name, value]]
    }),
  )
  const { url, rest } = urlOf(operation, given)
  const query = new URLSearchParams(rest as Record<string, string>)
  // Searches are asked for the number itself: no hint tells that there is one.
  const search = 'text' in shape ? [`${url}?${new URLSearchParams({ ...(rest as object), text: planted.mobile })}`] : []
  return [`${url}${query.size > 0 ? `?${query}` : ''}`, ...search]
}

/** Everything readable for one visitor, a few at a time. @returns addresses that gave a marked value away, and how many answered */
async function scan(
  username: string | null,
  values: readonly string[],
): Promise<{ leaks: string[]; answered: number }> {
  const cookie = username === null ? '' : await sessionAt(stage.address, username)
  const addresses = stage.application.ground.modules
    .flatMap((module) => Object.values(module.contract))
    .filter(({ method, access }) => method === 'GET' && (username !== null || access === 'public'))
    .flatMap(addressesOf)
  const leaks: string[] = []
  let answered = 0
  const next = addresses.values()
  const worker = async () => {
    for (const address of next) {
      const response = await fetch(`${stage.address}${address}`, { headers: { cookie } })
      const body = await response.text()
      if (response.ok) answered++
      // What somebody typed into a search is not an answer of ours, but it is not repeated either.
      for (const value of values)
        if (body.includes(value)) leaks.push(`${username}: ${response.status} ${address}: ${value}`)
    }
  }
  await Promise.all([worker(), worker(), worker(), worker()])
  return { leaks, answered }
}

test('the scan finds what it looks for where it may be read: the person reads the own numbers', async () => {
  const cookie = await sessionAt(stage.address, clerk)
  const mine = await (await fetch(`${stage.address}/api/v1/people/my-data`, { headers: { cookie } })).text()
  expect([planted.mobile, planted.officePhone, planted.identityNumber].every((value) => mine.includes(value))).toBe(
    true,
  )
})

const confidential = [planted.mobile, planted.identityNumber, planted.confided]
const all = [...confidential, planted.officePhone]
test.each([
  [null, all],
  ['shi.juzhang', confidential],
  ['shi.caizheng', all],
  ['shi.xitong', confidential],
  ['shi.anquan', all],
  ['shi.shenjiyuan', all],
  ['shi.education.zhigong', confidential],
  ['sheng.jihua', all],
] as const)(
  'G12 %s (null: the public) reads no marked value in any answer of any reading operation',
  async (username, values) => {
    const { leaks, answered } = await scan(username, values)
    expect(leaks).toEqual([])
    expect(answered).toBeGreaterThan(username === null ? 1 : 15)
  },
)

test('G12 refusals and errors do not repeat a number; nothing of it is kept for retries, told in notices, or written into the record', async () => {
  const outsider = await callerAt(stage.address, 'shi.caizheng')
  const { identityNumber, mobile } = planted
  const refused = [
    await outsider(people.setPersonalData, { personId, identityNumber }),
    await outsider(people.findPerson, { number: `${mobile}0` }),
    await outsider(people.findPerson, { number: mobile }),
    await outsider(people.askCorrection, { field: 'identityNumber', wanted: `${identityNumber}9`, reason: 'x' }),
    await outsider(people.readPersonalData, { personId, field: 'mobile', purpose: 'duty' }),
  ]
  for (const { status, body } of refused) {
    expect(status).toBeGreaterThanOrEqual(400)
    for (const value of all) expect(JSON.stringify(body)).not.toContain(value)
  }
  const kept = await transaction(
    stage.application.ground.db,
    async (tx) => {
      const { rows } = await sql<{ text: string }>`
        select row_to_json(a)::text as text from kernel.audit_entry a
        union all select row_to_json(i)::text from kernel.idempotency i
        union all select row_to_json(n)::text from kernel.notification n`.execute(tx)
      return rows.map(({ text }) => text)
    },
    { scope: systemScope },
  )
  expect(kept.length).toBeGreaterThan(20)
  for (const value of all) expect([value, kept.filter((text) => text.includes(value))]).toEqual([value, []])
})
