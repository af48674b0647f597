import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Download } from '#kernel/server/context.ts'
import { Conflict, Missing } from '#kernel/server/errors.ts'
import { uploaded } from '#kernel/testing/workbook-file.ts'
import { jobs } from './jobs.ts'
import {
  call,
  closeAssetsStage,
  factsOf,
  jobWork,
  openAssetsStage,
  refusalsOf,
  registerDesktop,
  today,
} from './testing/assets-stage.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-fields-'))
  await openAssetsStage(join(directory, 'files'))
})
afterAll(async () => {
  await closeAssetsStage()
  await rm(directory, { recursive: true, force: true })
})

const define = (given: Partial<Parameters<typeof call<'defineField'>>[2]> = {}, who = 'reviewer') =>
  call(who, 'defineField', {
    classPrefix: 'A02010105',
    kind: 'number',
    name: '内存容量',
    unit: 'GB',
    from: today,
    reason: '统一配置口径',
    ...given,
  })

describe('fields that an authority adds to cards of a class (A12-1, A12-2)', () => {
  it('are set by the authority of the level, for its own level alone', async () => {
    for (const who of ['keeper', 'head', 'finance']) expect(await refusalsOf(define({}, who)), who).toContain('role')
    const field = await define({ name: '显示器尺寸', unit: '英寸' })
    expect(await refusalsOf(define({ name: '显示器尺寸' }))).toEqual(['field-taken'])
    expect(await refusalsOf(define({ name: '存放地点' }))).toEqual(['field-taken'])
    expect((await call('keeper', 'customFields', {})).items.map(({ name }) => name)).toEqual(['显示器尺寸'])
    expect((await call('province', 'customFields', {})).items).toEqual([])
    await expect(
      call('county', 'reviseField', { fieldId: field.id, version: 1, name: '尺寸', from: today, reason: '改' }),
    ).rejects.toThrow(Missing)
    const two = await Promise.allSettled(
      ['甲', '乙'].map((name) =>
        call('reviewer', 'reviseField', { fieldId: field.id, version: 1, name, from: today, reason: '改' }),
      ),
    )
    expect(two.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await expect(
      call('reviewer', 'retireField', { fieldId: field.id, version: 1, from: today, reason: '停' }),
    ).rejects.toThrow(Conflict)
    await call('reviewer', 'retireField', { fieldId: field.id, version: 2, from: today, reason: '不再需要' })
    expect(await factsOf(field.id)).toEqual(['assets.field-defined', 'assets.field-revised', 'assets.field-retired'])
    expect((await call('reviewer', 'customFields', {})).items[0]).toMatchObject({
      retired: true,
      earlier: [{ version: 2 }, { version: 1, name: '显示器尺寸' }],
    })
  })

  it('are typed, asked for, shown, changed in bulk, found and searched; what they said before stays', async () => {
    const memory = await define()
    const system = await define({
      name: '系统来源',
      kind: 'choice',
      unit: '',
      choices: ['统信', '麒麟'],
      required: true,
    })
    expect(await refusalsOf(registerDesktop())).toEqual(['custom-field-missing'])
    expect(await refusalsOf(registerDesktop({ detail: { [system.id]: '微软', [memory.id]: '十六' } }))).toEqual([
      'custom-field-value',
      'custom-field-value',
    ])
    const { card, customFields } = await registerDesktop({ detail: { [system.id]: '统信', brand: '联想' } })
    expect(card.detail).toEqual({ [system.id]: '统信', brand: '联想' })
    expect(customFields.map(({ name }) => name)).toEqual(['内存容量', '系统来源'])
    const second = await registerDesktop({ detail: { [system.id]: '麒麟', [memory.id]: 8 } })
    const changed = await call('keeper', 'changeCards', {
      cardIds: [card.id, second.card.id],
      effectiveOn: today,
      reason: '统一扩容',
      custom: { [memory.id]: 16 },
    })
    expect(changed).toEqual({ changed: 2, unchanged: 0 })
    const seen = await call('keeper', 'viewCard', { cardId: second.card.id })
    expect(seen.card.detail).toMatchObject({ [memory.id]: 16, [system.id]: '麒麟' })
    const dayBefore = await call('keeper', 'viewCard', { cardId: card.id })
    expect(dayBefore.events[0]).toMatchObject({ kind: 'details' })
    // A desk has no such field.
    const desk = await registerDesktop({ classCode: 'A05010201', name: '办公桌' })
    expect(
      await refusalsOf(
        call('keeper', 'changeCards', {
          cardIds: [desk.card.id],
          effectiveOn: today,
          reason: '误选',
          custom: { [memory.id]: 16 },
        }),
      ),
    ).toEqual(['custom-field-unknown'])
    const ids = async (filter: Parameters<typeof call<'cards'>>[2]) =>
      (await call('keeper', 'cards', filter)).items.map(({ id }) => id).toSorted()
    const both = [card.id, second.card.id].toSorted()
    expect(await ids({ field: memory.id, fieldText: '16' })).toEqual(both)
    expect(await ids({ field: memory.id, fieldText: '1' })).toEqual([])
    expect(await ids({ field: system.id, fieldText: '统信' })).toEqual([card.id])
    expect(await ids({ field: system.id })).toEqual(both)
    expect(await ids({ text: '麒麟' })).toEqual([second.card.id])

    await call('reviewer', 'retireField', { fieldId: memory.id, version: 1, from: today, reason: '停用' })
    const { card: now } = await call('keeper', 'viewCard', { cardId: card.id })
    const changing = {
      cardId: card.id,
      effectiveOn: today,
      reason: '改名',
      ...now,
      name: '台式机',
      detail: { [system.id]: '麒麟' },
    }
    const { card: after, customFields: shown } = await call('keeper', 'changeDetails', changing)
    expect(after.detail).toEqual({ [memory.id]: 16, [system.id]: '麒麟' })
    expect(shown.find(({ id }) => id === memory.id)?.retired).toBe(true)
  })

  it('stand in the template, are read from workbooks and written to them', async () => {
    const shelf = await define({ classPrefix: 'A05', name: '层数', kind: 'number', unit: '层', required: true })
    const bought = await define({ classPrefix: 'A05', name: '环保检测日期', kind: 'date', unit: '' })
    const head = '资产编号,资产名称,分类代码,原值（元）,取得日期,层数（层）,环保检测日期'
    const text = [
      head,
      'F-1,文件柜,A05010502,800,2024-05-01,5 层,2024年5月20日',
      'F-2,文件柜,A05010502,800,2024-05-01,,',
      'F-3,文件柜,A05010502,800,2024-05-01,约五,2024-05-20',
    ].join('\n')
    const file = {
      ...(await uploaded(text, '家具.csv')),
      sha256: createHash('sha256').update(text).digest('hex'),
    }
    const { id } = await call('keeper', 'readImport', { file })
    await jobs['assets.read-import']?.run(jobWork('keeper', { importId: id }))
    const read = await call('keeper', 'viewImport', { importId: id })
    expect(read).toMatchObject({ rows: 3, badRows: 2, unknownColumns: [] })
    const { items } = await call('keeper', 'importProblems', { importId: id })
    expect(items.map(({ row, columnKey, code }) => [row, columnKey, code])).toEqual([
      [3, `detail.${shelf.id}`, 'missing'],
      [4, `detail.${shelf.id}`, 'unreadable'],
    ])
    const mended = await call('keeper', 'mendImportRow', {
      importId: id,
      row: 3,
      cells: { [`detail.${shelf.id}`]: '4' },
    })
    await call('keeper', 'applyImport', { importId: id, version: mended.version, rows: 'in-order' })
    await jobs['assets.apply-import']?.run(jobWork('keeper', { importId: id }))
    const found = await call('keeper', 'cards', { field: shelf.id, fieldText: '5' })
    expect(found.items.map(({ number }) => number)).toEqual(['F-1'])
    const { body } = (await call('keeper', 'exportCards', { field: shelf.id })) as unknown as Download
    // What comes out goes in again, at another organ of the level.
    const bytes = Buffer.isBuffer(body) ? body : await buffer(body as Readable)
    const again = { ...(await uploaded(bytes, '导出.xlsx')), sha256: createHash('sha256').update(bytes).digest('hex') }
    const other = await call('other', 'readImport', { file: again })
    await jobs['assets.read-import']?.run(jobWork('other', { importId: other.id }))
    const known = await call('other', 'viewImport', { importId: other.id })
    expect(known).toMatchObject({ rows: 2, badRows: 0 })
    await call('other', 'applyImport', { importId: other.id, version: known.version, rows: 'all' })
    await jobs['assets.apply-import']?.run(jobWork('other', { importId: other.id }))
    const taken = await call('other', 'cards', { field: bought.id, fieldText: '2024-05-20' })
    expect(taken.items.map(({ number }) => number)).toEqual(['F-1'])
  })
})
