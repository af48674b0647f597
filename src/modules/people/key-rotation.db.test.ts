import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { housekeeping } from '#apps/housekeeping.ts'
import { transaction } from '#kernel/server/database.ts'
import type { JobHandler, JobWork } from '#kernel/server/jobs.ts'
import { openKeyring, type Keyring } from '#kernel/server/sealing/keyring.ts'
import { insistOnKeys } from '#kernel/server/sealing/registered-keys.ts'
import { resealAll, unreadable, usesOfKeys } from '#kernel/server/sealing/reseal.ts'
import { keyStates, retireKey, rotateKeys } from '#kernel/server/sealing/rotation.ts'
import { boundTo } from '#kernel/server/sealing/sealed-column.ts'
import { keepSealed, sealedRecordColumn } from '#kernel/server/sealing/sealed-record.ts'
import { newId } from '#kernel/server/identifier.ts'
import people from './module.ts'
import { peopleWithNumber, personalColumns, personalDataOf, savePersonalData } from './store/personal-data.ts'
import { now, openDesk, type Desk } from './testing/desk.ts'

const columns = [sealedRecordColumn, ...(people.sealed ?? [])]
let desk: Desk
let directory: string
/** Two processes of one installation: each with a keyring of its own on the same data directory. */
let [serving, command]: Keyring[] = []
let ids: string[]
/** Sealed values there are: those of the test, and of the demonstration. */
let total: number
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-rotation-'))
  serving = openKeyring(directory)
  command = openKeyring(directory)
  desk = await openDesk({ keyring: serving })
  await transaction(desk.fresh.db, (tx) => insistOnKeys(tx, serving as Keyring))
  // More than two batches of rows, so that writers fall between them.
  const { rows } = await desk.fresh.db.pool.query<{ id: string }>(
    `insert into people.person (id, name, organ_id) select gen_random_uuid(), '转换'||n, (select id from organs.organ limit 1)
     from generate_series(1, 700) n returning id`,
  )
  ids = rows.map(({ id }) => id)
  await desk.asSystem(async (act) => {
    await sql`insert into people.personal_data (person_id, changed_at, mobile, mobile_index)
      select id, ${act.now}, sealed, decode(found, 'hex') from jsonb_to_recordset(${JSON.stringify(ids.map(sealedRow))}::jsonb)
        as n(id uuid, sealed text, found text)`.execute(act.tx)
    await keepSealed(act, { kind: 'people.correction', subjectId: newId(), content: { wanted: '甲' } })
  })
  total = [...(await usesNow()).values()].reduce((sum, count) => sum + count, 0)
  expect(total).toBeGreaterThan(ids.length)
}, 30_000)
afterAll(async () => {
  await desk?.fresh.drop()
  rmSync(directory, { recursive: true, force: true })
})

const sealedRow = (id: string, index: number) => {
  const { purpose } = personalColumns.mobile
  const sealed = (serving as Keyring).seal(purpose, mobileOf(index, 0), boundTo(personalColumns.mobile, id))
  return { id, sealed, found: (serving as Keyring).blindIndex(purpose, mobileOf(index, 0)).toString('hex') }
}
const mobileOf = (index: number, version: number) => `13${String(version * 100_000 + index).padStart(9, '0')}`
const asCommand: Desk['asSystem'] = (work) => desk.asSystem((act) => work({ ...act, keyring: command as Keyring }))
const usesNow = () => desk.asSystem(({ tx }) => usesOfKeys(tx, columns))

test('G13 keys change while people read and write: nothing is unreadable, nothing is lost, all is sealed anew', async () => {
  const old = (serving as Keyring).keys.current().id
  expect(await usesNow()).toEqual(new Map([[old, total]]))
  const written = new Map<number, number>()
  let rotating = true
  let reads = 0
  const writer = async (offset: number) => {
    for (let turn = 1; rotating; turn++) {
      const index = (turn * 37 + offset * 300) % ids.length
      await desk.asSystem((act) => savePersonalData(act, ids[index] as string, { mobile: mobileOf(index, turn) }))
      written.set(index, turn)
    }
  }
  const reader = async () => {
    while (rotating) {
      const some = await desk.asSystem((act) =>
        personalDataOf(act, ids.slice((reads * 50) % 600, ((reads * 50) % 600) + 50)),
      )
      for (const { mobile } of some.values()) expect(mobile).toMatch(/^13\d{9}$/)
      // Found by its number whatever key it is sealed with at the moment.
      const index = 1 + (reads % 30)
      if (!written.has(index)) await desk.asSystem((act) => peopleWithNumber(act, 'mobile', mobileOf(index, 0)))
      reads++
    }
  }
  const busy = [writer(0), reader(), reader()]
  const rotated = async () => {
    try {
      const keyId = await rotateKeys(asCommand, command as Keyring)
      await resealAll((work) => desk.asSystem(({ tx }) => work(tx)), command as Keyring, columns)
      return keyId
    } finally {
      rotating = false
    }
  }
  const [made] = await Promise.all([rotated(), ...busy])
  expect([written.size > 0, reads > 0]).toEqual([true, true])
  await resealAll((work) => desk.asSystem(({ tx }) => work(tx)), command as Keyring, columns)
  expect(await usesNow()).toEqual(new Map([[made, total]]))
  const { checked, faults } = await desk.asSystem(({ tx }) => unreadable(tx, command as Keyring, columns))
  expect([checked, faults]).toEqual([total, []])
  const all = await desk.asSystem((act) => personalDataOf(act, ids))
  for (const [index, id] of ids.entries()) expect(all.get(id)?.mobile).toBe(mobileOf(index, written.get(index) ?? 0))
  const index = ids.findIndex((_, place) => !written.has(place))
  expect(await desk.asSystem((act) => peopleWithNumber(act, 'mobile', mobileOf(index, 0)))).toEqual([ids[index]])
})

test('G13 sealing anew goes on where it was broken off; an old key goes only when nothing rests on it, and not at once', async () => {
  const before = (command as Keyring).keys.current().id
  const made = await rotateKeys(asCommand, command as Keyring)
  let batches = 0
  const broken = resealAll(
    (work) => (batches++ === 1 ? Promise.reject(new Error('killed')) : desk.asSystem(({ tx }) => work(tx))),
    command as Keyring,
    columns,
  )
  await expect(broken).rejects.toThrow('killed')
  const retire = (keyId: string, at = now) =>
    retireKey((work) => asCommand((act) => work({ ...act, now: at })), command as Keyring, keyId, columns)
  expect(await retire(before)).toMatch(/还有 \d+ 条数据/)
  expect(await retire(made)).toMatch(/正在用于加密/)
  expect(await retire('00000000')).toMatch(/没有密钥/)
  // The nightly work finishes what was broken off.
  const transact: JobWork['transact'] = (work) => desk.asSystem((act) => work({ ...act, keyring: command as Keyring }))
  const nightly = housekeeping({ auditRetentionYears: 3 }, columns)['kernel.reseal'] as JobHandler
  const { rows: rest } = (await nightly.run({ runId: newId(), data: null, transact, progress: async () => {} })) as {
    rows: number
  }
  expect(rest).toBeGreaterThan(0)
  expect(rest).toBeLessThan(total)
  expect(await resealAll((work) => desk.asSystem(({ tx }) => work(tx)), command as Keyring, columns)).toBe(0)
  expect(await retire(before)).toMatch(/不足 60 分钟/)
  expect(await retire(before, new Date(now.getTime() + 61 * 60_000))).toBe(null)
  const states = await desk.asSystem((act) => keyStates({ ...act, keyring: openKeyring(directory) }, columns))
  expect(states.map(({ id }) => id)).not.toContain(before)
  expect(states.find(({ id }) => id === made)).toMatchObject({ current: true, uses: total })
  expect(readdirSync(join(directory, 'keys', 'retired'))).toEqual([`sealing-${before}.key`])
  await transaction(desk.fresh.db, (tx) => insistOnKeys(tx, openKeyring(directory)))
  const { rows } = await desk.fresh.db.pool.query(
    `select fact from kernel.audit_entry where fact like 'kernel.sealing-key%' order by id`,
  )
  expect(rows.map(({ fact }) => fact)).toEqual([
    'kernel.sealing-key-rotated',
    'kernel.sealing-key-rotated',
    'kernel.sealing-key-retired',
  ])
})

test('G13 planted numbers stand nowhere in the files of the database, its log of changes included, nor in any column', async () => {
  const planted = { mobile: '18700195551', officePhone: '0351-7019555', identityNumber: '14019919850307001X' }
  const markedInClear = 'planted-0351-7019556'
  const clerk = 'shi.education.jingban'
  const { mobile, officePhone, identityNumber } = planted
  await desk.ask(clerk, 'changeMyData', { mobile, officePhone })
  const number = withCheckDigit(identityNumber)
  const { id } = await desk.ask(clerk, 'askCorrection', {
    field: 'identityNumber',
    wanted: number,
    reason: `号码应为${number}`,
  })
  await desk.ask('shi.xitong', 'openCorrection', { correctionId: id })
  await desk.ask('shi.xitong', 'decideCorrection', { correctionId: id, decision: 'done' })
  await desk.ask('shi.xitong', 'findPerson', { number })
  await desk.ask('shi.jihua', 'readPersonalData', {
    personId: (await desk.ask(clerk, 'myData')).person.id,
    field: 'mobile',
    purpose: 'duty',
  })
  await desk.ask(clerk, 'myDataFile', { format: 'json' })
  // What is not sealed is found by the same search: the search can fail.
  await desk.fresh.db.pool.query(`update people.person set post = $1 where name = '转换1'`, [markedInClear])
  const superuser = new pg.Client({ connectionString: desk.fresh.superuserUrl })
  await superuser.connect()
  const columnsOf = await superuser.query<{ name: string; column: string }>(
    `select format('%I.%I', table_schema, table_name) as name, quote_ident(column_name) as column from information_schema.columns
     where table_schema not in ('pg_catalog', 'information_schema') and data_type not in ('uuid', 'boolean', 'date') and is_generated = 'NEVER'`,
  )
  await superuser.query('checkpoint')
  const { rows } = await superuser.query<{ directory: string; oid: string }>(
    `select current_setting('data_directory') as directory, (select oid::text from pg_database where datname = current_database()) as oid`,
  )
  const { directory: data, oid } = rows[0] as { directory: string; oid: string }
  const files = [join(data, 'base', oid), join(data, 'pg_wal'), join(data, 'global')].flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((file) => file.isFile())
      .map(({ name }) => join(folder, name)),
  )
  const wanted = [mobile, officePhone, number, markedInClear]
  const inFiles = new Map(wanted.map((text) => [text, 0]))
  let bytes = 0
  for (const path of files) {
    if (!statSync(path, { throwIfNoEntry: false })) continue
    const content = readFileSync(path)
    bytes += content.length
    for (const text of wanted) if (content.includes(text)) inFiles.set(text, (inFiles.get(text) ?? 0) + 1)
  }
  // Long values are stored compressed, so columns are read as well.
  const perTable = Map.groupBy(columnsOf.rows, ({ name }) => name)
  const inColumns: string[] = []
  for (const [name, of] of perTable) {
    const whole = of.map(({ column }) => `coalesce(${column}::text, '')`).join(` || ' ' || `)
    const found = await superuser.query(`select 1 from ${name} where (${whole}) ~ $1 limit 1`, [
      [mobile, officePhone, number].join('|'),
    ])
    if (found.rows.length > 0) inColumns.push(name)
  }
  await superuser.end()
  expect(inColumns).toEqual([])
  expect(Object.fromEntries([...inFiles].map(([text, hits]) => [text, hits > 0]))).toEqual({
    [mobile]: false,
    [officePhone]: false,
    [number]: false,
    [markedInClear]: true,
  })
  expect(bytes).toBeGreaterThan(1_000_000)
})

function withCheckDigit(number: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, place) => total + weight * Number(number[place]), 0)
  return `${number.slice(0, 17)}${'10X98765432'[sum % 11]}`
}
