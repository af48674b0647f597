import { publicActor, type Actor } from '#kernel/pure/actor.ts'
import { transaction } from './database.ts'
import type { DispatchParts, Errand } from './dispatch.ts'
import { actFor } from './errand-act.ts'
import { Forbidden, Missing, SignedOut } from './errors.ts'
import { record } from './record.ts'

/**
 * Records a denial, in a transaction of its own since that of the operation was rolled back: nobody signed in (401), no
 * right to do it (403), or not there for this person (404, which does not say whether it is there for others). Anything
 * else that was thrown is no denial and leaves no row.
 */
export async function recordDenial(
  parts: DispatchParts,
  errand: Errand,
  error: unknown,
  actor: Actor = publicActor,
): Promise<void> {
  const reasons = reasonsOf(error)
  if (reasons === null) return
  const { operation } = errand
  const name = `${operation.module}.${operation.name}`
  const refusals = error instanceof Forbidden ? error.refusals : []
  await transaction(parts.db, (tx) =>
    record(actFor(parts, errand, actor, tx), 'kernel.denied', {
      subject: objectOf(errand) ?? { kind: 'operation', id: name },
      result: 'denied',
      reasons,
      basis: refusals.length > 0 ? refusals : null,
    }),
  )
}

/** Stable codes of why; null for what is no denial. */
function reasonsOf(error: unknown): string[] | null {
  if (error instanceof SignedOut) return ['signed-out']
  if (error instanceof Missing) return ['not-there-for-this-person']
  if (error instanceof Forbidden) return [...new Set(error.refusals.map(({ code }) => code))]
  return null
}

/** The thing that was asked for, by the last parameter of the path; what is no identifier is not kept. */
function objectOf({ path }: Errand): { kind: string; id: string } | null {
  const [name, id] = Object.entries(path).at(-1) ?? []
  if (name === undefined || id === undefined) return null
  return { kind: name.replace(/Id$/, ''), id: /^[\w.-]{1,64}$/.test(id) ? id : '（不是有效的编号）' }
}
