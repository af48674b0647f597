import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import type { Readable } from 'node:stream'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Actor, Role } from '#kernel/pure/actor.ts'
import { defineCaseKind } from '#kernel/pure/case-kind.ts'
import type { AnswerOf, InputOf, ParsedInputOf } from '#kernel/pure/contract.ts'
import type { CaseKinds } from '#kernel/server/cases/case-row.ts'
import { moveCase, openCase } from '#kernel/server/cases/engine.ts'
import type { Act, Download } from '#kernel/server/context.ts'
import { transaction } from '#kernel/server/database.ts'
import { BadInput, Forbidden, Missing, Refused } from '#kernel/server/errors.ts'
import { openFileStore, type FileStore } from '#kernel/server/file-store.ts'
import { newId } from '#kernel/server/identifier.ts'
import { issueDocument } from '#kernel/server/issued-documents.ts'
import { isConsistent } from '#kernel/server/audit/merkle.ts'
import { verifyProof } from '#kernel/server/audit/proof.ts'
import { commandLine, record, recordAll } from '#kernel/server/record.ts'
import { testAct, testActor, testCtx } from '#kernel/testing/act.ts'
import { sealUntil, testSigner } from '#kernel/testing/audit.ts'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import organs from '#modules/organs/module.ts'
import { demonstrationOrganId, organById } from '#modules/organs/offers.ts'
import peopleModule from '#modules/people/module.ts'
import { actions } from './actions.ts'
import { csvLine } from './actions/audit-export.ts'
import { checks } from './checks.ts'
import { contract } from './contract.ts'
import { tellCheckpoint } from './offers.ts'

// Sealing waits for every open transaction of the server, those of other test files too.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const today = '2026-11-23'
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

let fresh: FreshDatabase
let directory: string
let files: FileStore
const people: Record<string, Actor> = {}
beforeAll(async () => {
  fresh = await freshDatabase()
  directory = await mkdtemp(join(tmpdir(), 'yunbao-record-'))
  files = await openFileStore(join(directory, 'files'))
  await transaction(fresh.db, async (tx) => {
    await organs.reference?.(testAct({ tx, today }), () => {})
    await organs.seed?.(testAct({ tx, today }), () => {})
    const hire = async (name: string, organKey: string, role: Role) => {
      const organ = await organById(tx, demonstrationOrganId(organKey), today)
      if (!organ) throw new Error(organKey)
      people[name] = testActor(organ, [role], { name })
    }
    await hire('clerk', 'province-education', 'organ-clerk')
    await hire('colleague', 'province-education', 'organ-clerk')
    await hire('staff', 'province-education', 'staff')
    await hire('archives', 'province-archives', 'organ-clerk')
    await hire('bureau', 'province-authority', 'plan-reviewer')
    await hire('finance', 'province-finance', 'finance-reviewer')
    await hire('auditor', 'province-authority', 'audit-administrator')
    await hire('cityFinance', 'taiyuan-finance', 'finance-reviewer')
  })
})
afterAll(async () => {
  await fresh.drop()
  await rm(directory, { recursive: true })
})

const signer = testSigner()
/** Seals everything there is. */
async function sealAll() {
  const { rows } = await fresh.db.pool.query(
    'select (select count(*) from kernel.audit_entry)::int - (select count(*) from kernel.audit_leaf)::int as open',
  )
  expect(await sealUntil(fresh.db, signer, rows[0].open)).toBe(rows[0].open)
}
/** Somebody who holds the role in the tables, so that notices find an address. */
async function hireAuditor() {
  await transaction(fresh.db, (tx) => peopleModule.seed?.(testAct({ tx, today }), () => {}) as Promise<void>)
  await fresh.db.pool.query(`delete from kernel.notification`)
}

const person = (name: string) => people[name] as Actor
const organOf = (name: string) => person(name).organ as NonNullable<Actor['organ']>
const as = <T>(name: string, work: (act: Act) => Promise<T>, now?: Date) =>
  transaction(fresh.db, (tx) =>
    work(testAct({ tx, actor: person(name), today, caseKinds, files, ...(now ? { now } : {}) })),
  )

/** Through the contract, as a named person. */
function call<N extends keyof typeof contract>(
  name: string,
  operation: N,
  input: InputOf<(typeof contract)[N]>,
): Promise<AnswerOf<(typeof contract)[N]>> {
  const parsed = contract[operation].input.parse(input) as ParsedInputOf<(typeof contract)[N]>
  return transaction(fresh.db, async (tx) => {
    const action = actions[operation] as unknown as (ctx: object) => Promise<AnswerOf<(typeof contract)[N]>>
    return action(testCtx({ tx, actor: person(name), today, caseKinds, files }, parsed))
  })
}

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

describe('attachments of a case', () => {
  let caseId: string
  beforeEach(async () => {
    caseId = (
      await as('clerk', (act) =>
        openCase(act, kind, {
          subjectId: newId(),
          title: '事项',
          applicantOrganId: organOf('clerk').id,
          jurisdictionCode: '140000',
        }),
      )
    ).id
  })
  const attach = async (name: string, fileName = '附件.txt') =>
    call(name, 'attach', { caseId, file: await upload(fileName, fileName) })

  test('whoever may not see the case learns nothing of its files', async () => {
    const { id } = await attach('clerk')
    for (const stranger of ['archives', 'cityFinance', 'staff', 'auditor']) {
      await expect(call(stranger, 'attachments', { caseId })).rejects.toBeInstanceOf(Missing)
      await expect(attach(stranger)).rejects.toBeInstanceOf(Missing)
      await expect(call(stranger, 'attachmentFile', { attachmentId: id })).rejects.toBeInstanceOf(Missing)
      await expect(call(stranger, 'removeAttachment', { attachmentId: id, reason: '无' })).rejects.toBeInstanceOf(
        Missing,
      )
    }
    expect((await call('clerk', 'attachments', { caseId })).items).toHaveLength(1)
  })

  test('are uploaded, listed with what one may do, downloaded, and removed by the uploader', async () => {
    const { id } = await attach('clerk', '说明.txt')
    const forClerk = await call('clerk', 'attachments', { caseId })
    expect([forClerk.may.attach, forClerk.items[0]?.may.remove]).toEqual([null, null])
    expect((await call('colleague', 'attachments', { caseId })).items[0]?.may.remove).toMatchObject([
      { code: 'not-uploader' },
    ])
    const file = (await call('colleague', 'attachmentFile', { attachmentId: id })) as Download
    expect([file.fileName, await text(file.body as Readable)]).toEqual(['说明.txt', '说明.txt'])
    await expect(call('colleague', 'removeAttachment', { attachmentId: id, reason: '误传' })).rejects.toBeInstanceOf(
      Forbidden,
    )
    await call('clerk', 'removeAttachment', { attachmentId: id, reason: '误传' })
    expect((await call('clerk', 'attachments', { caseId })).items).toEqual([])
    await expect(call('clerk', 'attachmentFile', { attachmentId: id })).rejects.toBeInstanceOf(Missing)
  })

  test('after the end nothing is added or removed, and the screen knows why', async () => {
    const { id } = await attach('clerk')
    await as('clerk', (act) => moveCase(act, kind, caseId, 'close', {}))
    const { items, may } = await call('clerk', 'attachments', { caseId })
    expect([may.attach, items[0]?.may.remove]).toMatchObject([[{ code: 'case-closed' }], [{ code: 'case-closed' }]])
    await expect(attach('clerk')).rejects.toBeInstanceOf(Forbidden)
    await expect(call('clerk', 'removeAttachment', { attachmentId: id, reason: '误传' })).rejects.toBeInstanceOf(
      Forbidden,
    )
    expect(((await call('clerk', 'attachmentFile', { attachmentId: id })) as Download).fileName).toBe('附件.txt')
  })
})

describe('official documents', () => {
  let serial = 0
  const paper = (
    issuer: string,
    recipients: string[],
    more: { kind?: string; title?: string; now?: Date; subject?: { kind: string; id: string } } = {},
  ) =>
    as(
      issuer,
      (act) =>
        issueDocument(more.now ? { ...act, today: more.now.toISOString().slice(0, 10) } : act, {
          kind: more.kind ?? 'test.notice',
          number: `测试〔2026〕${++serial}号`,
          title: more.title ?? '通知',
          organId: organOf(issuer).id,
          jurisdictionCode: organOf(issuer).jurisdictionCode,
          recipientOrganIds: recipients.map((name) => organOf(name).id),
          subject: more.subject ?? { kind: 'test.demand', id: newId() },
          document: {
            layout: 'report',
            organs: ['某局'],
            title: '标题',
            body: [{ kind: 'paragraph', text: '正文' }],
            createdAt: '2026-11-23T01:00:00.000Z',
          },
        }),
      more.now,
    )
  const read = (name: string, id: string) =>
    call(name, 'document', { documentId: id }).then(
      () => true,
      (error: unknown) => (error instanceof Missing ? false : Promise.reject(error)),
    )

  test('Art. 6: are read by issuer, addressee, and authority and finance of the level; by nobody else, in any way', async () => {
    const subject = { kind: 'test.demand', id: newId() }
    const { id } = await paper('bureau', ['clerk'], { subject, kind: 'test.scope' })
    for (const [name, may] of Object.entries({
      clerk: true,
      bureau: true,
      finance: true,
      archives: false,
      cityFinance: false,
      staff: false,
      auditor: false,
    })) {
      expect([name, await read(name, id)]).toEqual([name, may])
      expect([name, (await call(name, 'documents', { kind: 'test.scope' })).items.length]).toEqual([name, may ? 1 : 0])
      expect([
        name,
        (await call(name, 'subjectDocuments', { subjectKind: subject.kind, subjectId: subject.id })).items.length,
      ]).toEqual([name, may ? 1 : 0])
      if (!may)
        await expect(call(name, 'documentFile', { documentId: id, format: 'pdf' })).rejects.toBeInstanceOf(Missing)
    }
    expect(await call('clerk', 'document', { documentId: id })).toMatchObject({
      organName: organOf('bureau').name,
      recipientNames: [organOf('clerk').name],
      document: { title: '标题' },
    })
    expect(((await call('clerk', 'documentFile', { documentId: id, format: 'docx' })) as Download).fileName).toMatch(
      /^测试〔2026〕\d+号 通知\.docx$/,
    )
  })

  test('are paged without gap or repetition, newest first, also those of one instant', async () => {
    const kindOfPaper = { kind: 'test.paged' }
    const instants = [
      '2026-11-20T01:00:00.123Z',
      '2026-11-21T01:00:00.456Z',
      '2026-11-21T01:00:00.456Z',
      '2026-11-21T01:00:00.456Z',
      '2026-11-22T01:00:00Z',
    ]
    for (const instant of instants) await paper('bureau', [], { ...kindOfPaper, now: new Date(instant) })
    const seen: string[] = []
    let after: string | undefined
    do {
      const { items, next } = await call('bureau', 'documents', {
        ...kindOfPaper,
        limit: 2,
        ...(after ? { after } : {}),
      })
      seen.push(...items.map(({ id }) => id))
      after = next ?? undefined
    } while (after)
    const whole = (await call('bureau', 'documents', kindOfPaper)).items
    expect(seen).toEqual(whole.map(({ id }) => id))
    expect(whole.map(({ issuedOn }) => issuedOn)).toEqual([
      '2026-11-22',
      '2026-11-21',
      '2026-11-21',
      '2026-11-21',
      '2026-11-20',
    ])
  })

  test('are found by kind, year of issue, number and words of the title, taken as they are', async () => {
    const now = new Date('2025-06-01T01:00:00Z')
    const { id } = await paper('bureau', [], { kind: 'test.found', title: '百分之100%的_通知', now })
    await paper('bureau', [], { kind: 'test.found', title: '另一通知' })
    const found = async (filter: InputOf<typeof contract.documents>) =>
      (await call('bureau', 'documents', { kind: 'test.found', ...filter })).items.map((one) => one.id)
    expect(await found({ year: 2025 })).toEqual([id])
    expect(await found({ year: 2024 })).toEqual([])
    expect(await found({ text: '100%的_' })).toEqual([id])
    expect(await found({ text: '百_之' })).toEqual([]) // no wildcards
    expect((await found({ text: '测试〔2026〕' })).length).toBe(2)
  })

  test.each([
    'x',
    '2026-99-99T00:00:00Z@00000000-0000-7000-8000-000000000001',
    '2026-11-21T01:00:00.456Z@------------------------------------',
  ])('the cursor %j is refused in words', async (after) => {
    await expect(call('bureau', 'documents', { after })).rejects.toBeInstanceOf(BadInput)
  })

  test('anybody with the paper can have it checked; nothing is told of what is not genuine, nor of the content', async () => {
    const { id } = await paper('bureau', ['clerk'])
    const { digest } = await call('bureau', 'document', { documentId: id })
    const check = (recordNumber: string, given: string) =>
      call('staff', 'checkDocument', { recordNumber, digest: given })
    expect(await check(id, digest.slice(0, 16))).toEqual({ genuine: true, issuedOn: today })
    const wrong = (digest.startsWith('0') ? '1' : '0') + digest.slice(1, 16)
    for (const answer of [
      await check(id, wrong),
      await check(newId(), digest.slice(0, 16)),
      await check(id, `${digest.slice(0, 15)}${digest[15] === '0' ? '1' : '0'}`),
    ])
      expect(answer).toEqual({ genuine: false, issuedOn: null })
    expect(contract.checkDocument.input.safeParse({ recordNumber: id, digest: digest.slice(0, 7) }).success).toBe(false) // too short to prove anything
    expect(contract.checkDocument.access).toBe('public')
  })
})

describe('changes and audit', () => {
  const subject = { kind: 'test.record', id: newId() }
  beforeAll(async () => {
    await as(
      'clerk',
      (act) => record(act, 'test.asked', { subject, organId: organOf('clerk').id, after: { askedFen: 100 } }),
      new Date('2026-11-20T15:59:59Z'),
    )
    await as(
      'bureau',
      (act) =>
        record({ ...act, source: `${commandLine}（系统用户 root）` }, 'test.granted', {
          subject,
          organId: organOf('clerk').id,
          before: { askedFen: 100 },
          after: { askedFen: 80 },
        }),
      new Date('2026-11-20T16:00:00Z'),
    )
    await as(
      'cityFinance',
      (act) => record(act, 'test.elsewhere', { subject, organId: organOf('cityFinance').id }),
      new Date('2026-11-21T00:00:00Z'),
    )
  })
  const factsFor = async (name: string) =>
    (await call(name, 'changes', { subjectKind: subject.kind, subjectId: subject.id })).items.map(({ fact }) => fact)

  test('changes of a record are read by its organ, the level’s authority and finance, and the security auditor', async () => {
    for (const name of ['clerk', 'bureau', 'finance', 'auditor'])
      expect([name, await factsFor(name)]).toEqual([name, ['test.granted', 'test.asked']])
    for (const name of ['archives', 'staff']) expect([name, await factsFor(name)]).toEqual([name, []])
    expect(await factsFor('cityFinance')).toEqual(['test.elsewhere'])
    const { items } = await call('clerk', 'changes', { subjectKind: subject.kind, subjectId: subject.id })
    expect(items[0]).toMatchObject({
      personName: 'bureau',
      organName: organOf('bureau').name,
      before: { askedFen: 100 },
      after: { askedFen: 80 },
    })
    expect(items.map(({ byCommand }) => byCommand)).toEqual([true, false])
  })

  test('the audit record is refused to everybody but the security auditor', async () => {
    for (const name of Object.keys(people).filter((one) => one !== 'auditor'))
      await expect(call(name, 'auditEntries', {})).rejects.toBeInstanceOf(Forbidden)
  })

  test('the auditor filters by person, fact, organ, object, result and days of Shanghai, and sees the own level only', async () => {
    const audit = async (filter: InputOf<typeof contract.auditEntries>) =>
      (await call('auditor', 'auditEntries', { object: subject.id, ...filter })).items.map(({ fact }) => fact)
    expect(await audit({})).toEqual(['test.granted', 'test.asked'])
    expect(await audit({ person: 'clerk' })).toEqual(['test.asked'])
    expect(await audit({ fact: 'test.granted' })).toEqual(['test.granted'])
    expect(await audit({ fact: 'test.g' })).toEqual([])
    expect(await audit({ organ: organOf('clerk').name })).toEqual(['test.granted', 'test.asked'])
    expect(await audit({ organ: organOf('archives').name })).toEqual([])
    expect(await audit({ result: 'done' })).toEqual(['test.granted', 'test.asked'])
    expect(await audit({ result: 'denied' })).toEqual([])
    expect(await audit({ until: '2026-11-20' })).toEqual(['test.asked']) // 23:59:59 in Shanghai; the next second is the next day
    expect(await audit({ from: '2026-11-21' })).toEqual(['test.granted'])
    await expect(audit({ organ: '没有的局' })).rejects.toBeInstanceOf(BadInput)
  })

  test('the audit record is paged by time, also among rows of one instant', async () => {
    const many = { kind: 'test.many', id: newId() }
    for (let turn = 0; turn < 5; turn++)
      await as('clerk', (act) => record(act, `test.turn-${turn}`, { subject: many }), new Date('2026-11-20T10:00:00Z'))
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await call('auditor', 'auditEntries', { object: many.id, limit: 2, ...(after ? { after } : {}) })
      seen.push(...page.items.map(({ fact }) => fact))
      after = page.next ?? undefined
    } while (after)
    expect(seen).toEqual([4, 3, 2, 1, 0].map((turn) => `test.turn-${turn}`))
    for (const wrong of ['1.5', '12', '-1', '2026-99-20T10:00:00.000Z@1', `2026-11-20T10:00:00.000Z@${'9'.repeat(30)}`])
      await expect(call('auditor', 'auditEntries', { after: wrong })).rejects.toBeInstanceOf(BadInput)
  })

  const entryId = async (fact: string) =>
    (await call('auditor', 'auditEntries', { object: subject.id, fact })).items[0]?.id ?? 0

  test('ROLE-R03 the auditor sees that business was done, not what: in the detail, among changes, in the proof', async () => {
    const detail = await call('auditor', 'auditEntry', { entryId: await entryId('test.granted') })
    expect(detail).toMatchObject({
      personName: 'bureau',
      source: expect.stringContaining(commandLine),
      changes: [{ field: 'askedFen', before: '（已遮蔽）', after: '（已遮蔽）', hidden: true }],
    })
    const { items } = await call('auditor', 'changes', { subjectKind: subject.kind, subjectId: subject.id })
    expect(items[0]).toMatchObject({ before: { askedFen: '（已遮蔽）' }, after: { askedFen: '（已遮蔽）' } })
  })

  test('a row of another level is not even there', async () => {
    const { rows } = await fresh.db.pool.query(`select id from kernel.audit_entry where fact = 'test.elsewhere'`)
    for (const operation of ['auditEntry', 'auditProof'] as const)
      await expect(call('auditor', operation, { entryId: Number(rows[0].id) })).rejects.toBeInstanceOf(Missing)
  })

  test('everything of the audit is refused to everybody but the auditor', async () => {
    const id = await entryId('test.granted')
    for (const name of Object.keys(people).filter((one) => one !== 'auditor')) {
      await expect(call(name, 'auditEntry', { entryId: id })).rejects.toBeInstanceOf(Forbidden)
      await expect(call(name, 'auditProof', { entryId: id })).rejects.toBeInstanceOf(Forbidden)
      await expect(call(name, 'exportAudit', { format: 'csv' })).rejects.toBeInstanceOf(Forbidden)
    }
  })

  test('the proof of a row comes once it is sealed, verifies by itself, and shows no business', async () => {
    const id = await entryId('test.granted')
    const waiting = await call('auditor', 'auditProof', { entryId: id }).catch((error: unknown) => error)
    expect(waiting).toBeInstanceOf(Refused)
    expect((await call('auditor', 'auditEntry', { entryId: id })).seal).toBeNull()
    await sealAll()
    const { proof } = await call('auditor', 'auditProof', { entryId: id })
    expect(JSON.stringify(proof)).not.toContain('askedFen')
    expect(verifyProof(JSON.parse(JSON.stringify(proof)), [signer])).toMatchObject({ faults: [], keyKnown: true })
    const { seal } = await call('auditor', 'auditEntry', { entryId: id })
    expect(seal?.checkpoint).toMatch(/^\d+-[0-9a-f]{16}-[0-9a-f]{8}$/)
  })

  test('anybody may take the newest checkpoint, with the proof that the log has only grown', async () => {
    await sealAll()
    const first = (await call('staff', 'latestCheckpoint', {})).checkpoint
    expect(contract.latestCheckpoint.access).toBe('public')
    await as('clerk', (act) => record(act, 'test.later', { subject }))
    await sealAll()
    const { checkpoint: next, consistency } = await call('staff', 'latestCheckpoint', { from: first?.size })
    expect(next?.size).toBeGreaterThan(first?.size ?? Infinity)
    for (const suite of ['sha256', 'sm3'] as const) {
      const root = (text: string | undefined) => Buffer.from(text ?? '', 'hex')
      const [older, newer] = [
        { size: first?.size ?? 0, root: root(first?.[suite]) },
        { size: next?.size ?? 0, root: root(next?.[suite]) },
      ]
      const path = (consistency?.[suite] ?? []).map(root)
      expect(isConsistent(suite, older, newer, path)).toBe(true)
      expect(isConsistent(suite, { ...older, root: newer.root }, newer, path)).toBe(false)
    }
    expect(JSON.stringify(next)).not.toContain('test.')
    await expect(call('staff', 'latestCheckpoint', { from: 10_000_000 })).rejects.toBeInstanceOf(BadInput)
  })

  describe('exports', () => {
    const exported = async (input: InputOf<typeof contract.exportAudit>) => {
      const { body, ...file } = (await call('auditor', 'exportAudit', input)) as Download
      return { ...file, body: await buffer(body as Readable) }
    }
    test('carry who, when and what for in their first line, no content, and are recorded themselves', async () => {
      const csv = await exported({ object: subject.id, format: 'csv', purpose: '季度检查' })
      const lines = csv.body.toString('utf8').split('\r\n')
      expect(csv.fileName).toBe(`审计记录 ${today}.csv`)
      expect(lines[0]).toMatch(/^\ufeff"导出人：.+ auditor　时间：2026-11-23 09:00:00　用途：季度检查　请求编号：/)
      expect(lines.filter((line) => line.includes('test.')).length).toBeGreaterThan(1)
      expect(csv.body.toString('utf8')).not.toMatch(/askedFen|100/)
      const recorded = (await call('auditor', 'auditEntries', { fact: 'record.audit-exported' })).items
      expect(recorded).toHaveLength(1)
      const detail = await call('auditor', 'auditEntry', { entryId: recorded[0]?.id ?? 0 })
      expect(detail.changes).toContainEqual({ field: 'purpose', before: null, after: '季度检查', hidden: false })
      const xlsx = await exported({ object: subject.id, format: 'xlsx' })
      expect(xlsx.body.subarray(0, 2).toString()).toBe('PK')
    })
    test('of more than a thousand rows need a purpose', async () => {
      const many = { kind: 'test.thousand', id: newId() }
      await as('clerk', (act) =>
        recordAll(
          act,
          Array.from({ length: 1001 }, () => ({ fact: 'test.thousand', subject: many })),
        ),
      )
      const refused = await call('auditor', 'exportAudit', { object: many.id, format: 'csv' }).catch((e: unknown) => e)
      expect(refused).toBeInstanceOf(Refused)
      const { body } = await exported({ object: many.id, format: 'csv', purpose: '核查' })
      expect(body.toString('utf8').trim().split('\r\n')).toHaveLength(1003)
    })
    test('a cell never becomes a formula', () => {
      for (const evil of ['=1+1', '+1', '-1', '@x', '\t=1']) expect(csvLine([evil])).toBe(`"'${evil}"\r\n`)
      expect(csvLine(['他说“"好"”', null, 3])).toBe('"他说“""好""”","","3"\r\n')
    })
  })
})

describe('told by the clock', () => {
  test('the audit administrator of each level gets the checkpoint of the day, once', async () => {
    await sealAll()
    const run = () => transaction(fresh.db, (tx) => tellCheckpoint(testAct({ tx, today })))
    await hireAuditor()
    await run()
    await run()
    const { rows } = await fresh.db.pool.query(
      `select text from kernel.notification where roles && '{audit-administrator}'`,
    )
    expect(rows).toHaveLength(3)
    expect(rows[0].text).toMatch(/^审计检查点（2026-11-23）：\d+-[0-9a-f]{16}-[0-9a-f]{8}。/)
  })
})

test('verify passes whole documents, and names the one that was changed behind its back', async () => {
  const run = () => Promise.all(checks.map(({ check }) => transaction(fresh.db, (tx) => check(tx), { readOnly: true })))
  const whole = await run()
  expect(whole.map(({ faults }) => faults)).toEqual([[]])
  for (const { checked } of whole) expect(checked).toBeGreaterThan(0)
  const client = new pg.Client({ connectionString: fresh.superuserUrl })
  await client.connect()
  const { rows } = await client
    .query(
      `update kernel.issued_document set document = jsonb_set(document, '{title}', '"改"') where id = (select min(id::text)::uuid from kernel.issued_document) returning number`,
    )
    .finally(() => client.end())
  const [documents] = await run()
  expect(documents?.faults).toEqual([expect.stringContaining(rows[0].number)])
})
