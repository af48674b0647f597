import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import ExcelJS from 'exceljs'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Download } from '#kernel/server/context.ts'
import { Missing } from '#kernel/server/errors.ts'
import { labelCode } from './documents/labels.ts'
import { exportedCards } from './store/listing.ts'
import {
  actors,
  call,
  closeAssetsStage,
  factsOf,
  inTx,
  openAssetsStage,
  refusalsOf,
  registerDesktop,
} from './testing/assets-stage.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-assets-'))
  await openAssetsStage(directory)
})
afterAll(async () => {
  await closeAssetsStage()
  await rm(directory, { recursive: true, force: true })
})

const desktops = async (many: number, given = {}) => {
  const ids: string[] = []
  for (let at = 0; at < many; at++) ids.push((await registerDesktop(given)).card.id)
  return ids as [string, ...string[]]
}
const move = (cardIds: string[], given = {}, who = 'keeper') =>
  call(who, 'finishScan', {
    act: 'move',
    cardIds,
    effectiveOn: '2026-11-23',
    reason: '办公室调整',
    place: '主楼305',
    ...given,
  })
const pdfOf = (download: unknown) => ((download as Download).body as Buffer).subarray(0, 5).toString()

describe('a scan session (A12-2, A12-4)', () => {
  it('each scan is told with name, place and holder, and whether the act can be done, by label, number or serial number', async () => {
    const { card } = await registerDesktop({ serialNumber: 'SN-SCAN-1' })
    for (const code of [labelCode(card.id), card.number, 'SN-SCAN-1'])
      expect(await call('keeper', 'scanCard', { code, act: 'move' })).toMatchObject({
        card: { id: card.id, name: '台式计算机', place: '主楼301', custodianName: '王丽娟' },
        may: null,
      })
    const toPersonId = actors['staff']?.personId as string
    await call('keeper', 'offerHandover', { cardIds: [card.id], toPersonId, reason: '岗位调整' })
    const { may } = await call('keeper', 'scanCard', { code: card.number, act: 'hand-over', toPersonId })
    expect(may?.map(({ code }) => code)).toEqual(['card-engaged'])
    expect((await call('keeper', 'scanCard', { code: card.number, act: 'state' })).may).not.toBeNull()
    // Where it stands may be changed meanwhile: the hand-over decides who keeps it, no more.
    expect((await call('keeper', 'scanCard', { code: card.number, act: 'move' })).may).toBeNull()
    await expect(call('keeper', 'scanCard', { code: '没有这个', act: 'move' })).rejects.toThrow(Missing)
    await expect(call('other', 'scanCard', { code: labelCode(card.id), act: 'move' })).rejects.toThrow(Missing)
    expect(
      (await call('reviewer', 'scanCard', { code: labelCode(card.id), act: 'move' })).may?.map(({ code }) => code),
    ).toContain('not-own-organ')
  })

  it('who keeps a thing already is told so', async () => {
    const [id] = await desktops(1)
    const toPersonId = actors['staff']?.personId as string
    const offered = await call('keeper', 'offerHandover', { cardIds: [id], toPersonId, reason: '岗位调整' })
    const { handover } = offered
    await call('staff', 'acceptHandover', { handoverId: handover.id, version: handover.version })
    const { may } = await call('keeper', 'scanCard', { code: labelCode(id), act: 'hand-over', toPersonId })
    expect(may?.map(({ code }) => code)).toEqual(['same-custodian'])
    expect(pdfOf(await call('staff', 'handoverSheet', { handoverId: handover.id }))).toBe('%PDF-')
    await expect(call('other', 'handoverSheet', { handoverId: handover.id })).rejects.toThrow(Missing)
  })

  it('what was scanned changes at once and one receipt says so, in the order of the scans; doubles count once', async () => {
    const [one, two, three] = (await desktops(3)) as [string, string, string]
    await move([two], { place: '主楼305' })
    const { receipt, cards } = await move([three, one, three, two], { department: '办公室' })
    expect(receipt).toMatchObject({
      act: 'move',
      cards: 3,
      changed: 3,
      changes: { place: '主楼305', department: '办公室' },
    })
    expect(receipt.number).toMatch(/^BD-2026-\d{4}$/)
    expect(cards.map(({ cardId, place }) => [cardId, place])).toEqual([
      [three, '主楼301'],
      [one, '主楼301'],
      [two, '主楼305'],
    ])
    const { card, events } = await call('keeper', 'viewCard', { cardId: one })
    expect([card.place, card.department, events[0]?.document]).toEqual(['主楼305', '办公室', receipt.number])
    expect(await factsOf(receipt.id)).toEqual(['assets.scan-finished'])
    expect(pdfOf(await call('head', 'scanSheet', { receiptId: receipt.id }))).toBe('%PDF-')
    const again = await move([one, two], { place: '主楼306' })
    expect((await call('keeper', 'scanReceipts', { limit: 1 })).items.map(({ id }) => id)).toEqual([again.receipt.id])
    const first = await call('keeper', 'scanReceipts', { limit: 1 })
    const { items } = await call('keeper', 'scanReceipts', { limit: 1, after: first.next as string })
    expect(items.map(({ id }) => id)).toEqual([receipt.id])
  })

  it('one thing that cannot be done keeps all of them as they were, and says which', async () => {
    const [free, held] = (await desktops(2)) as [string, string]
    const toPersonId = actors['staff']?.personId as string
    await call('keeper', 'offerHandover', { cardIds: [held], toPersonId, reason: '岗位调整' })
    const idle = { act: 'state' as const, effectiveOn: '2026-11-23', reason: '停用', state: 'idle' as const }
    expect(await refusalsOf(call('keeper', 'finishScan', { ...idle, cardIds: [free, held] }))).toEqual(['card-engaged'])
    expect((await call('keeper', 'viewCard', { cardId: free })).card.state).toBe('in-use')
    const { receipt } = await call('keeper', 'finishScan', { ...idle, cardIds: [free] })
    expect(receipt.changes).toEqual({ state: 'idle' })
    expect((await call('keeper', 'viewCard', { cardId: free })).card.state).toBe('idle')
  })

  it('is refused to others, for what changes nothing, for another act’s fields, and for a day to come', async () => {
    const [id] = await desktops(1)
    expect(await refusalsOf(move([id], {}, 'head'))).toContain('role')
    expect(await refusalsOf(move([id], {}, 'reviewer'))).toContain('not-own-organ')
    await expect(move([id], {}, 'other')).rejects.toThrow(Missing)
    expect(await refusalsOf(move([id], { place: '主楼301' }))).toEqual(['nothing-changed'])
    expect(await refusalsOf(move([id], { place: undefined }))).toEqual(['nothing-changed'])
    expect(await refusalsOf(move([id], { state: 'idle' }))).toEqual(['other-act'])
    expect(await refusalsOf(move([id], { effectiveOn: '2026-11-24' }))).toContain('future-date')
    expect(await refusalsOf(move([id], { reason: '机密★ 搬迁' }))).toContain('A44-1')
  })

  it('G7 a receipt is seen by its organ and its level, and by nobody else', async () => {
    const { receipt } = await move(await desktops(1), { place: '主楼308' })
    for (const who of ['head', 'reviewer', 'finance'])
      expect((await call(who, 'viewScanReceipt', { receiptId: receipt.id })).cards, who).toHaveLength(1)
    for (const who of ['other', 'staff', 'province', 'county']) {
      await expect(call(who, 'viewScanReceipt', { receiptId: receipt.id }), who).rejects.toThrow(Missing)
      await expect(call(who, 'scanSheet', { receiptId: receipt.id }), who).rejects.toThrow(Missing)
    }
    expect((await call('other', 'scanReceipts', {})).items).toEqual([])
    expect((await call('reviewer', 'scanReceipts', {})).items.map(({ id }) => id)).toContain(receipt.id)
  })

  it('G23 two sessions over the same things at once: each is whole, and none waits for ever', async () => {
    const ids = await desktops(4)
    const both = await Promise.all([
      move(ids, { place: '东楼1' }),
      move(ids.toReversed() as [string, ...string[]], { place: '西楼1' }),
    ])
    expect(both.map(({ receipt }) => receipt.changed)).toEqual([4, 4])
    const places = await Promise.all(
      ids.map(async (cardId) => (await call('keeper', 'viewCard', { cardId })).card.place),
    )
    expect(new Set(places).size).toBe(1)
  })
})

describe('the register as a file', () => {
  const rowsOf = async (download: unknown) => {
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load((await buffer((download as Download).body as Readable)) as never)
    const [cards, told] = workbook.worksheets
    const facts = new Map<string, string>()
    told?.eachRow((row) => facts.set(String(row.getCell(1).value), String(row.getCell(2).value)))
    const numbers: string[] = []
    cards?.eachRow((row, at) => at > 1 && numbers.push(String(row.getCell(1).value)))
    return { numbers, facts }
  }

  it('A12-2 says of which moment it is, how many rows it has and their digest; the record says the same', async () => {
    const [one, two] = (await desktops(2, { department: '导出处' })) as [string, string]
    const { numbers, facts } = await rowsOf(await call('keeper', 'exportCards', { department: '导出处' }))
    expect([numbers.length, facts.get('卡片行数'), facts.get('筛选条件')]).toEqual([2, '2', '使用部门：导出处'])
    const digest = /^SHA-256 ([0-9a-f]{64})$/.exec(facts.get('内容摘要') ?? '')?.[1]
    const recorded = await inTx(async (tx) =>
      (
        await sql<{ after: { rows: number; sha256: string } }>`select after from kernel.audit_entry
          where fact = 'assets.cards-exported' order by id desc limit 1`.execute(tx)
      ).rows.map(({ after }) => after),
    )
    expect(recorded).toMatchObject([{ rows: 2, sha256: digest }])
    // The same cards have the same digest; one changed cell has another.
    const again = await rowsOf(await call('keeper', 'exportCards', { department: '导出处' }))
    expect(again.facts.get('内容摘要')).toBe(`SHA-256 ${digest}`)
    await move([one, two], { place: '主楼399' })
    const changed = await rowsOf(await call('keeper', 'exportCards', { department: '导出处' }))
    expect(changed.facts.get('内容摘要')).not.toBe(`SHA-256 ${digest}`)
  })

  it('A12-2 is of one moment: what changes while it is read is in it as it was, and nothing twice or never', async () => {
    const ids = await desktops(5, { department: '同一时点' })
    const filter = {
      jurisdictionCode: actors['keeper']?.organ?.jurisdictionCode as string,
      organId: actors['keeper']?.organ?.id as string,
      terms: [],
      department: '同一时点',
    }
    const read = await inTx(async (tx) => {
      const seen: { id: string; place: string }[] = []
      for await (const cards of exportedCards(tx, filter, 2)) {
        seen.push(...cards.map(({ id, place }) => ({ id, place })))
        if (seen.length > 2) continue
        // Meanwhile, elsewhere: everything moves, one leaves the filter, one comes in.
        await move(ids, { place: '主楼310' })
        await move([ids[4] as string], { place: '主楼310', department: '别处' })
        await desktops(1, { department: '同一时点' })
      }
      return seen
    })
    expect(read).toEqual(ids.toSorted().map((id) => ({ id, place: '主楼301' })))
  })
})
