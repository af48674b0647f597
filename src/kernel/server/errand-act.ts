import type { Actor } from '#kernel/pure/actor.ts'
import { localDateOf } from '#kernel/pure/local-date.ts'
import type { Act } from './context.ts'
import type { DispatchParts, Errand } from './dispatch.ts'

/** An act on behalf of who asks for an operation. */
export function actFor(
  parts: DispatchParts,
  { operation, now, requestId, source }: Pick<Errand, 'operation' | 'now' | 'requestId' | 'source'>,
  actor: Actor,
  tx: Act['tx'],
): Act {
  const { directory, caseKinds, decisionKinds, dutySources, declared, identityProvider, ...more } = parts
  const { queue, files, keyring } = more
  const today = localDateOf(now)
  const name = `${operation.module}.${operation.name}`
  const asked = { tx, actor, now, today, requestId, source, operation: name, afterCommit: () => {} }
  const known = { directory, caseKinds, decisionKinds, dutySources, declared, identityProvider }
  return { ...asked, ...known, queue, files, keyring }
}
