import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Readable } from 'node:stream'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ActingOrgan, Actor } from '#kernel/pure/actor.ts'
import { defineCaseKind } from '#kernel/pure/case-kind.ts'
import { testAct, testActor } from '../testing/act.ts'
import { freshDatabase, type FreshDatabase } from '../testing/database.ts'
import { attachmentById, attachmentsOf, keepAttachment, openAttachment, removeAttachment } from './attachments.ts'
import type { CaseKinds } from './cases/case-row.ts'
import { moveCase, openCase } from './cases/engine.ts'
import type { Act } from './context.ts'
import { transaction } from './database.ts'
import { BadInput, Conflict, Refused } from './errors.ts'
import { openFileStore, type Disk, type FileStore } from './file-store.ts'
import { problemOf } from './http/problem.ts'
import { newId } from './identifier.ts'
import { sweepUnkept } from './kept-files.ts'
import { storedFilesCheck } from './stored-files-check.ts'
import { digestOfAttachment, withdrawFile } from './withdrawn-files.ts'

const kind = defineCaseKind({
  kind: 'test.matter',
  title: '测试事项',
  page: '/test/:subjectId',
  initial: 'open',
  states: {
    open: { label: '办理中', waitsFor: { party: 'applicant', roles: ['organ-clerk'] }, task: '办理' },
    done: { label: '办结', final: 'done' },
  },
  transitions: {
    close: { label: '办结', from: ['open'], to: 'done', by: { party: 'applicant', roles: ['organ-clerk'] } },
  },
})
const caseKinds: CaseKinds = new Map([[kind.kind, { kind }]])
const organ: ActingOrgan = {
  id: newId(),
  name: '市教育局',
  jurisdictionCode: '140100',
  jurisdictionName: '太原市',
  level: 'city',
  parts: [],
}
const uploader = testActor(organ, ['organ-clerk'], { name: '张三' })
const colleague = testActor(organ, ['organ-clerk'], { name: '李四' })

let fresh: FreshDatabase
let directory: string
let files: FileStore
beforeAll(async () => {
  fresh = await freshDatabase()
  directory = await mkdtemp(join(tmpdir(), 'yunbao-attachments-'))
  files = await openFileStore(join(directory, 'files'))
})
afterAll(async () => {
  await fresh.drop()
  await rm(directory, { recursive: true })
})

const as = <T>(actor: Actor, work: (act: Act) => Promise<T>) =>
  transaction(fresh.db, (tx) => work(testAct({ tx, actor, caseKinds, files })))

let subject: { kind: string; id: string }
let caseId: string
beforeEach(async () => {
  subject = { kind: 'test.matter', id: newId() }
  caseId = (
    await as(uploader, (act) =>
      openCase(act, kind, {
        subjectId: subject.id,
        title: '事项',
        applicantOrganId: organ.id,
        jurisdictionCode: '140100',
      }),
    )
  ).id
})

async function upload(fileName: string, content: string) {
  const path = join(directory, newId())
  await writeFile(path, content)
  return {
    path,
    fileName,
    sizeBytes: Buffer.byteLength(content),
    mediaType: '',
    sha256: createHash('sha256').update(content).digest('hex'),
  }
}
async function keep(fileName: string, content = fileName) {
  const file = await upload(fileName, content)
  return as(uploader, (act) =>
    keepAttachment(act, { caseId, subject, organId: organ.id, jurisdictionCode: '140100', file }),
  )
}
const listed = () => as(uploader, ({ tx }) => attachmentsOf(tx, subject))
const factsOf = () =>
  as(
    uploader,
    async ({ tx }) =>
      (
        await sql<{
          fact: string
          personName: string
          before: unknown
          after: unknown
        }>`select fact, person_name, before, after from kernel.audit_entry
    where subject_id = ${subject.id} and fact like 'kernel.attachment%' order by id`.execute(tx)
      ).rows,
  )

test('an attachment is kept, listed, opened under its own name, and remembered', async () => {
  const kept = await keep('会议纪要.txt', '内容')
  expect(await listed()).toEqual([kept])
  expect(kept).toMatchObject({
    fileName: '会议纪要.txt',
    mediaType: 'text/plain',
    sizeBytes: 6,
    uploadedByName: '张三',
    caseId,
  })
  const opened = await as(colleague, (act) => openAttachment(act, kept))
  expect([opened.fileName, opened.mediaType, await text(opened.body as Readable)]).toEqual([
    '会议纪要.txt',
    'text/plain',
    '内容',
  ])
  expect(await factsOf()).toMatchObject([
    { fact: 'kernel.attachment-kept', personName: '张三', after: { fileName: '会议纪要.txt', sha256: kept.sha256 } },
  ])
})

test('one content under two names is one stored file', async () => {
  const [first, second] = [await keep('甲.txt', '同样的'), await keep('乙.txt', '同样的')]
  expect(second.sha256).toBe(first.sha256)
  expect((await listed()).map(({ fileName }) => fileName)).toEqual(['甲.txt', '乙.txt'])
  const { rows } = await as(uploader, ({ tx }) =>
    sql`select 1 from kernel.stored_file where sha256 = ${first.sha256}`.execute(tx),
  )
  expect(rows).toHaveLength(1)
})

test('A44-1 a secret file is withdrawn: content, names and what the record says of it go, its digest stays and is refused', async () => {
  const [first, second] = [await keep('某项目代号.txt', '不该在这里'), await keep('副本.txt', '不该在这里')]
  const other = await keep('无关.txt')
  expect(await as(uploader, (act) => digestOfAttachment(act, first.id))).toBe(first.sha256)
  expect(await as(uploader, (act) => withdrawFile(act, 'f'.repeat(64), '从未有过'))).toBeNull()
  expect(await as(uploader, (act) => withdrawFile(act, first.sha256, '内容涉密'))).toBe(2)
  const check = () => as(uploader, ({ tx }) => storedFilesCheck(files).check(tx))
  expect((await check()).faults).toEqual([expect.stringContaining(`${first.sha256} 的内容应已撤除`)])
  await files.remove(first.sha256)
  expect((await check()).faults).toEqual([])
  expect((await listed()).map(({ id }) => id)).toEqual([other.id])
  for (const { id } of [first, second]) expect(await as(uploader, ({ tx }) => attachmentById(tx, id))).toBeNull()
  expect((await factsOf()).map(({ after }) => (after as { fileName: string } | null)?.fileName ?? null)).toEqual([
    null,
    null,
    '无关.txt',
  ])
  const { rows } = await as(uploader, ({ tx }) =>
    sql<{ told: string }>`select string_agg(t::text, '') as told from (select a::text as t from kernel.attachment a
      union all select e::text from kernel.audit_entry e) t`.execute(tx),
  )
  expect(rows[0]?.told).not.toMatch(/某项目代号|副本/)
  expect(rows[0]?.told).toContain('kernel.file-withdrawn')
  await expect(keep('换个名字.txt', '不该在这里')).rejects.toMatchObject({ errors: [{ code: 'A44-1' }] })
  expect(await as(uploader, (act) => withdrawFile(act, first.sha256, '再次执行'))).toBe(2)
})

test.each([
  ['..\\..\\windows\\a.txt', 'a.txt'],
  ['/etc/../b.txt', 'b.txt'],
  ['good\u202etxt.exe.txt', 'goodtxt.exe.txt'], // shown, it would read as another kind of file
  ['c\r\nset-cookie: x.txt', 'cset-cookie: x.txt'],
  [`${'长'.repeat(400)}.txt`, `${'长'.repeat(146)}.txt`],
])('the name %j is kept as %j', async (given, kept) => {
  expect((await keep(given)).fileName).toBe(kept)
})

test('what may not be kept leaves neither row nor record', async () => {
  await expect(keep('页.html', '<html>')).rejects.toBeInstanceOf(BadInput)
  expect([await listed(), await factsOf()]).toEqual([[], []])
})

test('only the uploader removes, with reason and trace; the content stays', async () => {
  const kept = await keep('甲.txt')
  await expect(as(colleague, (act) => removeAttachment(act, kept, '误传'))).rejects.toBeInstanceOf(Refused)
  expect(await listed()).toHaveLength(1)
  await as(uploader, (act) => removeAttachment(act, kept, '误传'))
  expect(await listed()).toEqual([])
  expect(await as(uploader, ({ tx }) => attachmentById(tx, kept.id))).toBeNull()
  expect((await factsOf())[1]).toMatchObject({
    fact: 'kernel.attachment-removed',
    before: { fileName: '甲.txt', sha256: kept.sha256 },
    after: { reason: '误传' },
  })
  expect(await files.verify([kept.sha256])).toEqual([])
})

test('of two removals at once one is taken, and one trace left', async () => {
  const kept = await keep('甲.txt')
  const results = await Promise.allSettled([1, 2].map(() => as(uploader, (act) => removeAttachment(act, kept, '误传'))))
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(results.find((result) => result.status === 'rejected')?.reason).toBeInstanceOf(Conflict)
  expect(await factsOf()).toHaveLength(2)
})

test('after the case is closed nothing is added and nothing removed', async () => {
  const kept = await keep('甲.txt')
  await as(uploader, (act) => moveCase(act, kind, caseId, 'close', {}))
  await expect(keep('乙.txt')).rejects.toMatchObject({ refusals: [{ code: 'case-closed' }] })
  await expect(as(uploader, (act) => removeAttachment(act, kept, '误传'))).rejects.toMatchObject({
    refusals: [{ code: 'case-closed' }],
  })
  expect(await listed()).toEqual([kept])
})

test('a file of an attachment that is gone or changed is named by verify', async () => {
  const check = () => as(uploader, ({ tx }) => storedFilesCheck(files).check(tx))
  const before = await check()
  expect(before.faults).toEqual([])
  const [lost, changed] = [await keep('丢失.txt'), await keep('改动.txt')]
  await rm(files.pathOf(lost.sha256))
  await writeFile(files.pathOf(changed.sha256), '另外的内容')
  const { checked, faults } = await check()
  expect(checked).toBe(before.checked + 2)
  expect(faults).toHaveLength(2)
  for (const { sha256, fileName } of [lost, changed])
    expect(faults.filter((fault) => fault.includes(sha256) && fault.includes(fileName))).toHaveLength(1)
})

test('G19 content whose row was never kept is swept after a day; what a row speaks of stays, removed attachments too', async () => {
  const removed = await keep('已移除.txt')
  await as(uploader, (act) => removeAttachment(act, removed, '重复'))
  const orphan = await upload('中断.txt', '事务撤销后留下的内容')
  await expect(
    as(uploader, async (act) => {
      await keepAttachment(act, { caseId, subject, organId: organ.id, jurisdictionCode: '140100', file: orphan })
      throw new Error('undone')
    }),
  ).rejects.toThrow('undone')
  const there = (sha256: string) => files.verify([sha256]).then((faults) => faults.length === 0)
  const now = new Date()
  const sweep = (after: number) => as(uploader, (act) => sweepUnkept({ ...act, now: new Date(now.getTime() + after) }))
  expect([await there(orphan.sha256), await sweep(0)]).toEqual([true, 0])
  const kept = await keep('保留.txt')
  expect(await sweep(25 * 3_600_000)).toBe(1)
  expect([await there(orphan.sha256), await there(removed.sha256), await there(kept.sha256)]).toEqual([
    false,
    true,
    true,
  ])
})

/** A disk whose n-th call fails; calls are counted in `made`. */
function failingDisk(at: number): { disk: Disk; made: () => number } {
  let calls = 0
  const due = () => {
    if (++calls === at) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
  }
  const disk = {
    mkdir: (...given: Parameters<typeof mkdir>) => (due(), mkdir(...given)),
    rename: (...given: Parameters<typeof rename>) => (due(), rename(...given)),
    rm: (...given: Parameters<typeof rm>) => (due(), rm(...given)),
    createReadStream: (...given: Parameters<typeof createReadStream>) => (due(), createReadStream(...given)),
    open: async (...given: Parameters<typeof open>) => {
      due()
      const handle = await open(...given)
      const sync = handle.sync.bind(handle)
      handle.sync = async () => (due(), sync())
      return handle
    },
  } as Disk
  return { disk, made: () => calls }
}

test('G18 G21 whichever call to the disk fails, an act is whole or was never; the next try is done once', async () => {
  const place = join(directory, 'failing')
  const content = `票据 ${newId()}`
  const attempt = async (at: number) => {
    const { disk, made } = failingDisk(at)
    const store = await openFileStore(place, disk)
    const file = await upload('票据.txt', content)
    const outcome = await transaction(fresh.db, (tx) =>
      keepAttachment(testAct({ tx, actor: uploader, caseKinds, files: store }), {
        caseId,
        subject,
        organId: organ.id,
        jurisdictionCode: '140100',
        file,
      }),
    ).then(
      () => 'kept' as const,
      (error: unknown) => problemOf(error)?.status,
    )
    return { outcome, made: made() }
  }
  let at = 1
  for (; at < 30; at++) {
    const before = (await listed()).length
    const { outcome, made } = await attempt(at)
    if (made < at) break // every call was made to fail
    // The last calls only make names durable, and not every system can.
    expect([507, 'kept'], `call ${at}`).toContain(outcome)
    expect((await listed()).length - before, `call ${at}`).toBe(outcome === 'kept' ? 1 : 0)
  }
  expect(at).toBeGreaterThan(4)
  const rows = await listed()
  expect((await factsOf()).length).toBe(rows.length)
  expect(rows.length).toBeGreaterThan(0)
  const there = (await readdir(place, { recursive: true })).filter((name) => /[0-9a-f]{64}$/.test(name))
  expect(there.length).toBe(1)
  expect(await (await openFileStore(place)).verify(rows.map(({ sha256 }) => sha256))).toEqual([])
})
