import { holdsAny, officeRoles, type Actor } from '#kernel/pure/actor.ts'
import { isParty } from '#kernel/pure/case-moves.ts'
import type { CaseKind, Party } from '#kernel/pure/case-kind.ts'
import { sql } from 'kysely'
import type { Act } from '../context.ts'
import { Missing } from '../errors.ts'
import type { CaseKinds, CaseRow } from './case-row.ts'
import { caseById } from './store.ts'

/** The parties a kind of case ever waits for; the applicant always. */
function partiesOf(kind: CaseKind): Party[] {
  return [
    ...new Set<Party>([
      'applicant',
      ...Object.values(kind.states).flatMap(({ waitsFor }) => (waitsFor ? [waitsFor.party] : [])),
    ]),
  ]
}

/** Whether the actor may read the case as one of its parties, or as the module says. */
function maySeeCase(kinds: CaseKinds, actor: Actor, row: CaseRow): boolean {
  const declared = kinds.get(row.kind)
  if (!declared) return false
  if (declared.maySee) return declared.maySee(actor, row)
  return holdsAny(actor, officeRoles) && partiesOf(declared.kind).some((party) => isParty(actor, party, row))
}

/**
 * The case, if the actor may see it; organs asked for an opinion see it too.
 * @throws Missing otherwise: that there is one is not told either
 */
export async function readableCase(act: Pick<Act, 'tx' | 'actor' | 'caseKinds'>, caseId: string): Promise<CaseRow> {
  const row = await caseById(act.tx, caseId)
  if (row && (maySeeCase(act.caseKinds, act.actor, row) || (await isAskedToSign(act, caseId)))) return row
  throw new Missing('办理事项')
}

async function isAskedToSign({ tx, actor }: Pick<Act, 'tx' | 'actor'>, caseId: string): Promise<boolean> {
  if (actor.organ === null || !holdsAny(actor, officeRoles)) return false
  const { rows } = await sql`select 1 from kernel.case_signature
    where case_id = ${caseId} and organ_id = ${actor.organ.id} and recalled_at is null
      and (person_id is null or person_id = ${actor.personId}) limit 1`.execute(tx)
  return rows.length > 0
}
