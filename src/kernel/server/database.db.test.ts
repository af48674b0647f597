import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { freshDatabase, type FreshDatabase } from '../testing/database.ts'
import {
  asJson,
  executePrepared,
  openDatabase,
  schemaOf,
  together,
  transaction,
  type Database,
  type DatabaseOptions,
  type Tx,
} from './database.ts'
import { copyInto } from './database/copy.ts'
import { RetryLater } from './database/errors.ts'

let fresh: FreshDatabase
let db: Database
const closing: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  fresh = await freshDatabase()
  db = fresh.db
  await asOwner(`create schema cars;
    create table cars.doctor_on_duty (name text primary key, on_duty boolean not null);
    create table cars.line (id int primary key, balance_fen bigint not null check (balance_fen >= 0));
    create table cars.seat (id int primary key, car_id int, unique (car_id) deferrable initially deferred);
    create table cars.booking (car_id int, period daterange, exclude using gist (car_id with =, period with &&));
    create table cars.everything (id int primary key, used_on date, used_at timestamptz, plain_at timestamp, price_fen bigint,
      area_m2 numeric(10, 2), details jsonb, days date[], amounts bigint[], areas numeric[], words text[])`)
})

afterAll(async () => {
  for (const close of closing) await close()
  await fresh.drop()
})

const asOwner = (statement: string) => fresh.asOwner(statement)

function opened(options: Partial<DatabaseOptions> = {}, url = fresh.appUrl): Database {
  const database = openDatabase(url, { max: 4, ...options })
  closing.push(() => database.close())
  return database
}

type Everything = {
  id: number
  usedOn: string | null
  usedAt: Date | null
  plainAt: string | null
  priceFen: number | null
  areaM2: string | null
  details: unknown
  days: (string | null)[] | null
  amounts: number[] | null
  areas: string[] | null
  words: string[] | null
}
type Tables = {
  doctorOnDuty: { name: string; onDuty: boolean }
  line: { id: number; balanceFen: number }
  seat: { id: number; carId: number }
  everything: Everything
}
const cars = (tx: Tx) => schemaOf<Tables>(tx, 'cars')

describe('columns', () => {
  it('are camelCase here, read as what they mean, and json keys stay as they are', async () => {
    const row: Everything = {
      id: 1,
      usedOn: '2027-02-28',
      usedAt: new Date('2027-02-28T16:30:00Z'),
      plainAt: '2027-02-28 08:00:00',
      priceFen: Number.MAX_SAFE_INTEGER,
      areaM2: '12.50',
      details: { snake_key: 1, camelKey: { inner_key: [1, 'x'] } },
      days: ['2027-01-01', null],
      amounts: [1, -9_007_199_254_740_991],
      areas: ['0.10'],
      words: ['办公', 'a,"b\\'],
    }
    const found = await transaction(db, async (tx) => {
      await cars(tx)
        .insertInto('everything')
        .values({ ...row, details: asJson(row.details) })
        .execute()
      return cars(tx).selectFrom('everything').selectAll().executeTakeFirstOrThrow()
    })
    expect(found).toEqual(row)
    const { rows } = await asOwner('select details::text as details from cars.everything')
    expect(rows[0].details).toBe('{"camelKey": {"inner_key": [1, "x"]}, "snake_key": 1}')
  })

  it('a json column takes an array', async () => {
    const details = await transaction(db, (tx) =>
      cars(tx)
        .insertInto('everything')
        .values({ id: 2, details: asJson([{ a: 1 }, 2]) } as never)
        .returning('details')
        .executeTakeFirstOrThrow(),
    )
    expect(details).toEqual({ details: [{ a: 1 }, 2] })
  })

  it('an integer that a number cannot hold is an error, not another number', async () => {
    const read = (value: string) =>
      transaction(db, (tx) => sql<{ n: number }>`select ${value}::bigint as n`.execute(tx))
    expect((await read('9007199254740991')).rows).toEqual([{ n: Number.MAX_SAFE_INTEGER }])
    await expect(read('9007199254740992')).rejects.toThrow(RangeError)
    expect((await read('1')).rows).toEqual([{ n: 1 }])
  })

  it('days begin in Shanghai', async () => {
    const { rows } = await transaction(db, (tx) =>
      sql<{ day: string }>`select ('2027-02-28T16:00:00Z'::timestamptz)::date as day`.execute(tx),
    )
    expect(rows).toEqual([{ day: '2027-03-01' }])
  })
})

describe('language', () => {
  it('finds fragments of Chinese words and sorts by pinyin', async () => {
    const { rows } = await transaction(db, (tx) =>
      sql<{ trigrams: string[]; name: string }>`select show_trgm('办公用房') as trigrams, name
        from (values ('阳泉'), ('太原'), ('大同')) as city (name) order by name`.execute(tx),
    )
    expect(rows[0]?.trigrams.length).toBeGreaterThan(3)
    expect(rows.map(({ name }) => name)).toEqual(['大同', '太原', '阳泉'])
  })
})

describe('a transaction', () => {
  beforeEach(() => asOwner('truncate cars.line, cars.seat; insert into cars.line values (1, 100)'))
  const balance = (database = db) =>
    transaction(
      database,
      async (tx) =>
        (await cars(tx).selectFrom('line').selectAll().where('id', '=', 1).executeTakeFirstOrThrow()).balanceFen,
    )
  const set = (tx: Tx, balanceFen: number, id = 1) =>
    cars(tx).updateTable('line').set({ balanceFen }).where('id', '=', id).execute()

  it('is kept whole or not at all', async () => {
    const broken = transaction(db, async (tx) => {
      await set(tx, 1)
      throw new Error('changed my mind')
    })
    await expect(broken).rejects.toThrow('changed my mind')
    expect(await balance()).toBe(100)
    await transaction(db, (tx) => set(tx, 2))
    expect(await balance()).toBe(2)
  })

  it('reads one snapshot and writes nothing when read only', async () => {
    await expect(transaction(db, (tx) => set(tx, 1), { readOnly: true })).rejects.toMatchObject({ code: '25006' })
    const seen = await transaction(
      db,
      async (tx) => {
        const read = async () =>
          (await cars(tx).selectFrom('line').select('balanceFen').executeTakeFirstOrThrow()).balanceFen
        const before = await read()
        await transaction(db, (other) => set(other, 50))
        return [before, await read()]
      },
      { readOnly: true },
    )
    expect(seen).toEqual([100, 100])
  })

  it('passes violations on with their code and undoes everything', async () => {
    const booking = (tx: Tx) => sql`insert into cars.booking values (7, '[2027-01-01,2027-01-03)')`.execute(tx)
    await transaction(db, booking)
    const attempts: [string, (tx: Tx) => Promise<unknown>][] = [
      ['23514', (tx) => set(tx, -1)],
      ['23505', (tx) => cars(tx).insertInto('line').values({ id: 1, balanceFen: 1 }).execute()],
      ['23P01', booking],
    ]
    for (const [code, violate] of attempts)
      await expect(transaction(db, async (tx) => (await set(tx, 1), violate(tx)))).rejects.toMatchObject({ code })
    expect(await balance()).toBe(100)
  })

  it('reports a violation found at COMMIT as what it is', async () => {
    const twice = transaction(db, async (tx) => {
      await set(tx, 1)
      await cars(tx)
        .insertInto('seat')
        .values([
          { id: 1, carId: 1 },
          { id: 2, carId: 1 },
        ])
        .execute()
    })
    await expect(twice).rejects.toMatchObject({ code: '23505' })
    expect(await balance()).toBe(100)
  })

  it('does not pretend to commit when somebody swallowed an error', async () => {
    const swallowing = transaction(db, async (tx) => {
      await set(tx, 1)
      await set(tx, -1).catch(() => {})
    })
    await expect(swallowing).rejects.toThrow()
    expect(await balance()).toBe(100)
  })

  it('sets the scope for its own length only', async () => {
    const single = opened({ max: 1 })
    const read = (tx: Tx) =>
      sql<{ organ: string | null }>`select nullif(current_setting('app.organ', true), '') as organ`.execute(tx)
    expect((await transaction(single, read, { scope: { organ: `a'b`, actor: 'x' } })).rows).toEqual([{ organ: `a'b` }])
    expect((await transaction(single, read)).rows).toEqual([{ organ: null }])
    await expect(
      transaction(single, async (tx) => (await read(tx), Promise.reject(new Error('no'))), { scope: { organ: 'a' } }),
    ).rejects.toThrow('no')
    expect((await transaction(single, read)).rows).toEqual([{ organ: null }])
  })

  it('stops a statement at its limit, and this one alone', async () => {
    const sleep = (tx: Tx) => sql`select pg_sleep(0.2)`.execute(tx)
    await expect(transaction(db, sleep, { statementTimeoutMs: 50 })).rejects.toMatchObject({ code: '57014' })
    const impatient = opened({ statementTimeoutMs: 50, max: 1 })
    await expect(transaction(impatient, sleep)).rejects.toMatchObject({ code: '57014' })
    await transaction(impatient, sleep, { statementTimeoutMs: 5000 })
    await expect(transaction(impatient, sleep)).rejects.toMatchObject({ code: '57014' })
  })
})

/** Lets `count` callers go on together. */
function barrier(count: number): () => Promise<void> {
  let open = () => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  return async () => {
    if (--count === 0) open()
    await opened
  }
}

describe('statements sent together', () => {
  const seat = (tx: Tx, id: number) => sql`insert into cars.seat (id, car_id) values (${id}, ${id})`.execute(tx)
  const said = async (tx: Tx, text: string) =>
    (await sql<{ said: string }>`select ${text}::text as said`.execute(tx)).rows

  it('are carried out and answered in their order, each its own way', async () => {
    const answers = await transaction(db, (tx) =>
      together(tx, (tx) => [
        seat(tx, 901),
        executePrepared(tx, sql<{ n: number }>`select count(*)::int as n from cars.seat where id in (901, 902)`),
        seat(tx, 902),
        executePrepared(tx, sql<{ n: number }>`select count(*)::int as n from cars.seat where id in (901, 902)`),
        together(tx, (tx) => [said(tx, '一'), said(tx, '二')]),
      ]),
    )
    expect([answers[1].rows, answers[3].rows, answers[4]]).toEqual([
      [{ n: 1 }],
      [{ n: 2 }],
      [[{ said: '一' }], [{ said: '二' }]],
    ])
  })

  it('fail with the error of the first, undo everything, and leave the connection in order', async () => {
    const one = openDatabase(fresh.appUrl, { max: 1, scope: { all: 'on' } })
    closing.push(one.close)
    const failing = transaction(one, (tx) =>
      together(tx, (tx) => [seat(tx, 911), said(tx, '前'), sql`select 1 / 0`.execute(tx), said(tx, '后')]),
    )
    await expect(failing).rejects.toMatchObject({ code: '22012' })
    const left = await transaction(one, async (tx) => {
      await copyInto(tx, 'cars.seat', ['id', 'carId'], [[912, 912]])
      return (await sql<{ id: number }>`select id from cars.seat where id in (911, 912)`.execute(tx)).rows
    })
    expect(left).toEqual([{ id: 912 }])
  })

  it('nothing else of the transaction comes between them', async () => {
    const order = await transaction(db, async (tx) => {
      const group = together(tx, (tx) => [sql`select pg_sleep(0.05)`.execute(tx), seat(tx, 921)])
      const after = sql<{ n: number }>`select count(*)::int as n from cars.seat where id = 921`.execute(tx)
      await group
      return (await after).rows
    })
    expect(order).toEqual([{ n: 1 }])
  })
})

describe('conflicts', () => {
  it('runs the whole function again after a serialization failure, until both hold together', async () => {
    await asOwner(`truncate cars.doctor_on_duty; insert into cars.doctor_on_duty values ('甲', true), ('乙', true)`)
    const meet = barrier(2)
    let runs = 0
    const leave = (name: string) =>
      transaction(
        db,
        async (tx) => {
          runs++
          const onDuty = await cars(tx).selectFrom('doctorOnDuty').select('name').where('onDuty', '=', true).execute()
          if (runs <= 2) await meet()
          if (onDuty.length < 2) return 'stays'
          await cars(tx).updateTable('doctorOnDuty').set({ onDuty: false }).where('name', '=', name).execute()
          return 'left'
        },
        { isolation: 'serializable' },
      )
    const answers = await Promise.all([leave('甲'), leave('乙')])
    expect(answers.toSorted()).toEqual(['left', 'stays'])
    expect(runs).toBe(3)
    const { rows } = await asOwner('select count(*)::int as n from cars.doctor_on_duty where on_duty')
    expect(rows).toEqual([{ n: 1 }])
  })

  it('runs again after a deadlock', async () => {
    await asOwner('truncate cars.line; insert into cars.line values (1, 0), (2, 0)')
    const meet = barrier(2)
    let runs = 0
    const add = (tx: Tx, id: number) =>
      cars(tx)
        .updateTable('line')
        .set((line) => ({ balanceFen: line('balanceFen', '+', 1) }))
        .where('id', '=', id)
        .execute()
    const addTo = (first: number, second: number) =>
      transaction(db, async (tx) => {
        runs++
        await add(tx, first)
        if (runs <= 2) await meet()
        await add(tx, second)
      })
    await Promise.all([addTo(1, 2), addTo(2, 1)])
    expect(runs).toBe(3)
    expect((await asOwner('select balance_fen::int as n from cars.line')).rows).toEqual([{ n: 2 }, { n: 2 }])
  })

  it('also when the conflict shows at COMMIT only', async () => {
    await asOwner(`truncate cars.line; insert into cars.line values (1, 0);
      create sequence cars.tries; grant usage on sequence cars.tries to yunbao_app;
      create function cars.lose_twice() returns trigger language plpgsql as $$
        begin if nextval('cars.tries') < 3 then raise exception 'lost' using errcode = '40001'; end if; return null; end $$;
      create constraint trigger lose_twice after update on cars.line deferrable initially deferred
        for each row execute function cars.lose_twice()`)
    let runs = 0
    const end = await transaction(db, async (tx) => {
      await cars(tx)
        .updateTable('line')
        .set((line) => ({ balanceFen: line('balanceFen', '+', 1) }))
        .execute()
      return ++runs
    })
    await asOwner('drop trigger lose_twice on cars.line')
    expect(end).toBe(3)
    expect((await asOwner('select balance_fen::int as n from cars.line')).rows).toEqual([{ n: 1 }])
  })

  it('gives up after five tries, with a word that says so', async () => {
    let runs = 0
    const hopeless = transaction(db, async (tx) => {
      runs++
      await sql`do $$ begin raise exception 'lost' using errcode = '40P01'; end $$`.execute(tx)
    })
    await expect(hopeless).rejects.toThrow(RetryLater)
    await expect(hopeless).rejects.toMatchObject({ code: 'retry' })
    expect(runs).toBe(5)
  })

  it('never runs again for any other error', async () => {
    let runs = 0
    await expect(transaction(db, () => (runs++, Promise.reject(new Error('no'))))).rejects.toThrow('no')
    expect(runs).toBe(1)
  })
})
