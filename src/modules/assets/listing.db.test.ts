import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Download } from '#kernel/server/context.ts'
import { Missing } from '#kernel/server/errors.ts'
import { labelCode } from './documents/labels.ts'
import { call, closeAssetsStage, openAssetsStage, registerDesktop } from './testing/assets-stage.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-listing-'))
  await openAssetsStage(directory)
})
afterAll(async () => {
  await closeAssetsStage()
  await rm(directory, { recursive: true, force: true })
})

const onPaper = async (download: unknown) => {
  const { body } = download as Download
  return Buffer.isBuffer(body) ? body : buffer(body as Readable)
}

describe('list, search, export, labels', () => {
  it('pages by key in every order without losing or doubling a card, and counts them', async () => {
    for (let at = 0; at < 7; at++) await registerDesktop({ costFen: 300_000 + (at % 3) * 1000, name: '翻页样机' })
    for (const sort of ['newest', 'number', '-number', 'costFen', '-costFen', 'acquiredOn', '-acquiredOn'] as const) {
      const ids: string[] = []
      for (let after: string | undefined; ;) {
        const page = await call('keeper', 'cards', { text: '翻页样机', sort, limit: 3, ...(after ? { after } : {}) })
        if (after === undefined) expect(page.total, sort).toBe(7)
        ids.push(...page.items.map(({ id }) => id))
        if (page.next === null) break
        after = page.next
      }
      expect(new Set(ids).size, sort).toBe(7)
      expect(ids, sort).toHaveLength(7)
    }
  })

  it('finds by any fragment of name, number or serial number, at the organ and over the level', async () => {
    const { card } = await registerDesktop({ name: '彩色激光多功能一体机', serialNumber: 'QX-90817-ZZ' })
    for (const who of ['keeper', 'reviewer'])
      for (const text of ['激光', '功能一体', 'x-90817', '90817-zz', card.number.slice(-4), '激光 QX-9'])
        expect(
          (await call(who, 'cards', { text })).items.map(({ id }) => id),
          `${who} ${text}`,
        ).toContain(card.id)
    expect((await call('keeper', 'cards', { text: '光激' })).items).toEqual([])
    await expect(call('reviewer', 'cards', { text: '光' })).rejects.toThrow('两个字')
    const narrowed = await call('reviewer', 'cards', {
      text: '激光',
      classPrefix: 'A0201',
      costFromFen: 499_800,
      costToFen: 499_800,
    })
    expect(narrowed.items.map(({ id }) => id)).toContain(card.id)
    expect((await call('reviewer', 'cards', { text: '激光', costFromFen: 499_801 })).items).toEqual([])
  })

  it('a scanned label, a number and a serial number lead to the card; a foreign label does not', async () => {
    const { card } = await registerDesktop({ serialNumber: 'SN-UNIQUE-7' })
    for (const code of [labelCode(card.id), card.number, 'SN-UNIQUE-7'])
      expect((await call('keeper', 'findCard', { code })).cardId).toBe(card.id)
    await expect(call('other', 'findCard', { code: labelCode(card.id) })).rejects.toThrow(Missing)
    await expect(call('keeper', 'findCard', { code: '没有' })).rejects.toThrow(Missing)
  })

  it('prints labels as PDF and exports exactly what is filtered', async () => {
    const cards = [
      await registerDesktop(),
      await registerDesktop({ name: '一个很长很长很长很长很长很长很长很长很长的资产名称' }),
    ]
    const pdf = await onPaper(await call('keeper', 'labels', { cardIds: cards.map(({ card }) => card.id) }))
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    await expect(call('other', 'labels', { cardIds: cards.map(({ card }) => card.id) })).rejects.toThrow(Missing)
    const xlsx = await onPaper(await call('keeper', 'exportCards', { text: '很长很长' }))
    expect(xlsx.subarray(0, 2).toString()).toBe('PK')
  })

  it('a person keeps filters of their own', async () => {
    const saved = await call('keeper', 'saveFilter', {
      name: '闲置电脑',
      filter: { state: 'idle', classPrefix: 'A0201' },
    })
    expect((await call('keeper', 'filters', {})).items).toEqual([saved])
    expect((await call('head', 'filters', {})).items).toEqual([])
    await expect(call('head', 'removeFilter', { filterId: saved.id })).rejects.toThrow(Missing)
    await call('keeper', 'removeFilter', { filterId: saved.id })
    expect((await call('keeper', 'filters', {})).items).toEqual([])
  })
})
