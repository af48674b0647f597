import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Download } from '#kernel/server/context.ts'
import { Missing } from '#kernel/server/errors.ts'
import { labelCode } from './documents/labels.ts'
import {
  actors,
  call,
  closeAssetsStage,
  factsOf,
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
