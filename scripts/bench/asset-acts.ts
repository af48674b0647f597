import type { Actor, Level, Role } from '#kernel/pure/actor.ts'
import type { InputOf } from '#kernel/pure/contract.ts'
import { noSession } from '#kernel/server/context.ts'
import { transaction } from '#kernel/server/database.ts'
import { checkedInput, perform, type AnyAction } from '#kernel/server/dispatch.ts'
import type { FileStore } from '#kernel/server/file-store.ts'
import { scopeOf } from '#kernel/server/scope.ts'
import { testAct, testActor } from '#kernel/testing/act.ts'
import { actions } from '#modules/assets/actions.ts'
import { contract } from '#modules/assets/contract.ts'
import type { Bench, Measure } from './measure.ts'

export const today = '2026-11-23'

export const measure = (
  name: string,
  value: number,
  unit: string,
  rawValue: number | null,
  target: number | null,
): Measure => ({ name, value, unit, rawValue, target, lowerIsBetter: true })

export function actorOf(id: string, code: string, level: Level, parts: ['authority'] | [], role: Role): Actor {
  return testActor({ id, name: '测算机关', jurisdictionCode: code, jurisdictionName: code, level, parts }, [role])
}

export type Run = <N extends keyof typeof contract>(
  actor: Actor,
  name: N,
  input: InputOf<(typeof contract)[N]>,
) => Promise<unknown>

/** Operations in transactions of their own, as a request would run them. */
export function caller({ db }: Bench, files: FileStore): Run {
  return (actor, name, input) =>
    transaction(
      db,
      (tx) =>
        perform(
          testAct({ tx, actor, today, files }),
          {
            operation: contract[name],
            action: actions[name] as unknown as AnyAction,
            ifMatch: null,
            session: noSession,
          },
          checkedInput(contract[name], input as Record<string, unknown>),
        ),
      { scope: scopeOf(actor) },
    )
}
