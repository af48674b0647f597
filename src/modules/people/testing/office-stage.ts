import { sql } from 'kysely'
import type { z } from 'zod'
import type { ModuleManifest } from '#kernel/module.ts'
import type { Actor, Role } from '#kernel/pure/actor.ts'
import type { Contract, Operation } from '#kernel/pure/contract.ts'
import { noSession } from '#kernel/server/context.ts'
import { transaction, type Tx } from '#kernel/server/database.ts'
import { perform, type AnyAction } from '#kernel/server/dispatch.ts'
import { Forbidden, Refused } from '#kernel/server/errors.ts'
import { openFileStore, type FileStore } from '#kernel/server/file-store.ts'
import { scopeOf } from '#kernel/server/scope.ts'
import { testAct, testActor } from '#kernel/testing/act.ts'
import type { FreshDatabase } from '#kernel/testing/database.ts'
import organs from '#modules/organs/module.ts'
import { demonstrationOrganId, organById } from '#modules/organs/offers.ts'
import people from '../module.ts'
import { directory, peopleWithRoles } from '../offers.ts'
import { seededDatabase } from './seeded-database.ts'

type Work<T> = (act: ReturnType<typeof testAct>) => Promise<T>

/** Who stands where: `keeper: ['taiyuan-education', 'asset-keeper']`. */
export type Cast = Readonly<Record<string, readonly [organKey: string, role: Role]>>

/**
 * A database with the demonstration's organs and people, some of them as actors who ask through contracts behind row-level
 * security. Test files of one process share what a module declares: everything that changes is set by `open`.
 * @param of.seeded modules whose reference and demonstration are there after those of organs and people
 * @param of.running modules whose cases run
 * @param of.steppedUp everybody has just proved who they are
 */
export function officeStage(of: {
  today: string
  cast: Cast
  seeded?: readonly ModuleManifest[]
  running: readonly ModuleManifest[]
  steppedUp?: boolean
}) {
  const actors: Record<string, Actor> = {}
  const caseKinds = new Map(
    of.running.flatMap(({ cases = [] }) => cases.map((declared) => [declared.kind.kind, declared] as const)),
  )
  let database: FreshDatabase
  let files: FileStore | undefined

  const inTx = <T>(work: (tx: Tx) => Promise<T>) => transaction(database.db, work)

  /** For `beforeAll`; with a folder where kept files lie, where there are any. */
  async function open(filesDirectory?: string): Promise<void> {
    const { today } = of
    database = await seededDatabase(today, [organs, people, ...(of.seeded ?? [])])
    files = filesDirectory === undefined ? undefined : await openFileStore(filesDirectory)
    await inTx(async (tx) => {
      for (const [name, [organKey, role]] of Object.entries(of.cast)) {
        const organ = await organById(tx, demonstrationOrganId(organKey), today)
        if (!organ) throw new Error(organKey)
        const [person] = await peopleWithRoles(tx, { organId: organ.id, roles: [role] }, today)
        const actor = testActor(organ, [role], person ? { id: person.id, name: person.name } : { name })
        actors[name] = of.steppedUp ? { ...actor, steppedUp: true } : actor
      }
    })
  }

  /** Work as somebody, as a request of theirs would run; null for the system. */
  const inActOf = <T>(who: string | null, work: Work<T>, on = of.today): Promise<T> => {
    const actor = who === null ? undefined : (actors[who] as Actor)
    const more = { ...(files ? { files } : {}), ...(actor ? { actor } : {}) }
    return transaction(
      database.db,
      (tx) => work(testAct({ tx, today: on, directory, caseKinds, ...more })),
      actor ? { scope: scopeOf(actor) } : {},
    )
  }

  /** Asks through a contract, as a named person, on a day. */
  const calling =
    <C extends Contract>(contract: C, actions: { readonly [K in keyof C]: unknown }) =>
    async <N extends keyof C & string>(
      who: string,
      name: N,
      input: z.input<C[N]['input']>,
      on = of.today,
    ): Promise<z.output<C[N]['output']>> => {
      const operation = contract[name] as Operation
      const action = actions[name] as AnyAction
      const parsed = operation.input.parse(input) as Record<string, unknown>
      return inActOf(
        who,
        (act) => perform(act, { operation, action, ifMatch: null, session: noSession }, parsed),
        on,
      ) as Promise<z.output<C[N]['output']>>
    }

  /** What the audit record says happened to a subject. */
  const factsOf = (id: string) =>
    inTx(async (tx) =>
      (
        await sql<{ fact: string }>`select fact from kernel.audit_entry where subject_id = ${id} order by id`.execute(
          tx,
        )
      ).rows.map(({ fact }) => fact),
    )

  /** What somebody's organ was told, oldest first. */
  const noticesTo = (who: string) =>
    inTx(async (tx) =>
      (
        await sql<{ text: string }>`select text from kernel.notification
          where organ_id = ${actors[who]?.organ?.id ?? null} order by id`.execute(tx)
      ).rows.map(({ text }) => text),
    )

  return {
    actors,
    theDatabase: () => database,
    open,
    close: () => database.drop(),
    inTx,
    inActOf,
    calling,
    factsOf,
    noticesTo,
  }
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
