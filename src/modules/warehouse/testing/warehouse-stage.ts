import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor, Role } from '#kernel/pure/actor.ts'
import { noSession } from '#kernel/server/context.ts'
import { transaction, type Tx } from '#kernel/server/database.ts'
import { perform } from '#kernel/server/dispatch.ts'
import { Forbidden, Refused } from '#kernel/server/errors.ts'
import { openFileStore, type FileStore } from '#kernel/server/file-store.ts'
import { scopeOf } from '#kernel/server/scope.ts'
import { testAct, testActor } from '#kernel/testing/act.ts'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import type { CardFacts } from '#modules/assets/model.ts'
import { registerCards } from '#modules/assets/offers.ts'
import organs from '#modules/organs/module.ts'
import { demonstrationOrganId, organById } from '#modules/organs/offers.ts'
import people_ from '#modules/people/module.ts'
import { directory, peopleWithRoles } from '#modules/people/offers.ts'
import standards from '#modules/standards/module.ts'
import { actions } from '../actions.ts'
import { contract } from '../contract.ts'
import warehouse from '../module.ts'

export const today = '2026-11-23'
let database: FreshDatabase
let files: FileStore
let directoryOfFiles: string
let storeId: string | null = null
export const actors: Record<string, Actor> = {}

/** A database with standards, the demonstration's organs and people, and some of them as actors; for `beforeAll`. */
export async function openWarehouseStage(filesDirectory: string): Promise<void> {
  database = await freshDatabase()
  serial = 0 // files that share a process each begin anew
  directoryOfFiles = filesDirectory
  // Test files of one process share this module: the store of another database is none here.
  storeId = null
  files = await openFileStore(filesDirectory)
  await transaction(database.db, async (tx) => {
    for (const { reference, seed } of [organs, people_, standards]) {
      await reference?.(testAct({ tx, today, directory }), () => {})
      await seed?.(testAct({ tx, today, directory }), () => {})
    }
    const hire = async (name: string, organKey: string, roles: readonly Role[]) => {
      const organ = await organById(tx, demonstrationOrganId(organKey), today)
      if (!organ) throw new Error(organKey)
      const [person] = await peopleWithRoles(tx, { organId: organ.id, roles }, today)
      actors[name] = testActor(organ, roles, person ? { id: person.id, name: person.name } : { name })
    }
    await hire('keeper', 'taiyuan-education', ['asset-keeper'])
    await hire('staff', 'taiyuan-education', ['staff'])
    await hire('borrower', 'taiyuan-police', ['organ-clerk'])
    await hire('third', 'taiyuan-organisation', ['organ-clerk'])
    await hire('warehouse', 'taiyuan-authority', ['asset-reviewer'])
    await hire('planner', 'taiyuan-authority', ['plan-reviewer'])
    await hire('leader', 'taiyuan-authority', ['authority-leader'])
    await hire('finance', 'taiyuan-finance', ['finance-reviewer'])
    await hire('province', 'province-authority', ['asset-reviewer'])
    await hire('county', 'qingxu-authority', ['asset-reviewer'])
  })
}
export const closeWarehouseStage = () => database.drop()

const caseKinds = new Map((warehouse.cases ?? []).map((declared) => [declared.kind.kind, declared]))

/** Work as somebody behind row-level security, as a request of theirs would run. */
export const inActOf = <T>(who: string, work: (act: ReturnType<typeof testAct>) => Promise<T>, on = today) => {
  const actor = actors[who] as Actor
  return transaction(database.db, (tx) => work(testAct({ tx, today: on, directory, caseKinds, files, actor })), {
    scope: scopeOf(actor),
  })
}
/** As the system, past the wall. */
export const inTx = <T>(work: (tx: Tx) => Promise<T>) => transaction(database.db, work)

/** Timed work, on a day. */
export const inSystem = <T>(work: (act: ReturnType<typeof testAct>) => Promise<T>, on: string) =>
  transaction(database.db, (tx) => work(testAct({ tx, today: on, directory, caseKinds, files })))
/** What an organ was told, oldest first. */
export const noticesTo = (who: string) =>
  inTx(async (tx) =>
    (
      await sql<{
        text: string
      }>`select text from kernel.notification where organ_id = ${(actors[who] as Actor).organ?.id} order by id`.execute(
        tx,
      )
    ).rows.map(({ text }) => text),
  )

/** Through the contract, as a named person, on a day. */
export async function call<N extends keyof typeof contract>(
  who: string,
  name: N,
  input: z.input<(typeof contract)[N]['input']>,
  on = today,
): Promise<z.output<(typeof contract)[N]['output']>> {
  const operation = contract[name]
  const parsed = operation.input.parse(input) as Record<string, unknown>
  return inActOf(
    who,
    (act) => perform(act, { operation, action: actions[name] as never, ifMatch: null, session: noSession }, parsed),
    on,
  ) as Promise<z.output<(typeof contract)[N]['output']>>
}

/** Codes of the refusals an act meets; anything else it throws goes on. */
export async function refusalsOf(work: Promise<unknown>): Promise<string[]> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Refused) && !(error instanceof Forbidden)) throw error ?? new Error('was not refused')
  return error.refusals.map(({ code }) => code)
}

/** What the audit record says happened to a subject. */
export const recordedOf = (id: string) =>
  inTx(async (tx) =>
    (
      await sql<{ fact: string }>`select fact from kernel.audit_entry where subject_id = ${id} order by id`.execute(tx)
    ).rows.map(({ fact }) => fact),
  )

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
  const facts = Array.from({ length: count }, (): CardFacts => {
    const costFen = given.costFen ?? 499_800
    return {
      organId: organ.id,
      jurisdictionCode: organ.jurisdictionCode,
      number: `ZC-${++serial}`,
      classCode: 'A02010105',
      classEdition: '2022',
      name: '台式计算机',
      model: '联想启天 M455',
      serialNumber: '',
      unit: '台',
      quantity: 1,
      valueKind: 'cost',
      fiscalFen: costFen,
      otherFen: 0,
      acquiredOn: '2024-03-08',
      acquiredBy: 'purchase',
      bookedOn: '2024-03-12',
      depreciationMonths: 72,
      state: 'idle',
      department: '办公室',
      place: '主楼301',
      userName: '',
      custodianId: null,
      custodianName: '',
      supplier: '',
      contractNumber: '',
      invoiceNumber: '',
      voucherNumber: '',
      warrantyUntil: null,
      inspectionDue: null,
      note: '',
      detail: {},
      ...given,
      costFen,
    }
  })
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
