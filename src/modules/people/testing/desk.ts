import type { Actor } from '#kernel/pure/actor.ts'
import { localDateOf } from '#kernel/pure/local-date.ts'
import type { Act } from '#kernel/server/context.ts'
import { transaction } from '#kernel/server/database.ts'
import { namedId } from '#kernel/server/identifier.ts'
import { scopeOf } from '#kernel/server/scope.ts'
import { testAct, testCtx } from '#kernel/testing/act.ts'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import organs from '#modules/organs/module.ts'
import { actions } from '../actions.ts'
import { contract } from '../contract.ts'
import people from '../module.ts'
import { actorOfAccount, directory } from '../offers.ts'
import { seededDatabase } from './seeded-database.ts'

type Actions = typeof actions
export const now = new Date('2026-11-23T09:00:00+08:00')
export const idOf = (username: string) => namedId(`person.${username}`)

export type Desk = {
  fresh: FreshDatabase
  /** An operation through its contract, as a named account, behind the second wall. */
  ask: <N extends keyof Actions>(
    username: string,
    name: N,
    input?: Record<string, unknown>,
    ifMatch?: number | null,
  ) => Promise<Awaited<ReturnType<Actions[N]>>>
  asSystem: <T>(work: (act: Act) => Promise<T>) => Promise<T>
}

/** The organs and people of the demonstration on a database of its own. */
export async function openDesk(given: Partial<Pick<Act, 'keyring'>> = {}): Promise<Desk> {
  const fresh = await (given.keyring ? freshDatabase() : seededDatabase(localDateOf(now), [organs, people]))
  const asSystem: Desk['asSystem'] = (work) =>
    transaction(fresh.db, (tx) => work(testAct({ tx, now, directory, ...given })))
  if (given.keyring)
    await asSystem(async (act) => {
      for (const load of [organs.reference, organs.seed, people.seed]) await load?.(act, () => {})
    })
  const actors = new Map<string, Actor>()
  const actorNamed = async (username: string): Promise<Actor> => {
    const known = actors.get(username)
    if (known) return known
    const actor = await transaction(fresh.db, (tx) => actorOfAccount(tx, username, null, now))
    if (typeof actor === 'string') throw new Error(actor)
    actors.set(username, actor)
    return actor
  }
  return {
    fresh,
    asSystem,
    ask: async (username, name, input = {}, ifMatch = null) => {
      const actor = await actorNamed(username)
      const parsed = contract[name].input.parse(input)
      const action = actions[name] as (ctx: never) => Promise<unknown>
      const answer = await transaction(
        fresh.db,
        (tx) => action(testCtx({ tx, actor, now, directory, ...given }, parsed, ifMatch) as never),
        { scope: scopeOf(actor) },
      )
      const operation = contract[name] as { kind?: string; output: { parse: (value: unknown) => unknown } }
      return (operation.kind === 'download' ? answer : operation.output.parse(answer)) as never
    },
  }
}
