import { caseById } from '#kernel/server/cases/store.ts'
import type { Act } from '#kernel/server/context.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { CommitmentOwner } from './model.ts'
import type { CommitmentRow } from './store/commitment.ts'

/** What the case of a commitment is called and where it is; its own title where the case may not be read. */
async function ownerOf(
  { tx, caseKinds }: Pick<Act, 'tx' | 'caseKinds'>,
  { caseId, title }: Pick<CommitmentRow, 'caseId' | 'title'>,
): Promise<CommitmentOwner | null> {
  if (caseId === null) return null
  const row = await caseById(tx, caseId)
  const page = row && caseKinds.get(row.kind)?.kind.page
  return { title: row?.title ?? title, link: row && page ? page.replace(':subjectId', row.subjectId) : null }
}

/**
 * A commitment is released and spent by who made it: the case it names, or by hand where it was entered by hand. Else a case would
 * pay from money that the ledger has given away.
 * @param caseId the case that asks; null for a posting by hand
 * @throws Conflict naming the case, with its page
 */
export async function insistOwner(
  act: Pick<Act, 'tx' | 'caseKinds'>,
  commitment: CommitmentRow,
  caseId: string | null,
  what: '释放' | '支出' | '冲销',
): Promise<void> {
  if (commitment.caseId === caseId) return
  const owner = await ownerOf(act, commitment)
  throw new Conflict(
    '占用',
    owner === null
      ? `占用“${commitment.title}”是在计划台账登记的，不属于所办事项。`
      : `占用“${commitment.title}”属于事项“${owner.title}”，不能在计划台账直接${what}。请在该事项中办理。`,
    owner?.link ? { title: owner.title, path: owner.link } : null,
  )
}

/** Commitments as people see them, with the case that holds each. */
export async function withOwners<R extends Pick<CommitmentRow, 'caseId' | 'title'>>(
  act: Pick<Act, 'tx' | 'caseKinds'>,
  rows: readonly R[],
): Promise<(Omit<R, 'caseId'> & { owner: CommitmentOwner | null })[]> {
  const owners = new Map<string | null, CommitmentOwner | null>([[null, null]])
  const shown = []
  for (const row of rows) {
    const { caseId, ...commitment } = row
    // A page has many postings of few cases.
    if (!owners.has(caseId)) owners.set(caseId, await ownerOf(act, row))
    shown.push({ ...commitment, owner: owners.get(caseId) ?? null })
  }
  return shown
}
