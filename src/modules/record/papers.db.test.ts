import { text } from 'node:stream/consumers'
import type { Readable } from 'node:stream'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { InputOf } from '#kernel/pure/contract.ts'
import { moveCase, openCase } from '#kernel/server/cases/engine.ts'
import type { Download } from '#kernel/server/context.ts'
import { transaction } from '#kernel/server/database.ts'
import { BadInput, Forbidden, Missing } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { issueDocument } from '#kernel/server/issued-documents.ts'
import { checks } from './checks.ts'
import { contract } from './contract.ts'
import {
  as,
  call,
  closeRecordStage,
  fresh,
  kind,
  openRecordStage,
  organOf,
  today,
  upload,
} from './testing/record-stage.ts'

beforeAll(openRecordStage)
afterAll(closeRecordStage)

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
