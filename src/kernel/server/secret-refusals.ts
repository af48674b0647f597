import type { Actor } from '#kernel/pure/actor.ts'
import { secrecyMarksIn } from '#kernel/pure/secrecy-marks.ts'
import { notify, wasTold } from './cases/notifications.ts'
import type { Act } from './context.ts'
import { transaction } from './database.ts'
import type { DispatchParts, Errand } from './dispatch.ts'
import { actFor } from './errand-act.ts'
import { record } from './record.ts'
import { enterScope, systemScope } from './scope.ts'

/** Where texts of an input bear a mark of secrecy; nothing where nothing would be kept of it. */
export function marksOf(operation: Errand['operation'], input: Record<string, unknown>) {
  return operation.method === 'GET' || operation.readOnly ? [] : secrecyMarksIn(input)
}

/**
 * Leaves the trace that Art. 44 leaves room for (ROLE-R07): that somebody handed in what is marked secret, when, with what
 * operation, in which fields, and the digest of the file where it was one. Of texts not even a digest: short ones could be
 * guessed from it. The level's security administrators are told, once a day of each person.
 * @param input the input that was refused; nothing of its content is kept
 */
export async function recordSecret(
  parts: DispatchParts,
  errand: Errand,
  actor: Actor,
  marked: readonly { pointer: string }[],
  input: Record<string, unknown>,
): Promise<void> {
  const { operation } = errand
  await transaction(parts.db, async (tx) => {
    await enterScope(tx, systemScope)
    const act = actFor(parts, errand, actor, tx)
    await record(act, 'kernel.secret-refused', {
      subject: { kind: 'operation', id: `${operation.module}.${operation.name}` },
      organId: actor.organ?.id ?? null,
      result: 'failed',
      reasons: ['A44-1'],
      after: { fields: marked.slice(0, mostFields).map(({ pointer }) => tame(pointer)), sha256: digestOf(input) },
    })
    await tellSecurity(act, operation.summary)
  })
}

const mostFields = 20

/** Names of fields as the contract has them; keys that people choose could be what is secret. */
const tame = (pointer: string): string =>
  pointer.replace(/[^/]+/g, (name) => (/^[a-zA-Z][a-zA-Z0-9]{0,40}$|^\d{1,6}$/.test(name) ? name : '…'))

function digestOf({ file }: Record<string, unknown>): string | null {
  const { sha256 } = (file ?? {}) as { sha256?: unknown }
  return typeof sha256 === 'string' ? sha256 : null
}

async function tellSecurity(act: Act, doing: string): Promise<void> {
  const { organ, personId, name } = act.actor
  if (organ === null) return
  const authority = await act.directory.partyOrgan(act.tx, organ.jurisdictionCode, 'authority', act.today)
  if (authority === null) return
  const link = personId === null ? '/people' : `/people/${personId}`
  const beginning = `${act.today} ${organ.name}${name}提交了带有密级标志的内容`
  if (await wasTold(act.tx, link, beginning)) return
  await notify(act, {
    organId: authority.id,
    roles: ['security-administrator'],
    link,
    text: `${beginning}（${doing}），系统已拒收，没有保存。请核实，并按保密规定处理。`,
  })
}
