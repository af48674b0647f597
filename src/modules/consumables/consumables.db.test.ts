import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Readable } from 'node:stream'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Download } from '#kernel/server/context.ts'
import { Conflict, Missing } from '#kernel/server/errors.ts'
import { uploaded } from '#kernel/testing/workbook-file.ts'
import { checks } from './checks.ts'
import { receiveStock } from './offers.ts'
import {
  actors,
  call,
  closeStockStage,
  factsOf,
  inActOf,
  inTx,
  openStockStage,
  refusalsOf,
  today,
  noticesTo,
} from './testing/stock-stage.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-stock-'))
  await openStockStage(directory)
})
afterAll(async () => {
  await closeStockStage()
  await rm(directory, { recursive: true, force: true })
})

let serial = 0
/** An item of the education bureau with what is in stock of it. */
async function stocked(quantity: number, amountFen: number, minimum = 0) {
  const { item } = await call('keeper', 'createItem', {
    name: `复印纸${++serial}`,
    spec: 'A4 70g',
    unit: '包',
    place: '库房',
    minimum,
  })
  if (quantity === 0) return item
  return (
    await call('keeper', 'receiveItem', {
      itemId: item.id,
      version: item.version,
      quantity,
      amountFen,
      receivedOn: today,
      supplier: '山西晋源办公设备有限公司',
      document: '发票 0412',
    })
  ).item
}
const give = (lines: { itemId: string; quantity: number }[], who = 'keeper', to = 'staff') =>
  call(who, 'issueItems', { toPersonId: actors[to]?.personId as string, purpose: '日常办公', place: '主楼301', lines })
const stockOf = async (itemId: string) => (await call('keeper', 'viewItem', { itemId })).item

describe('stock of an organ (A12-4)', () => {
  it('is kept by its keepers alone, told to its office and its level, and to nobody else', async () => {
    const item = await stocked(10, 18_000)
    expect(item).toMatchObject({ number: 'YH-0001', quantity: 10, valueFen: 18_000 })
    const receipt = { itemId: item.id, version: item.version, quantity: 1, amountFen: 1, receivedOn: today }
    for (const who of ['head', 'reviewer'])
      expect(await refusalsOf(call(who, 'receiveItem', receipt)), who).toContain('role')
    for (const who of ['other', 'province', 'staff'])
      await expect(call(who, 'viewItem', { itemId: item.id }), who).rejects.toThrow(Missing)
    expect((await call('head', 'viewItem', { itemId: item.id })).may.keep).not.toBeNull()
    expect((await call('reviewer', 'items', {})).items.map(({ id }) => id)).toContain(item.id)
    expect((await call('other', 'items', {})).items).toEqual([])
    await expect(call('keeper', 'createItem', { name: item.name, spec: item.spec, unit: '箱' })).rejects.toThrow(
      Conflict,
    )
    await expect(call('keeper', 'receiveItem', { ...receipt, version: 99 })).rejects.toThrow(Conflict)
    expect(await refusalsOf(call('keeper', 'receiveItem', { ...receipt, receivedOn: '2026-11-24' }))).toEqual([
      'future-date',
    ])
    expect(await refusalsOf(call('keeper', 'createItem', { name: '机密★袋', unit: '个' }))).toEqual(['A44-1'])
    await inActOf('keeper', (act) =>
      receiveStock(act, item.id, { quantity: 5, amountFen: 9_500, receivedOn: today, supplier: '', document: 'HT-1' }),
    )
    expect(await stockOf(item.id)).toMatchObject({ quantity: 15, valueFen: 27_500 })
    expect(await factsOf(item.id)).toEqual([
      'consumables.item-created',
      'consumables.stock-received',
      'consumables.stock-received',
    ])
  })

  it('goes out at average cost against a signature; unused pieces come back at what they went out for', async () => {
    const item = await stocked(3, 10_000, 2)
    const { issue } = await give([{ itemId: item.id, quantity: 2 }])
    expect(issue).toMatchObject({ state: 'offered', amountFen: 6_667, toName: actors['staff']?.name })
    expect(await stockOf(item.id)).toMatchObject({ quantity: 1, valueFen: 3_333 })
    expect((await noticesTo('keeper')).at(-1)).toContain('低于下限2包')
    const step = { issueId: issue.id, version: issue.version }
    expect(await refusalsOf(call('keeper', 'acceptIssue', step))).toEqual(['not-receiver'])
    expect(
      await refusalsOf(
        call('keeper', 'takeBack', { ...step, lines: [{ itemId: item.id, quantity: 1 }], reason: '未用完' }),
      ),
    ).toContain('not-signed')
    await expect(call('driver', 'viewIssue', { issueId: issue.id })).rejects.toThrow(Missing)
    const signed = await call('staff', 'acceptIssue', step)
    expect(signed.issue).toMatchObject({ state: 'accepted', answeredOn: today })
    expect((await call('staff', 'issues', {})).items.map(({ id }) => id)).toContain(issue.id)
    const back = (quantity: number, version: number) =>
      call('keeper', 'takeBack', {
        issueId: issue.id,
        version,
        lines: [{ itemId: item.id, quantity }],
        reason: '未用完',
      })
    expect(await refusalsOf(back(3, signed.issue.version))).toEqual(['more-than-out'])
    const once = await back(1, signed.issue.version)
    await expect(back(1, signed.issue.version)).rejects.toThrow(Conflict)
    const twice = await back(1, once.issue.version)
    expect(twice.lines).toMatchObject([{ returned: 2, returnedFen: 6_667 }])
    expect(twice.may.takeBack?.map(({ code }) => code)).toEqual(['nothing-out'])
    expect(await stockOf(item.id)).toMatchObject({ quantity: 3, valueFen: 10_000 })
    const { items } = await call('keeper', 'movements', { itemId: item.id })
    expect(items.map(({ kind, quantity, valueAfterFen }) => [kind, quantity, valueAfterFen])).toEqual([
      ['return', 1, 10_000],
      ['return', 1, 6_667],
      ['issue', -2, 3_333],
      ['receipt', 3, 10_000],
    ])
  })

  it('declined or withdrawn, everything lies in the stock again as before', async () => {
    const item = await stocked(5, 1_001)
    const first = await give([{ itemId: item.id, quantity: 5 }])
    expect(await stockOf(item.id)).toMatchObject({ quantity: 0, valueFen: 0 })
    await call('staff', 'declineIssue', { issueId: first.issue.id, version: first.issue.version, opinion: '规格不对' })
    expect(await stockOf(item.id)).toMatchObject({ quantity: 5, valueFen: 1_001 })
    const second = await give([{ itemId: item.id, quantity: 2 }])
    const step = { issueId: second.issue.id, version: second.issue.version }
    await call('keeper', 'withdrawIssue', step)
    expect(await stockOf(item.id)).toMatchObject({ quantity: 5, valueFen: 1_001 })
    await expect(call('staff', 'acceptIssue', step)).rejects.toThrow(Conflict)
  })

  it('never goes below zero, whoever asks at the same time; the database says so too', async () => {
    const [a, b] = [await stocked(5, 500), await stocked(5, 700)]
    expect(
      await refusalsOf(
        give([
          { itemId: a.id, quantity: 6 },
          { itemId: b.id, quantity: 9 },
        ]),
      ),
    ).toEqual(['not-enough', 'not-enough'])
    // In both orders, so that a lock taken in the order of the request would wait for ever.
    const rush = await Promise.allSettled(
      Array.from({ length: 8 }, (_, at) =>
        give(
          at % 2 === 0
            ? [a, b].map(({ id }) => ({ itemId: id, quantity: 2 }))
            : [b, a].map(({ id }) => ({ itemId: id, quantity: 2 })),
        ),
      ),
    )
    expect(rush.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    expect(await stockOf(a.id)).toMatchObject({ quantity: 1 })
    await expect(
      inTx((tx) => sql`update consumables.item set quantity = quantity - 2 where id = ${a.id}`.execute(tx)),
    ).rejects.toThrow(/violates check constraint/)
    await expect(give([{ itemId: a.id, quantity: 1 }], 'other', 'other')).rejects.toThrow(Missing)
    expect(await refusalsOf(give([{ itemId: a.id, quantity: 1 }], 'keeper', 'other'))).toEqual(['no-receiver'])
  })

  it('a count puts the book to what lies there, with its reason; a stopped item needs an empty shelf', async () => {
    const item = await stocked(10, 1_000)
    const count = (counted: number, version: number, reason = '年末盘点，受潮报损') =>
      call('keeper', 'countItem', { itemId: item.id, version, counted, reason })
    expect(await refusalsOf(count(10, item.version))).toEqual(['count-agrees'])
    const less = await count(7, item.version)
    expect(less.item).toMatchObject({ quantity: 7, valueFen: 700 })
    await expect(count(6, item.version)).rejects.toThrow(Conflict)
    const terms = { itemId: item.id, name: item.name, spec: item.spec, unit: '包', stopped: true, reason: '不再采购' }
    expect(await refusalsOf(call('keeper', 'changeItem', { ...terms, version: less.item.version }))).toEqual([
      'stock-left',
    ])
    const none = await count(0, less.item.version)
    const stopped = await call('keeper', 'changeItem', { ...terms, version: none.item.version })
    expect(stopped.item).toMatchObject({ stopped: true, quantity: 0, valueFen: 0 })
    expect(await refusalsOf(give([{ itemId: item.id, quantity: 1 }]))).toContain('item-stopped')
  })
})

describe('workbooks of the stock', () => {
  const csv = async (text: string) => ({
    ...(await uploaded(text, '期初.csv')),
    sha256: createHash('sha256').update(text).digest('hex'),
  })

  it('what comes in from one comes out into another', { timeout: 60_000 }, async () => {
    const head = '品名,规格,单位,存放地点,库存下限,数量,金额（元）'
    const file = await csv([head, '签字笔,0.5mm,支,库房,20,100,150.50', '硒鼓,HP 88A,个,库房,2,1,380'].join('\n'))
    expect(await call('other', 'importItems', { file })).toMatchObject({ read: 2, created: 2, problems: [] })
    const listed = await call('other', 'items', { low: 'yes' })
    expect(listed).toMatchObject({ low: 1, valueFen: 53_050, items: [{ name: '硒鼓', quantity: 1 }] })
    const { body } = (await call('other', 'exportItems', {})) as unknown as Download
    const bytes = Buffer.isBuffer(body) ? body : await buffer(body as Readable)
    const again = { ...(await uploaded(bytes, '导出.xlsx')), sha256: createHash('sha256').update(bytes).digest('hex') }
    expect(await call('keeper', 'importItems', { file: again })).toMatchObject({ created: 2, problems: [] })
    expect((await call('keeper', 'items', { text: '硒鼓' })).items).toMatchObject([{ quantity: 1, valueFen: 38_000 }])
    for (const name of ['items', 'issues'] as const)
      await expect(call('keeper', name, { after: 'nonsense' }), name).rejects.toThrow('翻页位置')
  })

  it('verification adds the ledger up, and tells what was changed past it', async () => {
    for (const { check } of checks) expect((await inTx((tx) => check(tx))).faults).toEqual([])
    await expect(
      inTx(async (tx) => {
        await sql`update consumables.item set value_fen = value_fen + 1 where name = '硒鼓'`.execute(tx)
        for (const { check } of checks) expect((await check(tx)).faults).toHaveLength(2)
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
  })
})
