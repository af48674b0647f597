import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import { contract } from './contract.ts'
import { contactNumbersMessage } from './model.ts'

/** Whom to ask about a demand stands in clear; numbers that point at one person do not (decision 43). */
let fresh: FreshDatabase
let client: pg.Client
beforeAll(async () => {
  fresh = await freshDatabase()
  client = new pg.Client(fresh.superuserUrl)
  await client.connect()
})
afterAll(async () => {
  await client?.end()
  await fresh?.drop()
})

const contact = contract.saveDemand.input.shape.contact
const insert = (text: string) =>
  client.query(
    `insert into plans.demand (id, cycle_id, jurisdiction_code, organ_id, year, number, state, contact, version)
      values (gen_random_uuid(), gen_random_uuid(), '140100', gen_random_uuid(), 2026, gen_random_uuid()::text, 'draft', $1, 1) returning contact`,
    [text],
  )

describe('G13 the contact of a demand', () => {
  test.each(['林丽娟 0351-4000000', '王建国 4000000转801', '办公室', ''])('%s is taken', (text) =>
    expect(contact.parse(text)).toBe(text),
  )
  test.each([
    '林丽娟 13934567890',
    '林丽娟139 3456 7890'.replaceAll(' ', ''),
    '王建国 11010519491231002X',
    '+86 13934567890',
  ])('%s is refused, with what to write instead', (text) => {
    const read = contact.safeParse(text)
    expect(read.success ? null : read.error.issues.map(({ message }) => message)).toEqual([contactNumbersMessage])
  })

  test('the database takes no mobile number, and those from before are put out of sight by the migration', async () => {
    await client.query('begin')
    try {
      await client.query(`set local session_replication_role = replica`)
      await client.query('savepoint before')
      await expect(insert('林丽娟 13934567890')).rejects.toThrow(/demand_contact_without_mobile/)
      await client.query('rollback to savepoint before')
      await client.query('alter table plans.demand drop constraint demand_contact_without_mobile')
      const before = ['林丽娟 13934567890', '王建国11010519491231002X，15811112222', '张三 0351-4000000', '']
      for (const text of before) await insert(text)
      const file = join(import.meta.dirname, 'migrations', '0015-contact-without-personal-numbers.sql')
      await client.query(await readFile(file, 'utf8'))
      const { rows } = await client.query<{ contact: string }>('select contact from plans.demand order by contact')
      expect(rows.map((row) => row.contact).toSorted()).toEqual(
        ['', '张三 0351-4000000', '林丽娟 139****7890', '王建国1101************2X，158****2222'].toSorted(),
      )
    } finally {
      await client.query('rollback')
    }
  })
})
