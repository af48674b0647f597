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
import organs from '#modules/organs/module.ts'
import { demonstrationOrganId, organById } from '#modules/organs/offers.ts'
import people from '#modules/people/module.ts'
import { directory, peopleWithRoles } from '#modules/people/offers.ts'
import { actions } from '../actions.ts'
import { contract } from '../contract.ts'
import consumables from '../module.ts'

export const today = '2026-11-23'
let database: FreshDatabase
let files: FileStore
export const actors: Record<string, Actor> = {}

/** A database with the demonstration's organs and people, some of them as actors; for `beforeAll`. */
export async function openStockStage(filesDirectory: string): Promise<void> {
  database = await freshDatabase()
  files = await openFileStore(filesDirectory)
  await transaction(database.db, async (tx) => {
    for (const { reference, seed } of [organs, people]) {
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
    await hire('driver', 'taiyuan-education', ['driver'])
    await hire('head', 'taiyuan-education', ['organ-head'])
    await hire('other', 'taiyuan-police', ['asset-keeper'])
    await hire('reviewer', 'taiyuan-authority', ['asset-reviewer'])
    await hire('province', 'province-authority', ['asset-reviewer'])
  })
}
export const closeStockStage = () => database.drop()

const caseKinds = new Map((consumables.cases ?? []).map((declared) => [declared.kind.kind, declared]))

/** Work as somebody behind row-level security, as a request of theirs would run. */
export const inActOf = <T>(who: string, work: (act: ReturnType<typeof testAct>) => Promise<T>) => {
  const actor = actors[who] as Actor
  return transaction(database.db, (tx) => work(testAct({ tx, today, directory, caseKinds, files, actor })), {
    scope: scopeOf(actor),
  })
}
export const inTx = <T>(work: (tx: Tx) => Promise<T>) => transaction(database.db, work)

/** Through the contract, as a named person. */
export async function call<N extends keyof typeof contract>(
  who: string,
  name: N,
  input: z.input<(typeof contract)[N]['input']>,
): Promise<z.output<(typeof contract)[N]['output']>> {
  const operation = contract[name]
  const parsed = operation.input.parse(input) as Record<string, unknown>
  return inActOf(who, (act) =>
    perform(act, { operation, action: actions[name] as never, ifMatch: null, session: noSession }, parsed),
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
export const factsOf = (id: string) =>
  inTx(async (tx) =>
    (
      await sql<{ fact: string }>`select fact from kernel.audit_entry where subject_id = ${id} order by id`.execute(tx)
    ).rows.map(({ fact }) => fact),
  )

/** Links an organ's keepers were told of. */
export const toldOf = (who: string) =>
  inTx(async (tx) =>
    (
      await sql<{ text: string }>`select text from kernel.notification
        where organ_id = ${actors[who]?.organ?.id ?? null} order by id`.execute(tx)
    ).rows.map(({ text }) => text),
  )
