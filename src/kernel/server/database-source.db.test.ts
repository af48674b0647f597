import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import { openDatabaseSource } from './database-source.ts'

/** A server of one's own instead of the embedded one: whom the program works as there. */
let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase({ empty: true })
})
afterAll(() => fresh.drop())

const open = async (mode: 'demo' | 'production', databaseUrl: string, databaseAppUrl?: string, forgetful = true) => {
  const said: string[] = []
  const source = await openDatabaseSource({
    databaseUrl,
    databaseAppUrl,
    directory: '/nowhere',
    mode,
    forgetful,
    mayJoin: false,
    log: (line) => said.push(line),
  })
  return { source, said }
}

test('G7 production works neither as a superuser nor as the owner, and says how to mend it; a demonstration is warned', async () => {
  const { url, appUrl, superuserUrl } = fresh
  expect((await open('production', url, appUrl)).source).toMatchObject({ ownerUrl: url, appUrl })
  await expect(open('production', url)).rejects.toThrow('以 DATABASE_APP_URL 指明')
  await expect(open('production', url, superuserUrl)).rejects.toThrow('正式模式下不得使用')
  await expect(open('production', superuserUrl)).rejects.toThrow(/正式模式下不得/)
  expect((await open('demo', url)).said.join()).toContain('未设置 DATABASE_APP_URL')
  expect((await open('demo', superuserUrl)).said.join()).toContain('仅可用于演示')
})

test('G19 production refuses a server that may lose what it acknowledged, by the names of what is turned off', async () => {
  // The databases of tests are quick: all three are off.
  const { url, appUrl } = fresh
  await expect(open('production', url, appUrl, false)).rejects.toThrow(
    '关闭了 fsync、full_page_writes、synchronous_commit',
  )
  const safe = `${url}?options=-c%20synchronous_commit%3Don`
  await expect(open('production', safe, appUrl, false)).rejects.toThrow('关闭了 fsync、full_page_writes，')
  expect((await open('demo', url, appUrl, false)).said.join()).toContain('仅可用于演示')
})

test('a server that does not answer is named, with what to look at', async () => {
  await expect(open('production', 'postgresql://nobody:x@127.0.0.1:1/nothing')).rejects.toThrow(
    '无法连接 DATABASE_URL 指定的数据库',
  )
})
