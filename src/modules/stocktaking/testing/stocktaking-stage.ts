import type { z } from 'zod'
import type { Actor, Role } from '#kernel/pure/actor.ts'
import type { Contract, Operation } from '#kernel/pure/contract.ts'
import { noSession } from '#kernel/server/context.ts'
import { transaction, type Tx } from '#kernel/server/database.ts'
import { perform, type AnyAction } from '#kernel/server/dispatch.ts'
import { Forbidden, Refused } from '#kernel/server/errors.ts'
import { openFileStore, type FileStore } from '#kernel/server/file-store.ts'
import { newId } from '#kernel/server/identifier.ts'
import { scopeOf } from '#kernel/server/scope.ts'
import { testAct, testActor } from '#kernel/testing/act.ts'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import { actions as assetActions } from '#modules/assets/actions.ts'
import { contract as assetContract } from '#modules/assets/contract.ts'
import organs from '#modules/organs/module.ts'
import { demonstrationOrganId, organById } from '#modules/organs/offers.ts'
import people_ from '#modules/people/module.ts'
import { directory, peopleWithRoles } from '#modules/people/offers.ts'
import standards from '#modules/standards/module.ts'
import { actions } from '../actions.ts'
import { contract } from '../contract.ts'
import stocktaking from '../module.ts'

export const today = '2026-11-23'
let database: FreshDatabase
let files: FileStore
let serial: number
export const actors: Record<string, Actor> = {}
export const theDatabase = () => database

/** A database with standards, the demonstration's organs and people, and some of them as actors; for `beforeAll`. */
export async function openStocktakingStage(filesDirectory: string): Promise<void> {
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
    await hire('clerk', 'taiyuan-education', ['organ-clerk'])
    await hire('staff', 'taiyuan-education', ['staff'])
    await hire('driver', 'taiyuan-education', ['driver'])
    await hire('head', 'taiyuan-education', ['organ-head'])
    await hire('other', 'taiyuan-police', ['asset-keeper'])
    await hire('reviewer', 'taiyuan-authority', ['asset-reviewer'])
    await hire('finance', 'taiyuan-finance', ['finance-reviewer'])
    await hire('province', 'province-authority', ['asset-reviewer'])
  })
}
export const closeStocktakingStage = () => database.drop()

const caseKinds = new Map((stocktaking.cases ?? []).map((declared) => [declared.kind.kind, declared]))

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

function perform_(who: string, operation: Operation, action: unknown, input: unknown, on: string): Promise<unknown> {
  const parsed = operation.input.parse(input) as Record<string, unknown>
  return inActOf(
    who,
    (act) => perform(act, { operation, action: action as AnyAction, ifMatch: null, session: noSession }, parsed),
    on,
  )
}

const calling =
  <C extends Contract>(of: C, by: Record<string, unknown>) =>
  <N extends keyof C & string>(who: string, name: N, input: z.input<C[N]['input']>, on = today) =>
    perform_(who, of[name] as Operation, by[name], input, on) as Promise<z.output<C[N]['output']>>

/** Through the contract, as a named person, on a day. */
export const call = calling(contract, actions)
export const callAssets = calling(assetContract, assetActions)

/** Codes of the refusals an act meets; anything else it throws goes on. */
export async function refusalsOf(work: Promise<unknown>): Promise<string[]> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Refused) && !(error instanceof Forbidden)) throw error ?? new Error('was not refused')
  return error.refusals.map(({ code }) => code)
}

/** Desktops of the education bureau, registered by its keeper. @returns ids in order */
export async function registerDesktops(
  many: number,
  given: Record<string, unknown> = {},
  on = today,
  who = 'keeper',
): Promise<string[]> {
  const ids: string[] = []
  for (let at = 0; at < many; at++) {
    const { card } = await callAssets(
      who,
      'registerCard',
      {
        number: `JY-${String(++serial).padStart(4, '0')}`,
        classCode: 'A02010105',
        name: '台式计算机',
        costFen: 499_800,
        acquiredOn: '2024-03-08',
        bookedOn: '2024-03-12',
        place: '主楼301',
        custodianName: '王丽娟',
        ...given,
      } as never,
      on,
    )
    ids.push(card.id)
  }
  return ids
}

/** Opens a count of the education bureau with its keeper and staff on the team. */
export const openCount = (given: Record<string, unknown> = {}, on = today) =>
  call(
    'keeper',
    'openCount',
    {
      title: '年度资产盘点',
      baseOn: on,
      scope: {},
      team: ['keeper', 'staff'].map((name) => actors[name]?.personId as string),
      ...given,
    } as never,
    on,
  )

type GivenMark = z.input<(typeof contract)['recordMarks']['input']>['marks'][number]

/** A mark as a phone makes it. */
export const mark = (
  cardId: string | undefined,
  result: GivenMark['result'],
  given: Partial<GivenMark> = {},
): GivenMark => ({
  id: newId(),
  ...(cardId === undefined ? {} : { cardId }),
  result,
  countedAt: '2026-11-23T01:00:00.000Z',
  ...given,
})

export const send = (who: string, countId: string, marks: GivenMark[]) =>
  call(who, 'recordMarks', { countId, marks }).then(({ answers }) => answers)
