import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { testAct } from '../../testing/act.ts'
import { sealUntil, testSigner } from '../../testing/audit.ts'
import { freshDatabase, type FreshDatabase } from '../../testing/database.ts'
import { transaction } from '../database.ts'
import { record } from '../record.ts'
import { anchor } from './anchors.ts'
import { keptCheckpoints, readNote, shortForm } from './checkpoint.ts'
import { checkpointsAfter } from './tree-store.ts'
import { verifyAudit, type VerifyOptions } from './verify.ts'

// Sealing waits for every open transaction of the server, those of other test files too.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let fresh: FreshDatabase
let directory: string
let signer = testSigner()
beforeEach(async () => {
  fresh = await freshDatabase()
  directory = await mkdtemp(join(tmpdir(), 'yunbao-anchor-'))
  signer = testSigner()
})
afterEach(async () => {
  await fresh.drop()
  await rm(directory, { recursive: true, force: true })
})

/** Rows of one transaction: they are sealed together, whatever else the server is doing. */
const write = (...ids: string[]) =>
  transaction(fresh.db, async (tx) => {
    for (const id of ids)
      await record(testAct({ tx }), 'test.done', {
        subject: { kind: 'test', id },
        before: { askedFen: 100 },
        after: { 金额: 12.5, list: [1, { b: 2, a: 1 }] },
        basis: [{ norm: 'A34-1' }],
      })
  })
/** Six rows under three checkpoints, anchored. */
async function sealedLog() {
  for (const pair of ['ab', 'cd', 'ef']) {
    await write(...pair)
    expect(await sealUntil(fresh.db, signer, 2)).toBe(2)
  }
  await keepAnchor()
}
const keepAnchor = () =>
  transaction(fresh.db, async (tx) => anchor(directory, await checkpointsAfter(tx, 0, 100), signer))
const verify = (more: Partial<VerifyOptions> = {}) =>
  verifyAudit({ url: fresh.readerUrl, keys: [signer], anchors: [directory], ...more })

/** The attacker has the database in hand. */
async function tamper(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: fresh.superuserUrl })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

test('an untouched log verifies whole, with what waits for sealing', async () => {
  await sealedLog()
  await write('waiting')
  expect(await verify()).toMatchObject({ checked: 7, unsealed: 1, checkpoints: 3, anchored: 3, faults: [] })
  expect((await verify({ since: new Date(Date.now() + 60_000).toISOString() })).faults).toEqual([])
})

describe('G10 the eight manipulations, each by the superuser', () => {
  beforeEach(sealedLog)

  test.each<[string, string[], RegExp]>([
    [
      'edit of content',
      [`update kernel.audit_entry set after = '{"金额": 99}' where subject_id = 'b'`],
      /^第 2 条（审计记录 \d+）变更后内容与承诺值不符/,
    ],
    [
      'edit of the person',
      [`update kernel.audit_entry set person_name = '他人' where subject_id = 'c'`],
      /^第 3 条（审计记录 \d+）操作人和来源与承诺值不符/,
    ],
    [
      'edit of the head',
      [`update kernel.audit_entry set fact = 'test.other' where subject_id = 'd'`],
      /^第 4 条（审计记录 \d+）内容与摘要不符/,
    ],
    [
      'edit with a new commitment and digest',
      [
        `update kernel.audit_entry set commitments = (select commitments from kernel.audit_entry where subject_id = 'a'), salts = (select salts from kernel.audit_entry where subject_id = 'a') where subject_id = 'b'`,
      ],
      /^第 2 条（审计记录 \d+）内容与摘要不符/,
    ],
    ['delete', [`delete from kernel.audit_entry where subject_id = 'b'`], /^第 2 条（审计记录 \d+）已被删除/],
    [
      'delete with its leaf',
      [
        `delete from kernel.audit_leaf where entry_id = (select id from kernel.audit_entry where subject_id = 'b')`,
        `delete from kernel.audit_entry where subject_id = 'b'`,
      ],
      /^审计树在第 2 位中断/,
    ],
    [
      'insert among sealed rows',
      [
        `insert into kernel.audit_entry (form, transaction_id, at, request_id, actor_kind, person_name, roles, fact, subject_kind, subject_id, digest, salts, commitments)
         select 2, transaction_id, at, 'x', 'system', 'x', '{}', 'test.forged', 'test', 'x', digest, salts, commitments from kernel.audit_entry order by id limit 1`,
      ],
      /^审计记录 \d+ 是插在已封存的记录之间的/,
    ],
    [
      'swap of two contents',
      [
        `update kernel.audit_entry e set subject_id = o.subject_id, digest = o.digest, salts = o.salts, commitments = o.commitments, request_id = o.request_id
         from kernel.audit_entry o where (e.subject_id, o.subject_id) in (('a', 'b'), ('b', 'a'))`,
      ],
      /^第 1 条（审计记录 \d+）与封存时的叶子值不符/,
    ],
    [
      'swap of two leaves with their rows',
      [
        `alter table kernel.audit_leaf drop constraint audit_leaf_entry_id_key`,
        `update kernel.audit_leaf l set entry_id = o.entry_id, transaction_id = o.transaction_id, sha256 = o.sha256, sm3 = o.sm3
         from kernel.audit_leaf o where (l.position, o.position) in ((0, 1), (1, 0))`,
      ],
      /^数据库中的检查点（2 条）与重新计算的根值（sha256、sm3）不符：第 1 至 2 条中/,
    ],
    [
      'truncation of the tail with all that is kept of it',
      [
        `delete from kernel.audit_entry where id > (select entry_id from kernel.audit_leaf where position = 3)`,
        `delete from kernel.audit_leaf where position > 3`,
        `delete from kernel.audit_checkpoint where size > 4`,
      ],
      /^锚定文件 .+ 第 3 行（6 条）多于现有的 4 条：第 5 条起的记录被截去/,
    ],
    [
      'a changed root of a checkpoint',
      [`update kernel.audit_checkpoint set sha256 = sm3 where size = 4`],
      /^数据库中的检查点（4 条）各列与签名文本不符/,
    ],
    [
      'a changed text of a checkpoint',
      [`update kernel.audit_checkpoint set note = replace(note, E'\\n4\\n', E'\\n3\\n') , size = 3 where size = 4`],
      /^数据库中的检查点（3-[0-9a-f]{16}-[0-9a-f]{8}）签名不符/,
    ],
    [
      'a deleted checkpoint',
      [`delete from kernel.audit_checkpoint where size = 4`],
      /不衔接，其间有检查点被删除或替换/,
    ],
    [
      'a deleted newest checkpoint',
      [`delete from kernel.audit_checkpoint where size = 6`],
      /^第 5 条起的记录没有检查点/,
    ],
    [
      'back-dating of a row',
      [`update kernel.audit_entry set at = at - interval '1 day' where subject_id = 'c'`],
      /^第 3 条（审计记录 \d+）内容与摘要不符/,
    ],
    [
      'back-dating by less than a millisecond',
      [`update kernel.audit_entry set at = at - interval '1 microsecond' where subject_id = 'c'`],
      /^第 3 条/,
    ],
    [
      'a changed leaf',
      [`update kernel.audit_leaf set sm3 = sha256 where position = 0`],
      /^第 1 条（审计记录 \d+）与封存时的叶子值不符/,
    ],
  ])('%s is found, and the first bad record named', async (_, statements, said) => {
    await tamper(...statements)
    const { faults } = await verify()
    expect(faults.length).toBeGreaterThan(0)
    expect(
      faults.some((fault) => said.test(fault)),
      faults.join('\n'),
    ).toBe(true)
    if (!/检查点|锚定|检查/.test(String(said))) expect(faults[0]).toMatch(said)
  })

  test('replacing the whole log: by another key at once, by our own key against what is kept outside', async () => {
    const kept = (await transaction(fresh.db, (tx) => checkpointsAfter(tx, 0, 100))).map(({ note }) => note)
    const replace = async (forger: typeof signer) => {
      await tamper(
        `truncate kernel.audit_entry, kernel.audit_leaf, kernel.audit_node, kernel.audit_checkpoint, kernel.audit_key`,
      )
      await write(...'uvwxyz')
      expect(await sealUntil(fresh.db, forger, 6)).toBe(6)
    }
    await replace(testSigner())
    expect((await verify({ anchors: [] })).faults.join('\n')).toMatch(
      /由未知的密钥 [0-9a-f]{8} 签名：记录可能被整体替换/,
    )
    await replace(signer)
    expect((await verify({ anchors: [] })).faults).toEqual([]) // nothing inside can tell
    expect((await verify()).faults.join('\n')).toMatch(/锚定文件 .+ 第 \d 行（\d 条）与重新计算的根值/)
    const short = keptCheckpoints(shortForm(readNote(kept.at(-1) ?? '') ?? ({} as never)))
    for (const one of [keptCheckpoints(kept.join('\n')), short])
      expect((await verify({ anchors: [], kept: one })).faults.join('\n')).toMatch(/所持检查点/)
  })

  test('a checkpoint somebody kept agrees with the log as it has grown since', async () => {
    const [first] = await transaction(fresh.db, (tx) => checkpointsAfter(tx, 0, 1))
    const note = readNote(first?.note ?? '')
    expect(note).not.toBeNull()
    for (const text of [first?.note ?? '', `见文件末尾：${shortForm(note as never)}。`]) {
      const kept = keptCheckpoints(text)
      expect(kept).toHaveLength(1)
      expect(await verify({ kept })).toMatchObject({ faults: [], anchored: 4 })
    }
  })
})

test('trees beyond one kept node verify, and a changed node is named', async () => {
  await transaction(fresh.db, async (tx) => {
    for (let index = 0; index < 300; index++)
      await record(testAct({ tx }), 'test.done', { subject: { kind: 'test', id: String(index) } })
  })
  expect(await sealUntil(fresh.db, signer, 300)).toBe(300)
  await write('one more')
  expect(await sealUntil(fresh.db, signer, 1)).toBe(1)
  expect(await verify()).toMatchObject({ checked: 301, faults: [] })
  await tamper(`update kernel.audit_node set sm3 = sha256`)
  expect((await verify()).faults).toEqual(['审计树第 8 层第 0 个节点与重新计算的不符，已被改动'])
})
