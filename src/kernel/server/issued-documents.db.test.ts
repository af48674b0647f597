import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ActingOrgan } from '#kernel/pure/actor.ts'
import type { OfficialDocument } from '#kernel/pure/official-document.ts'
import { testAct, testActor } from '../testing/act.ts'
import { freshDatabase, type FreshDatabase } from '../testing/database.ts'
import type { Act } from './context.ts'
import { transaction } from './database.ts'
import { Conflict, Missing } from './errors.ts'
import { newId } from './identifier.ts'
import {
  documentDigest,
  issueDocument,
  issuedDocument,
  issuedDocumentsOf,
  renderIssued,
  type Issue,
} from './issued-documents.ts'

const organ: ActingOrgan = {
  id: newId(),
  name: '省机关事务管理局',
  jurisdictionCode: '140000',
  jurisdictionName: '山西省',
  level: 'province',
  parts: ['authority'],
}
const reviewer = testActor(organ, ['plan-reviewer'], { name: '张三' })

let fresh: FreshDatabase
beforeAll(async () => void (fresh = await freshDatabase()))
afterAll(() => fresh.drop())

const act = <T>(work: (act: Act) => Promise<T>) =>
  transaction(fresh.db, (tx) => work(testAct({ tx, actor: reviewer, today: '2026-11-23' })))

const document: OfficialDocument = {
  layout: 'red-head',
  organs: ['山西省机关事务管理局'],
  number: '晋机管通〔2026〕1号',
  title: '关于机关运行保障需求审核结果的通知',
  recipients: ['省教育厅'],
  body: [
    { kind: 'paragraph', text: '审核结果如下。' },
    {
      kind: 'table',
      columns: [
        { title: '事项', share: 2 },
        { title: '金额（元）', share: 1, decimals: 2 },
      ],
      rows: [
        ['办公用品', 1234.5],
        ['维修', null],
      ],
    },
  ],
  createdAt: '2026-11-23T01:00:00.000Z',
}
let serial = 0
const given = (more: Partial<Issue> = {}): Issue => ({
  kind: 'test.notice',
  number: `测试〔2026〕${++serial}号`,
  title: '通知',
  organId: organ.id,
  jurisdictionCode: '140000',
  recipientOrganIds: [newId()],
  subject: { kind: 'test.demand', id: newId() },
  document,
  ...more,
})
const issue = (more: Issue) => act((one) => issueDocument(one, more))

test('a document is kept as it was issued, with the digest of its canonical JSON and a record of the act', async () => {
  const paper = given()
  const { id } = await issue(paper)
  const kept = await act(({ tx }) => issuedDocument(tx, id))
  expect(kept).toMatchObject({
    id,
    number: paper.number,
    organId: organ.id,
    recipientOrganIds: paper.recipientOrganIds,
    caseId: null,
    issuedOn: '2026-11-23',
    issuedBy: '张三',
    digest: documentDigest(document),
  })
  expect(kept?.document).toEqual(document)
  expect(documentDigest(kept?.document as OfficialDocument)).toBe(kept?.digest) // jsonb keeps keys in an order of its own
  expect(await act(({ tx }) => issuedDocumentsOf(tx, paper.subject))).toMatchObject([{ id, digest: kept?.digest }])
  const { rows } = await act(({ tx }) =>
    sql`select fact, after from kernel.audit_entry where subject_id = ${paper.subject.id}`.execute(tx),
  )
  expect(rows).toMatchObject([
    { fact: 'kernel.document-issued', after: { document: id, number: paper.number, digest: kept?.digest } },
  ])
})

test('the digest tells any change', () => {
  const digest = documentDigest(document)
  expect(documentDigest(Object.fromEntries(Object.entries(document).reverse()) as OfficialDocument)).toBe(digest)
  for (const changed of [
    { ...document, title: `${document.title} ` },
    { ...document, body: [] },
    { ...document, body: [...document.body].reverse() },
  ])
    expect(documentDigest(changed)).not.toBe(digest)
})

test('what is no official document is not issued, and leaves nothing', async () => {
  const paper = given({
    document: { ...document, body: [{ kind: 'table', columns: [{ title: '一', share: 1 }], rows: [['多', '了']] }] },
  })
  await expect(issue(paper)).rejects.toThrow('one cell for each column')
  expect(await act(({ tx }) => issuedDocumentsOf(tx, paper.subject))).toEqual([])
})

test('one organ issues a number of a kind once, however many try', async () => {
  const paper = given()
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => issue(paper)))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(Conflict)
  expect(await act(({ tx }) => issuedDocumentsOf(tx, paper.subject))).toHaveLength(1)
  await issue({ ...paper, kind: 'test.plan' })
  await issue({ ...paper, organId: newId() }) // plans and reports are numbered by each organ for itself
})

test('the app may neither change nor delete what was issued', async () => {
  await issue(given())
  for (const statement of [
    `update kernel.issued_document set number = ''`,
    `delete from kernel.issued_document`,
    `truncate kernel.issued_document`,
  ])
    await expect(act(({ tx }) => sql.raw(statement).execute(tx))).rejects.toThrow(/permission denied/)
})

test('files are drawn from what is kept: the same document, with the number of its record and its digest', async () => {
  const { id } = await issue(given({ number: '晋/机管〔2026〕9号', title: '通知*一' }))
  const word = await act(({ tx }) => renderIssued(tx, id, 'docx'))
  const pdf = await act(({ tx }) => renderIssued(tx, id, 'pdf'))
  expect(word.fileName).toBe('晋_机管〔2026〕9号 通知_一.docx') // no path can be made of a name
  expect((word.body as Buffer).subarray(0, 2).toString()).toBe('PK')
  expect([pdf.mediaType, (pdf.body as Buffer).subarray(0, 5).toString()]).toEqual(['application/pdf', '%PDF-'])
  await expect(act(({ tx }) => renderIssued(tx, newId(), 'pdf'))).rejects.toBeInstanceOf(Missing)
})

test('who changes a kept document by SQL no longer has its digest', async () => {
  const { id } = await issue(given())
  const client = new pg.Client({ connectionString: fresh.superuserUrl })
  await client.connect()
  await client
    .query(
      `update kernel.issued_document set document = jsonb_set(document, '{title}', '"另一个标题"') where id = $1`,
      [id],
    )
    .finally(() => client.end())
  const kept = await act(({ tx }) => issuedDocument(tx, id))
  expect(documentDigest(kept?.document as OfficialDocument)).not.toBe(kept?.digest)
})
