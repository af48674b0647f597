import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testCtx } from '#kernel/testing/act.ts'
import { actions as dutyActions } from '#modules/duties/actions.ts'
import { contract as dutyContract } from '#modules/duties/contract.ts'
import { remindBatch } from '#modules/duties/jobs.ts'
import { duties } from './duties.ts'
import { call, closeAssetsStage, inActOf, openAssetsStage, registerDesktop, today } from './testing/assets-stage.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-asset-duties-'))
  await openAssetsStage(directory)
})
afterAll(async () => {
  await closeAssetsStage()
  await rm(directory, { recursive: true, force: true })
})

/** What the register of duties tells somebody of their organ. */
const told = (who: string, on = today) =>
  inActOf(
    who,
    async (act) => {
      const input = dutyContract.list.input.parse({ reach: 'organ' })
      const { items } = await dutyActions.list(testCtx({ ...act, dutySources: duties }, input) as never)
      return items.map(({ term, title, dueOn, state }) => [term, title, dueOn, state])
    },
    on,
  )
const remind = (on: string) =>
  inActOf(null, async (act) => (await remindBatch({ ...act, dutySources: duties }, null)).reminded, on)

test('A12-2 warranties and inspections end on the days of the cards: told before, an inspection late until it was had', async () => {
  for (const warrantyUntil of ['2026-12-10', '2026-12-10', '2026-11-22', '2027-06-01'])
    await registerDesktop({ warrantyUntil })
  const { card } = await registerDesktop({ number: 'JC-1', name: '压力容器', inspectionDue: '2026-11-20' })
  const inspection = ['asset-inspection', '压力容器（JC-1）定期检验', '2026-11-20', 'overdue']
  const warranty = ['asset-warranty', '2项资产保修期满', '2026-12-10', 'coming']
  expect(await told('keeper')).toEqual([inspection, warranty])
  expect(await told('other')).toEqual([])
  // The day after it was missed and, of the warranties, on the 20th day of 30: each once.
  expect(await remind('2026-11-30')).toBe(2)
  expect(await remind('2026-11-30')).toBe(0)
  expect(await told('keeper', '2026-12-11')).toEqual([inspection])
  // Inspected: the card tells of the next day, and the old one is due no more.
  const { id: cardId, version, name, model, serialNumber, supplier, contractNumber, invoiceNumber } = card
  const { voucherNumber, warrantyUntil, note, detail } = card
  const kept = {
    name,
    model,
    serialNumber,
    supplier,
    contractNumber,
    invoiceNumber,
    voucherNumber,
    warrantyUntil,
    note,
  }
  await call('keeper', 'changeDetails', {
    ...kept,
    cardId,
    version,
    detail: detail as never,
    effectiveOn: today,
    reason: '检验合格',
    inspectionDue: '2027-11-20',
  })
  expect(await told('keeper', '2026-12-11')).toEqual([
    ['asset-inspection', '压力容器（JC-1）定期检验', '2027-11-20', 'coming'],
  ])
})
