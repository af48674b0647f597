import { sql } from 'kysely'
import type { Actor } from '#kernel/pure/actor.ts'
import type { testAct } from '#kernel/testing/act.ts'
import type { CardFacts } from '#modules/assets/model.ts'
import { registerCards } from '#modules/assets/offers.ts'
import { cardFacts } from '#modules/assets/testing/card-facts.ts'
import { actions as disposalActions } from '#modules/disposal/actions.ts'
import { contract as disposalContract } from '#modules/disposal/contract.ts'
import disposal from '#modules/disposal/module.ts'
import { officeStage } from '#modules/people/testing/office-stage.ts'
import standards from '#modules/standards/module.ts'
import { actions } from '../actions.ts'
import { contract } from '../contract.ts'
import warehouse from '../module.ts'

export { refusalsOf } from '#modules/people/testing/office-stage.ts'

export const today = '2026-11-23'
const stage = officeStage({
  today,
  seeded: [standards],
  running: [warehouse, disposal],
  cast: {
    keeper: ['taiyuan-education', 'asset-keeper'],
    staff: ['taiyuan-education', 'staff'],
    borrower: ['taiyuan-police', 'organ-clerk'],
    third: ['taiyuan-organisation', 'organ-clerk'],
    warehouse: ['taiyuan-authority', 'asset-reviewer'],
    planner: ['taiyuan-authority', 'plan-reviewer'],
    leader: ['taiyuan-authority', 'authority-leader'],
    finance: ['taiyuan-finance', 'finance-reviewer'],
    province: ['province-authority', 'asset-reviewer'],
    county: ['qingxu-authority', 'asset-reviewer'],
    countyClerk: ['qingxu-education', 'organ-clerk'],
    countyPlanner: ['qingxu-authority', 'plan-reviewer'],
  },
})
export const { actors, calling, inActOf, inTx, noticesTo, factsOf: recordedOf, close: closeWarehouseStage } = stage

let directoryOfFiles: string
let storeId: string | null = null

/** A database with standards, the demonstration's organs and people; for `beforeAll`. */
export async function openWarehouseStage(filesDirectory: string): Promise<void> {
  serial = 0
  // The store of another database is none here.
  storeId = null
  directoryOfFiles = filesDirectory
  await stage.open(filesDirectory)
}

/** Timed work, on a day. */
export const inSystem = <T>(work: (act: ReturnType<typeof testAct>) => Promise<T>, on: string) =>
  inActOf(null, work, on)

/** Through the contract, as a named person, on a day. */
export const call = stage.calling(contract, actions)
/** What goes from the warehouse to its end goes by the procedure of all disposals. */
export const dispose = stage.calling(disposalContract, disposalActions)

/** The card as the register has it, whoever holds it. */
export const cardOf = (id: string) =>
  inTx(
    async (tx) =>
      (
        await sql<{
          organId: string
          state: string
          number: string
          costFen: number
          accumulatedFen: number
          place: string
          custodianName: string
        }>`select organ_id, state, number, cost_fen, accumulated_fen, place, custodian_name from assets.card where id = ${id}`.execute(
          tx,
        )
      ).rows[0],
  )

let serial = 0
/** Desktops of an organ, as its register has them. */
export async function desktops(who: string, count: number, given: Partial<CardFacts> = {}): Promise<string[]> {
  const { organ } = actors[who] as Actor
  if (!organ) throw new Error(who)
  const facts = Array.from({ length: count }, () =>
    cardFacts({
      organId: organ.id,
      jurisdictionCode: organ.jurisdictionCode,
      number: `ZC-${++serial}`,
      serialNumber: '',
      state: 'idle',
      userName: '',
      custodianName: '',
      ...given,
    }),
  )
  return inActOf(who, (act) => registerCards(act, facts, null))
}

/** The smallest picture there is. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)
export async function photograph(who: string, itemId: string, fileName = '正面.png') {
  const { writeFile } = await import('node:fs/promises')
  const { createHash } = await import('node:crypto')
  const path = `${directoryOfFiles}/upload-${++serial}.png`
  await writeFile(path, pixel)
  const file = {
    path,
    fileName,
    sizeBytes: pixel.length,
    mediaType: fileName.endsWith('.png') ? 'image/png' : 'text/plain',
    sha256: createHash('sha256').update(pixel).digest('hex'),
  }
  return call(who, 'attachPhoto', { itemId, file })
}

/** The level's store, opened once. */
export async function theStore(): Promise<string> {
  storeId ??= (await call('warehouse', 'addStore', { name: '市直机关公物仓', kind: 'physical', address: '府西街' })).id
  return storeId
}

/** Cards of the education bureau on the shelf; the repair each needs decides its grade. */
export async function onShelf(
  count: number,
  repairFen = 0,
  given: Partial<CardFacts> = {},
  on = today,
): Promise<{ itemId: string; cardId: string }[]> {
  const cardIds = await desktops('keeper', count, given)
  const applied = await call(
    'keeper',
    'applyIntake',
    { cardIds, trigger: 'G1', triggeredOn: on, reason: '闲置满半年', declaredFree: true },
    on,
  )
  const { intake } = await call(
    'warehouse',
    'approveIntake',
    { intakeId: applied.intake.id, version: applied.intake.version },
    on,
  )
  for (const { id } of applied.items) {
    const { item } = await photograph('keeper', id)
    await call(
      'warehouse',
      'appraiseItem',
      {
        itemId: id,
        version: item.version,
        repairFen,
        replacementFen: 480_000,
        storeId: await theStore(),
        place: 'A-01',
      },
      on,
    )
  }
  await call(
    'warehouse',
    'receiveIntake',
    { intakeId: intake.id, version: intake.version, handedByName: '王丽娟', receiverName: '赵仓管' },
    on,
  )
  return applied.items.map(({ id, cardId }) => ({ itemId: id, cardId }))
}
