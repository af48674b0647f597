import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { transaction } from '#kernel/server/database.ts'
import { freshDatabase } from './database.ts'

it('gives databases of their own, several at once, with the kernel migrated', async () => {
  const all = await Promise.all([1, 2, 3, 4].map(() => freshDatabase()))
  try {
    const [first, second] = all as [(typeof all)[0], (typeof all)[0]]
    const put = sql`insert into kernel.number_series (series, last) values ('a', 1)`
    const count = sql<{ n: number }>`select count(*) as n from kernel.number_series`
    await transaction(first.db, (tx) => put.execute(tx))
    expect((await transaction(first.db, (tx) => count.execute(tx))).rows).toEqual([{ n: 1 }])
    expect((await transaction(second.db, (tx) => count.execute(tx))).rows).toEqual([{ n: 0 }])
    // A database in use is no template, but all were copied from one that nobody uses.
    expect(new Set(all.map(({ url }) => url)).size).toBe(4)
  } finally {
    await Promise.all(all.map((each) => each.drop()))
  }
  const gone = await freshDatabase()
  await gone.drop()
  const names = await freshDatabase()
  const { rows } = await names.db.pool.query('select datname from pg_database where datname = $1', [
    new URL(gone.url).pathname.slice(1),
  ])
  await names.drop()
  expect(rows).toEqual([])
})
