import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { UploadedFile } from '#kernel/pure/contract.ts'
import type { Download } from '#kernel/server/context.ts'
import { uploaded } from '#kernel/testing/workbook-file.ts'
import { checks } from './checks.ts'
import { jobs } from './jobs.ts'
import type { Card } from './model.ts'
import {
  call,
  closeAssetsStage,
  inTx,
  jobWork,
  openAssetsStage,
  refusalsOf,
  registerDesktop,
  today,
} from './testing/assets-stage.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-round-trip-'))
  await openAssetsStage(join(directory, 'files'))
})
afterAll(async () => {
  await closeAssetsStage()
  await rm(directory, { recursive: true, force: true })
})

const exported = async (who: string): Promise<UploadedFile> => {
  const { body } = (await call(who, 'exportCards', {})) as unknown as Download
  const bytes = Buffer.isBuffer(body) ? body : await buffer(body as Readable)
  return { ...(await uploaded(bytes, '导出.xlsx')), sha256: createHash('sha256').update(bytes).digest('hex') }
}
const readFrom = async (file: UploadedFile, who: string) => {
  const { id } = await call(who, 'readImport', { file }, later)
  await jobs['assets.read-import']?.run(jobWork(who, { importId: id }, later))
  return call(who, 'viewImport', { importId: id })
}
const takeOver = async (file: UploadedFile, who: string) => {
  const read = await readFrom(file, who)
  await call(who, 'applyImport', { importId: read.id, version: read.version, rows: 'all' })
  await jobs['assets.apply-import']?.run(jobWork(who, { importId: read.id }, later))
}
/** The day the workbook comes back: November is closed. */
const later = '2026-12-02'
/** All that a card says, without whose it is and which row of the database. */
const said = async (who: string) => {
  const { items } = await call(who, 'cards', { sort: 'number', limit: 200 })
  const cards = await Promise.all(items.map(({ id }) => call(who, 'viewCard', { cardId: id })))
  return cards.map(({ card, holders }) => {
    const {
      id: _,
      organId: __,
      organName: ___,
      custodianId: ____,
      version: _____,
      registeredOn: ______,
      ...facts
    } = card
    return { ...facts, held: holders.map(({ custodianName, from, until }) => ({ custodianName, from, until })) }
  })
}
const byNumber = (cards: readonly Pick<Card, 'number' | 'accumulatedFen'>[], number: string) =>
  cards.find((card) => card.number === number)

describe('a register that goes out as a workbook and comes back (D4, A12-2)', () => {
  it(
    'every field of every card is the same in an empty register, and in its own there is nothing to change',
    { timeout: 60_000 },
    async () => {
      const define = (name: string, kind: 'text' | 'number' | 'date' | 'choice', choices: string[] = []) =>
        call('reviewer', 'defineField', {
          classPrefix: 'A02010105',
          kind,
          name,
          unit: '',
          choices,
          from: today,
          reason: '统一口径',
        })
      const [asset, memory, checkedOn, system] = [
        await define('资产标签号', 'text'),
        await define('内存容量', 'number'),
        await define('检测日期', 'date'),
        await define('系统来源', 'choice', ['统信', '麒麟']),
      ]
      await registerDesktop({
        number: '000123',
        name: '=1+1',
        model: '-5 \'A\'  "B" <c> & \\ _x0041_',
        serialNumber: '0012345678901234567890',
        supplier: '+86 太原\t某公司',
        contractNumber: '@合同',
        invoiceNumber: '007',
        voucherNumber: '1E5',
        department: '办公室',
        userName: "O'Neill",
        custodianName: '王 丽娟',
        place: '主楼 3 层　301',
        note: '第一行\n第二行，“引号”\n=cmd|"/c"',
        warrantyUntil: '2027-03-08',
        inspectionDue: '2026-12-31',
        fiscalFen: 100_001,
        costFen: 499_801,
        acquiredBy: 'allotment',
        valueKind: 'provisional',
        state: 'repair',
        depreciationMonths: 73,
        detail: {
          brand: '=SUM(A1:A2)',
          manufacturer: '',
          macAddress: '3C-52-82-0A-11-7F',
          ownInnovation: false,
          [asset.id]: '00042',
          [memory.id]: 0.0000001,
          [checkedOn.id]: '2024-02-29',
          [system.id]: '麒麟',
        },
      })
      await registerDesktop({ number: 'TRUE', name: '是', detail: { ownInnovation: true, [memory.id]: -16.5 } })
      await registerDesktop({
        number: '2013-1',
        classCode: 'A02010104',
        classEdition: '2013',
        acquiredOn: '2019-12-05',
        bookedOn: '2019-12-31',
      })
      await registerDesktop({
        number: 'JJ-1',
        classCode: 'A05010201',
        name: '办公桌',
        quantity: 12,
        unit: '张',
        costFen: 3_360_000,
        detail: { rank: '厅局级', material: '橡木' },
      })
      await registerDesktop({
        number: 'WW-1',
        classCode: 'A03000000',
        name: '展品',
        costFen: 100,
        valueKind: 'nominal',
        depreciationMonths: null,
      })
      // Its value changed on the way: what was charged is no longer what a straight line from its first month would be.
      const changed = await registerDesktop({ number: 'ZZ-1', acquiredOn: '2023-01-05', bookedOn: '2023-01-05' })
      await call('keeper', 'changeValue', {
        cardId: changed.card.id,
        version: changed.card.version,
        effectiveOn: '2025-06-10',
        reason: '加装',
        costFen: 899_800,
        fiscalFen: 899_800,
        depreciationMonths: 72,
      })
      await call('keeper', 'closeMonth', { month: '2026-11' }, later)
      const mine = await said('keeper')
      expect(mine).toHaveLength(6)
      expect(byNumber(mine, 'ZZ-1')?.accumulatedFen).not.toBe(0)

      const file = await exported('keeper')
      const again = await readFrom(file, 'keeper')
      expect(again).toMatchObject({
        state: 'read',
        rows: 6,
        badRows: 0,
        sameRows: 6,
        unknownColumns: ['持有机关', '净值'],
      })
      expect(again.may.apply?.map(({ message }) => message)).toEqual(['各行都与已登记的卡片一致，没有需要导入的内容。'])
      expect(
        await refusalsOf(call('keeper', 'applyImport', { importId: again.id, version: again.version, rows: 'all' })),
      ).toEqual(['no-rows'])

      await takeOver(file, 'other')
      expect(await said('other')).toEqual(mine)
      // What is left is charged by the same months in both books, also after a slip of the registration is put right.
      const taken = (await call('other', 'cards', { text: 'ZZ-1' }, later)).items[0]?.id as string
      const { card, events } = await call('other', 'viewCard', { cardId: taken }, later)
      const { id: eventId } = events.find(({ kind }) => kind === 'registered') as (typeof events)[number]
      await call(
        'other',
        'correctEvent',
        {
          cardId: taken,
          version: card.version,
          eventId,
          effectiveOn: later,
          reason: '笔误',
          changes: { note: '补记' },
        },
        later,
      )
      for (const who of ['keeper', 'other']) await call(who, 'closeMonth', { month: '2026-12' }, '2027-01-04')
      expect(byNumber(await said('other'), 'ZZ-1')?.accumulatedFen).toBe(
        byNumber(await said('keeper'), 'ZZ-1')?.accumulatedFen,
      )
      for (const check of checks) expect(await inTx((tx) => check.check(tx)), check.name).toMatchObject({ faults: [] })
    },
  )

  it('what came to differ is told by column, and a card that was moved meanwhile is not moved back', async () => {
    const file = await exported('keeper')
    const { items } = await call('keeper', 'cards', { text: 'JJ-1' }, later)
    const [desk] = items.map(({ id }) => id)
    await call(
      'keeper',
      'changeCards',
      { cardIds: [desk as string], effectiveOn: later, reason: '搬迁', place: '东楼101' },
      later,
    )
    const read = await readFrom(file, 'keeper')
    expect(read).toMatchObject({ rows: 6, badRows: 1, sameRows: 5 })
    const { items: problems } = await call('keeper', 'importProblems', { importId: read.id })
    expect(problems).toMatchObject([{ columnKey: 'number', found: 'JJ-1', code: 'number-taken' }])
    expect(problems[0]?.message).toContain('已有资产卡片，存放地点与卡片不同')
    // Put right, the row says what the card says; a number that is free makes it a new thing.
    const same = await call('keeper', 'mendImportRow', {
      importId: read.id,
      row: problems[0]?.row as number,
      cells: { place: '东楼101' },
    })
    expect(same).toMatchObject({ badRows: 0, sameRows: 6, problems: 0 })
  })

  it('AST-R05 what earlier books charged is taken over, and is never more than the cost', async () => {
    const text = [
      '资产编号,资产名称,分类代码,原值（元）,取得日期,累计折旧（元）',
      'Q-1,计算机,A02010105,7200,2024-01-05,1200',
      'Q-2,计算机,A02010105,7200,2024-01-05,7200.01',
      'Q-3,展品,A03000000,7200,2024-01-05,100',
    ].join('\n')
    const read = await readFrom(
      { ...(await uploaded(text, '账.csv')), sha256: createHash('sha256').update(text).digest('hex') },
      'keeper',
    )
    const { items } = await call('keeper', 'importProblems', { importId: read.id })
    expect(items.map(({ row, code, columnKey }) => [row, code, columnKey])).toEqual([
      [3, 'AST-R05', 'accumulatedFen'],
      [4, 'no-depreciation', 'accumulatedFen'],
    ])
    await call('keeper', 'applyImport', { importId: read.id, version: read.version, rows: 'in-order' })
    await jobs['assets.apply-import']?.run(jobWork('keeper', { importId: read.id }, later))
    const { items: found } = await call('keeper', 'cards', { text: 'Q-1' }, later)
    // 72 months from January 2024; the first that is charged here is the open one.
    expect(found).toMatchObject([{ accumulatedFen: 120_000, netFen: 600_000 }])
    for (const check of checks) expect(await inTx((tx) => check.check(tx)), check.name).toMatchObject({ faults: [] })
  })
})
