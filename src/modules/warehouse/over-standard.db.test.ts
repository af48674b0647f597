import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Download } from '#kernel/server/context.ts'
import { BadInput, Forbidden } from '#kernel/server/errors.ts'
import {
  actors,
  call,
  closeWarehouseStage,
  desktops,
  openWarehouseStage,
  photograph,
  theStore,
  today,
} from './testing/warehouse-stage.ts'

let directory: string
let idle: string[]
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-over-standard-'))
  await openWarehouseStage(directory)
  // Far beyond any headcount, on one card; three more stand idle. The third organ has few.
  await desktops('keeper', 1, { quantity: 2_000, state: 'in-use' })
  idle = await desktops('keeper', 3)
  await desktops('third', 2)
  await desktops('borrower', 1, { classCode: 'A02010108', name: '便携式计算机', quantity: 3_000, state: 'in-use' })
}, 60_000)
afterAll(async () => {
  await closeWarehouseStage()
  await rm(directory, { recursive: true, force: true })
})

const list = (who: string, input = {}) => call(who, 'overStandard', input)
const organOf = (who: string) => actors[who]?.organ?.id ?? ''

describe('超标准配置清单 (A22-1, A23-1, intake G2)', () => {
  it('A6-1 who reads the level sees its organs, by organ and kind; others nothing', async () => {
    for (const who of ['keeper', 'third', 'staff', 'countyClerk']) {
      await expect(list(who), who).rejects.toThrow(Forbidden)
      await expect(call(who, 'overStandardTotals', {}), who).rejects.toThrow(Forbidden)
    }
    for (const who of ['county', 'province']) expect((await list(who)).items, who).toEqual([])
    const { items, total } = await list('finance')
    expect(total).toBe(2)
    const desktop = items.find(({ code }) => code === 'item.desktop')
    expect(desktop).toMatchObject({ organId: organOf('keeper'), title: '台式计算机', held: 2_003, idle: 3, unit: '台' })
    expect(desktop?.limit).toBe(desktop?.staffInPost)
    expect(desktop?.excess).toBe(2_003 - (desktop?.limit ?? 0))
    expect(desktop?.classPrefix).toBe('A02010105')
    expect(items.find(({ code }) => code === 'item.laptop')).toMatchObject({ organId: organOf('borrower'), idle: 0 })
    expect(await call('warehouse', 'overStandardTotals', {})).toMatchObject({
      organs: 2,
      lines: 2,
      idleLines: 1,
      idlePieces: 3,
    })
  })

  it('pages by key, filters, and is exported as it is filtered', async () => {
    const first = await list('warehouse', { limit: 1 })
    expect(first.items).toHaveLength(1)
    const second = await list('warehouse', { limit: 1, after: first.next ?? '' })
    expect(second.next).toBe(null)
    expect(second.items[0]?.organId).not.toBe(first.items[0]?.organId)
    expect((await list('warehouse', { idle: 'true' })).items.map(({ code }) => code)).toEqual(['item.desktop'])
    expect((await list('warehouse', { organId: organOf('third') })).items).toEqual([])
    await expect(list('warehouse', { after: `${organOf('third')}:item.desktop` })).rejects.toThrow(BadInput)
    const sheet = (await call('warehouse', 'exportOverStandard', { code: 'item.desktop' })) as unknown as Download
    expect(sheet.fileName).toBe('超标准配置清单.xlsx')
    ;(sheet.body as { destroy?: () => void }).destroy?.()
  })

  it('GWC-R02 what is called for as over standard leaves the list once it has come in', async () => {
    const desktop = async () => (await list('warehouse')).items.find(({ code }) => code === 'item.desktop')
    const before = await desktop()
    const { intake, items } = await call('warehouse', 'callIntake', {
      cardIds: idle.slice(0, 2),
      trigger: 'G2',
      triggeredOn: today,
      reason: '台式计算机超标准',
    })
    expect(intake).toMatchObject({ state: 'called', trigger: 'G2', items: 2 })
    // On its way it still stands at the organ, idle.
    expect(await desktop()).toEqual(before)
    const handed = await call('keeper', 'handIn', {
      intakeId: intake.id,
      version: intake.version,
      declaredFree: true,
    })
    for (const { id } of items) {
      const { item } = await photograph('keeper', id)
      const found = { repairFen: 0, replacementFen: 480_000, storeId: await theStore(), place: 'A-01' }
      await call('warehouse', 'appraiseItem', { itemId: id, version: item.version, ...found })
    }
    await call('warehouse', 'receiveIntake', {
      intakeId: intake.id,
      version: handed.intake.version,
      handedByName: '王丽娟',
      receiverName: '赵仓管',
    })
    expect(await desktop()).toMatchObject({ held: 2_001, idle: 1, excess: (before?.excess ?? 0) - 2 })
  })
})
