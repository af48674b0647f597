import { hash } from 'node:crypto'
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { testAct } from '../../testing/act.ts'
import { sealUntil, testSigner } from '../../testing/audit.ts'
import { freshDatabase, type FreshDatabase } from '../../testing/database.ts'
import { transaction } from '../database.ts'
import { record } from '../record.ts'
import { anchoredIn } from './anchors.ts'
import { readNote } from './checkpoint.ts'
import { digestOfForm1 } from './entry.ts'
import { inclusionPath, rootByInclusion } from './merkle.ts'
import { sealAudit } from './seal.ts'
import { alarmAfterMs, openSealer } from './sealer.ts'
import { knownKeys, openAuditSigner } from './signing-key.ts'
import { subtreeReader } from './tree-store.ts'
import { verifyAudit } from './verify.ts'

// Sealing waits for every open transaction of the server, those of other test files too.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let fresh: FreshDatabase
let directory: string
const signer = testSigner()
beforeEach(async () => {
  fresh = await freshDatabase({ max: 60 })
  directory = await mkdtemp(join(tmpdir(), 'yunbao-sealing-'))
})
afterEach(async () => {
  await fresh.drop()
  await rm(directory, { recursive: true, force: true })
})

const write = (id: string) =>
  transaction(fresh.db, (tx) => record(testAct({ tx }), 'test.done', { subject: { kind: 'test', id } }))
const seal = () => transaction(fresh.db, (tx) => sealAudit(tx, { signer, now: new Date() }))
const verify = () => verifyAudit({ url: fresh.readerUrl, keys: [signer], anchors: [] })
const query = async <R>(text: string) => (await fresh.db.pool.query(text)).rows as R[]

/** The attacker, or time, has the database in hand. */
async function asSuperuser(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: fresh.superuserUrl })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

describe('the order of the tree', () => {
  test('a row of a transaction that commits late is sealed later and not lost', async () => {
    const [began, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const slow = transaction(fresh.db, async (tx) => {
      await record(testAct({ tx }), 'test.slow', { subject: { kind: 'test', id: 'slow' } })
      began.resolve()
      await held.promise
    })
    await began.promise
    await write('quick')
    expect(await seal()).toEqual({ sealed: 0, waiting: true }) // the quick one began after the slow one that is still open
    held.resolve()
    await slow
    expect(await sealUntil(fresh.db, signer, 2)).toBe(2)
    expect((await verify()).faults).toEqual([])
  })

  test('rows are sealed in the order of transaction numbers, not of their digits', async () => {
    for (const number of [100, 98, 99]) {
      await write(String(number))
      await asSuperuser(`update kernel.audit_entry set transaction_id = '${number}' where subject_id = '${number}'`)
    }
    expect(await sealUntil(fresh.db, signer, 3)).toBe(3)
    const order = await query<{ id: string }>(
      `select e.subject_id as id from kernel.audit_leaf l join kernel.audit_entry e on e.id = l.entry_id order by l.position`,
    )
    expect(order.map(({ id }) => id)).toEqual(['98', '99', '100'])
    await write('later')
    expect(await sealUntil(fresh.db, signer, 1)).toBe(1)
    expect((await verify()).faults).toEqual([])
  })

  test('50 writers at once, some slow, some undone, under several sealers: each kept row has one leaf, the order never changes', async () => {
    let writing = true
    const orders: string[] = []
    const sealing = Array.from({ length: 3 }, async () => {
      while (writing) {
        await seal()
        const rows = await query<{ entry: string }>('select entry_id as entry from kernel.audit_leaf order by position')
        orders.push(rows.map(({ entry }) => entry).join(' '))
        await pause(5)
      }
    })
    let kept = 0
    await Promise.all(
      Array.from({ length: 50 }, async (_, writer) => {
        for (let turn = 0; turn < 6; turn++)
          await transaction(fresh.db, async (tx) => {
            await record(testAct({ tx }), 'test.done', { subject: { kind: 'test', id: `${writer}/${turn}` } })
            if ((writer + turn) % 5 === 0) await pause(40 + writer)
            await record(testAct({ tx }), 'test.again', { subject: { kind: 'test', id: `${writer}/${turn}` } })
            if ((writer + turn) % 7 === 0) throw new Error('undone')
          }).then(
            () => (kept += 2),
            () => {},
          )
      }),
    )
    writing = false
    await Promise.all(sealing)
    const already = Number((await query<{ n: number }>('select count(*)::int as n from kernel.audit_leaf'))[0]?.n)
    await sealUntil(fresh.db, signer, kept - already)
    const entries = await query<{ entry: string }>('select entry_id as entry from kernel.audit_leaf order by position')
    expect(entries.length).toBe(kept)
    const whole = entries.map(({ entry }) => entry).join(' ')
    for (const order of orders) expect(whole.startsWith(order)).toBe(true)
    expect(await verify()).toMatchObject({ checked: kept, unsealed: 0, faults: [] })
  })
})

test('what is sealed has an inclusion proof from the kept rows, in both hashes, also beyond a kept node', async () => {
  await transaction(fresh.db, async (tx) => {
    for (let index = 0; index < 600; index++)
      await record(testAct({ tx }), 'test.done', { subject: { kind: 'test', id: String(index) } })
  })
  expect(await sealUntil(fresh.db, signer, 600)).toBe(600)
  await transaction(fresh.db, async (tx) => {
    const [row] = await query<{ note: string }>('select note from kernel.audit_checkpoint order by size desc limit 1')
    const checkpoint = readNote(row?.note ?? '')
    for (const suite of ['sha256', 'sm3'] as const)
      for (const position of [0, 255, 256, 300, 511, 512, 599]) {
        const [leaf] = await query<{ hash: Buffer }>(
          `select ${suite} as hash from kernel.audit_leaf where position = ${position}`,
        )
        const path = await inclusionPath(suite, position, 600, subtreeReader(tx, suite))
        const root = rootByInclusion(suite, leaf?.hash as Buffer, position, 600, path)
        expect([position, root?.toString('hex')]).toEqual([position, checkpoint?.[suite].toString('hex')])
      }
  })
})

test('a round that dies leaves neither leaves nor checkpoint; the next seals the same rows', async () => {
  await transaction(fresh.db, async (tx) => {
    for (const id of 'ab') await record(testAct({ tx }), 'test.done', { subject: { kind: 'test', id } })
  })
  const dying = { ...signer, sign: () => Promise.reject(new Error('the key is away')) }
  let tried = 0
  await expect(
    (async () => {
      for (const endsAt = Date.now() + 150_000; Date.now() < endsAt; tried++) {
        await transaction(fresh.db, (tx) => sealAudit(tx, { signer: dying, now: new Date() }))
        await pause(20)
      }
    })(),
  ).rejects.toThrow('the key is away')
  expect(await query('select from kernel.audit_leaf')).toEqual([])
  expect(await sealUntil(fresh.db, signer, 2)).toBe(2)
  expect(await verify()).toMatchObject({ checked: 2, unsealed: 0, checkpoints: 1, faults: [] })
})

test('a command on another machine brings no key of its own into the log', async () => {
  await write('a')
  expect(await sealUntil(fresh.db, signer, 1)).toBe(1)
  await write('b')
  const stranger = { signer: testSigner(), now: new Date(), asBefore: true }
  expect(await transaction(fresh.db, (tx) => sealAudit(tx, stranger))).toEqual({ sealed: 0, waiting: false })
  expect(await sealUntil(fresh.db, signer, 1)).toBe(1)
  expect((await verify()).faults).toEqual([])
})

test('nothing is sealed on top of what was tampered with', async () => {
  await write('a')
  expect(await sealUntil(fresh.db, signer, 1)).toBe(1)
  await asSuperuser(`update kernel.audit_leaf set sm3 = sha256`)
  await write('b')
  await expect(sealUntil(fresh.db, signer, 1)).rejects.toThrow('已停止封存')
})

test('rows of the chain kept before come first in the tree, in their order, and both verify', async () => {
  const old = (id: string, after: object) => {
    const content = {
      at: '2026-11-01T01:00:00.000Z',
      requestId: `r-${id}`,
      source: null,
      actorKind: 'system',
      personId: null,
      personName: '系统',
      actingOrganId: null,
      actingOrganName: null,
      roles: [],
      fact: 'test.before',
      subjectKind: 'test',
      subjectId: id,
      organId: null,
      before: null,
      after,
      basis: null,
    }
    return `insert into kernel.audit_entry (form, at, request_id, actor_kind, person_name, roles, fact, subject_kind, subject_id, after, digest)
      values (1, '${content.at}', 'r-${id}', 'system', '系统', '{}', 'test.before', 'test', '${id}', '${JSON.stringify(after)}', '${digestOfForm1(content)}')`
  }
  const ids = ['a', 'b', 'c']
  for (const id of ids) await asSuperuser(old(id, { 数: id }))
  const rows = await query<{ id: string; digest: string; xid: string }>(
    `select id, digest, transaction_id::text as xid from kernel.audit_entry order by id`,
  )
  let chain = '0'.repeat(64)
  for (const [index, { id, digest, xid }] of rows.entries()) {
    chain = hash('sha256', `${chain}${digest}`)
    await asSuperuser(
      `insert into kernel.audit_seal (position, entry_id, transaction_id, chain) values (${index + 1}, ${id}, '${xid}', '${chain}')`,
    )
  }
  await write('new')
  expect(await sealUntil(fresh.db, signer, 5)).toBe(5) // three of the chain, the new one, and the note that carries the chain's head over
  const [carried] = await query<{ after: object }>(
    `select after from kernel.audit_entry where fact = 'kernel.audit-chain-carried-over'`,
  )
  expect(carried?.after).toEqual({ rows: 3, chain })
  expect(await verify()).toMatchObject({ checked: 5, unsealed: 0, faults: [] })
  await asSuperuser(`update kernel.audit_entry set after = '{"数": "z"}' where subject_id = 'b'`)
  expect((await verify()).faults[0]).toMatch(/^第 2 条（审计记录 \d+）内容与摘要不符/)
  await asSuperuser(
    `update kernel.audit_entry set after = '{"数": "b"}' where subject_id = 'b'`,
    `update kernel.audit_seal set chain = repeat('1', 64) where position = 3`,
  )
  expect((await verify()).faults.join()).toMatch(/原封存链自第 3 位/)
})

describe('the sealer of a process', () => {
  const sealerOf = (more: Partial<Parameters<typeof openSealer>[0]> = {}) =>
    openSealer({
      db: fresh.db,
      dataDirectory: directory,
      anchorDirectory: join(directory, 'elsewhere'),
      clock: () => new Date(),
      log: () => {},
      ...more,
    })
  const settled = async (sealer: Awaited<ReturnType<typeof sealerOf>>, rows: number) => {
    for (let sealed = 0, endsAt = Date.now() + 150_000; sealed < rows && Date.now() < endsAt; await pause(20))
      sealed += (await sealer.round()).sealed
  }
  const sizesIn = async (folder: string) => {
    const sizes: (number | undefined)[] = []
    for await (const { checkpoint } of anchoredIn(folder)) sizes.push(checkpoint?.size)
    return sizes
  }

  test('anchors every checkpoint in both folders, with the key; what a crash kept from the file comes with the next round', async () => {
    const sealer = await sealerOf()
    await write('a')
    await settled(sealer, 1)
    const [key] = await knownKeys(join(directory, 'keys'))
    await write('b')
    // Sealed but not anchored: the process died in between.
    expect(await sealUntil(fresh.db, await openAuditSigner(directory), 1)).toBe(1)
    const file = join(directory, 'audit', 'checkpoints.jsonl')
    await appendFile(file, '{"size":2,"no') // and a line was half written
    await write('c')
    await settled(await sealerOf(), 1)
    for (const folder of [join(directory, 'audit'), join(directory, 'elsewhere')]) {
      expect(await sizesIn(folder)).toEqual([1, 2, 3])
      expect(await knownKeys(folder)).toEqual([key])
    }
    expect(
      await verifyAudit({
        url: fresh.readerUrl,
        keys: [key as never],
        anchors: [join(directory, 'audit'), join(directory, 'elsewhere')],
      }),
    ).toMatchObject({ faults: [], anchored: 6 })
  })

  test('a log that goes over from Ed25519 to SM2 and back stays verifiable as one', async () => {
    const signatures = ['ed25519', 'sm2', 'ed25519'] as const
    for (const signature of signatures) {
      await write(signature)
      await settled(await sealerOf({ signature }), 1)
    }
    const { rows } = await fresh.db.pool.query<{ algorithm: string }>(
      `select k.algorithm from kernel.audit_checkpoint c join kernel.audit_key k on k.key_id = c.key_id order by c.size`,
    )
    expect(rows.map(({ algorithm }) => algorithm)).toEqual(signatures)
    const keys = await knownKeys(join(directory, 'keys'))
    const verified = (trusted: typeof keys) =>
      verifyAudit({ url: fresh.readerUrl, keys: trusted, anchors: [join(directory, 'audit')] })
    expect(await verified(keys)).toMatchObject({ faults: [], checkpoints: 3, anchored: 3 })
    // Without the key of SM2 its checkpoint is nobody's; with a changed signature it is wrong.
    const faults = (await verified(keys.filter(({ algorithm }) => algorithm !== 'sm2'))).faults
    expect(faults.join()).toContain('由未知的密钥')
    await asSuperuser(`update kernel.audit_checkpoint set note = replace(note, 'time 2', 'time 1') where size = 2`)
    expect((await verified(keys)).faults.join()).toMatch(/不符/)
  })

  test('stops when the anchor knows of more than the database', async () => {
    const sealer = await sealerOf()
    await write('a')
    await settled(sealer, 1)
    const file = join(directory, 'audit', 'checkpoints.jsonl')
    const line = await readFile(file, 'utf8')
    await asSuperuser('truncate kernel.audit_entry, kernel.audit_leaf, kernel.audit_checkpoint, kernel.audit_node')
    await expect(sealer.round()).rejects.toThrow('可能被截断或替换')
    expect(await readFile(file, 'utf8')).toBe(line)
    await writeFile(file, '') // who empties one file still has the other against him
    await expect(sealer.round()).rejects.toThrow(join(directory, 'elsewhere'))
  })

  test('a minute without progress is told once, and its end once; lag shows meanwhile', async () => {
    let passed = 0
    const told: (string | null)[] = []
    const sealer = await sealerOf({ elapsed: () => passed, alarm: async (problem) => void told.push(problem) })
    const [began, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const slow = transaction(fresh.db, async (tx) => {
      await record(testAct({ tx }), 'test.slow', { subject: { kind: 'test', id: 'slow' } })
      began.resolve()
      await held.promise
    })
    await began.promise
    await write('behind it')
    await sealer.round()
    expect(sealer.state()).toMatchObject({ working: true, lagSeconds: 0, problem: expect.stringContaining('长事务') })
    passed = alarmAfterMs - 1000
    await sealer.round()
    expect([sealer.state(), told]).toMatchObject([{ working: true, lagSeconds: 59 }, []])
    passed = alarmAfterMs
    await sealer.round()
    await sealer.round()
    expect([sealer.state(), told]).toMatchObject([
      { working: false, lagSeconds: 60 },
      [expect.stringContaining('长事务')],
    ])
    held.resolve()
    await slow
    await settled(sealer, 2)
    expect([sealer.state(), told.at(-1), told.length]).toMatchObject([
      { working: true, lagSeconds: 0, problem: null },
      null,
      2,
    ])
  })
})
