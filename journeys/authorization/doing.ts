import type { Actor } from '#kernel/pure/actor.ts'
import { actFor } from '#kernel/server/errand-act.ts'
import { noSession, type Act } from '#kernel/server/context.ts'
import { newId } from '#kernel/server/identifier.ts'
import { transaction, type Tx } from '#kernel/server/database.ts'
import { checkedInput, perform, type AnyAction, type DispatchParts } from '#kernel/server/dispatch.ts'
import { enterScope, scopeOf } from '#kernel/server/scope.ts'
import type { ModuleManifest } from '#kernel/module.ts'
import type { Operation } from '#kernel/pure/contract.ts'

/** Everything an operation can be asked with, outside of HTTP. */
export type World = Readonly<{ parts: DispatchParts; modules: readonly ModuleManifest[]; now: Date }>

export const nameOf = ({ module, name }: Operation) => `${module}.${name}`

export function operationsOf({ modules }: Pick<World, 'modules'>): Operation[] {
  return modules.flatMap(({ contract }) => Object.values(contract))
}

export function actionOf({ modules }: Pick<World, 'modules'>, { module, name }: Operation): AnyAction {
  return modules.find((manifest) => manifest.name === module)?.actions[name] as unknown as AnyAction
}

/** An act of somebody in an open transaction; nothing handed in for later is ever done. */
export function actIn({ parts, now }: World, operation: Operation, actor: Actor, tx: Tx, requestId = newId()): Act {
  const errand = { operation, now, requestId, source: '127.0.0.1' }
  return actFor({ ...parts, queue: { send: async () => {} } }, errand, actor, tx)
}

/** Does an operation as somebody and keeps it. */
export async function done<T>(world: World, actor: Actor, name: string, input: Record<string, unknown>): Promise<T> {
  const operation = operationsOf(world).find((one) => nameOf(one) === name)
  if (!operation) throw new Error(`there is no operation ${name}`)
  return transaction(world.parts.db, async (tx) => {
    await enterScope(tx, scopeOf(actor))
    const errand = { operation, action: actionOf(world, operation), ifMatch: null, session: noSession }
    return perform(actIn(world, operation, actor, tx), errand, checkedInput(operation, input)) as Promise<T>
  })
}
