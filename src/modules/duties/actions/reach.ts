import { officeScope, readsLevel } from '#kernel/pure/actor.ts'
import type { Act } from '#kernel/server/context.ts'
import { beyondScope } from '#kernel/server/scope.ts'

/**
 * Reads duties within reach of the actor. The second wall knows authority, finance and audit; the other departments of
 * Art. 40 supervise their level too, in code, and read past it.
 */
export async function reading<T>(act: Act, work: () => Promise<T>): Promise<T> {
  const scope = officeScope(act.actor)
  const further = scope !== null && scope.organId === null && !readsLevel(act.actor, scope.jurisdictionCode)
  return further ? beyondScope(act, 'departments of Art. 40 supervise their level', work) : work()
}
