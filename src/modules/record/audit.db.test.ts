import { buffer } from 'node:stream/consumers'
import type { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { InputOf } from '#kernel/pure/contract.ts'
import type { Download } from '#kernel/server/context.ts'
import { transaction } from '#kernel/server/database.ts'
import { BadInput, Forbidden, Missing, Refused } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { isConsistent } from '#kernel/server/audit/merkle.ts'
import { verifyProof } from '#kernel/server/audit/proof.ts'
import { commandLine, record, recordAll } from '#kernel/server/record.ts'
import { testAct } from '#kernel/testing/act.ts'
import { csvLine } from './actions/audit-export.ts'
import { contract } from './contract.ts'
import { tellCheckpoint } from './offers.ts'
import {
  as,
  call,
  closeRecordStage,
  fresh,
  hireAuditor,
  openRecordStage,
  organOf,
  people,
  sealAll,
  signer,
  today,
} from './testing/record-stage.ts'

// Sealing waits for every open transaction of the server, those of other test files too.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

beforeAll(openRecordStage)
afterAll(closeRecordStage)

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
    test('ROLE-R06 of more than a thousand rows need a purpose', async () => {
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
