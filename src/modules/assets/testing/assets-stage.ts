import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor, Role } from '#kernel/pure/actor.ts'
import { transaction, type Tx } from '#kernel/server/database.ts'
import { perform } from '#kernel/server/dispatch.ts'
import { Forbidden, Refused } from '#kernel/server/errors.ts'
import { scopeOf } from '#kernel/server/scope.ts'
import { testAct, testActor } from '#kernel/testing/act.ts'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import organs from '#modules/organs/module.ts'
import { demonstrationOrganId, organById } from '#modules/organs/offers.ts'
import people_ from '#modules/people/module.ts'
import { directory, peopleWithRoles } from '#modules/people/offers.ts'
import standards from '#modules/standards/module.ts'
import { noSession } from '#kernel/server/context.ts'
import type { JobWork } from '#kernel/server/jobs.ts'
import { openFileStore, type FileStore } from '#kernel/server/file-store.ts'
import { actions } from '../actions.ts'
import { contract } from '../contract.ts'
import assets from '../module.ts'

export const today = '2026-11-23'
let database: FreshDatabase
let files: FileStore
export const actors: Record<string, Actor> = {}
export const theDatabase = () => database

/** A database with standards, the demonstration's organs and people, and some of them as actors; for `beforeAll`. */
export async function openAssetsStage(filesDirectory: string): Promise<void> {
  database = await freshDatabase()
  serial = 0 // files that share a process each begin anew
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
    await hire('head', 'taiyuan-education', ['organ-head'])
    await hire('collector', 'taiyuan-court', ['asset-keeper'])
    await hire('other', 'taiyuan-police', ['asset-keeper'])
    await hire('reviewer', 'taiyuan-authority', ['asset-reviewer'])
    await hire('finance', 'taiyuan-finance', ['finance-reviewer'])
    await hire('province', 'province-authority', ['asset-reviewer'])
    await hire('county', 'qingxu-authority', ['asset-reviewer'])
    await hire('driver', 'taiyuan-education', ['driver'])
    await hire('administrator', 'taiyuan-authority', ['system-administrator'])
  })
}
export const closeAssetsStage = () => database.drop()

const caseKinds = new Map((assets.cases ?? []).map((declared) => [declared.kind.kind, declared]))

/** Work as somebody behind row-level security, as a request of theirs would run. */
export const inActOf = <T>(who: string | null, work: (act: ReturnType<typeof testAct>) => Promise<T>, on = today) => {
  const actor = who === null ? undefined : (actors[who] as Actor)
  return transaction(
    database.db,
    (tx) => work(testAct({ tx, today: on, directory, caseKinds, files, ...(actor ? { actor } : {}) })),
    actor ? { scope: scopeOf(actor) } : {},
  )
}
export const inTx = <T>(work: (tx: Tx) => Promise<T>) => transaction(database.db, work)

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

/** What a job is given when it runs for somebody. */
export const jobWork = (who: string, data: unknown, on = today): JobWork => ({
  runId: 'run',
  data,
  transact: (work) => inActOf(who, work, on),
  progress: async () => {},
})

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

let serial = 0
/** A desktop of the education bureau, registered by its keeper. */
export const registerDesktop = (
  given: Partial<z.input<(typeof contract)['registerCard']['input']>> = {},
  on = today,
  who = 'keeper',
) =>
  call(
    who,
    'registerCard',
    {
      number: `JY-${++serial}`,
      classCode: 'A02010105',
      name: '台式计算机',
      costFen: 499_800,
      acquiredOn: '2024-03-08',
      bookedOn: '2024-03-12',
      place: '主楼301',
      custodianName: '王丽娟',
      ...given,
    },
    on,
  )
