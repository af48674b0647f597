import { holds, holdsAny, officeRoles, readsLevel, type Actor } from '#kernel/pure/actor.ts'
import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'

/** Whose papers and changes one may read: the own organ's, and the level's for authority, finance and audit (Art. 6, 40). */
export type RecordScope = { organId: string; jurisdictionCode: string | null } | null

export function recordScope(actor: Actor): RecordScope {
  const { organ } = actor
  if (organ === null || !holdsAny(actor, officeRoles)) return null
  return {
    organId: organ.id,
    jurisdictionCode: readsLevel(actor, organ.jurisdictionCode) ? organ.jurisdictionCode : null,
  }
}

/** Whose changes one may read: as for papers; the security auditor those of the whole level, as in the audit record. */
export function changesScope(actor: Actor): RecordScope {
  const { organ } = actor
  if (organ !== null && holds(actor, 'audit-administrator'))
    return { organId: organ.id, jurisdictionCode: organ.jurisdictionCode }
  return recordScope(actor)
}

/** Whether the content of business is shown; the audit administrator reads that something was done, not what (ROLE-R03). */
export function readsBusiness(actor: Actor): boolean {
  return holdsAny(actor, officeRoles)
}

export const can = {
  /** The security audit is one of the three administrators' and nobody else's. */
  audit: (actor: Actor): Verdict =>
    provided(holds(actor, 'audit-administrator'), {
      code: 'not-audit-administrator',
      message: '审计记录由安全审计员查看。',
      basis: { norm: null, citation: 'GB/T 22239-2019 8.1.5.2' },
      remedy: '一般人员可在各事项的“变更记录”中查看。',
    }),
  attach: (actor: Actor, open: boolean): Verdict =>
    allOf(whileOpen(open), provided(holdsAny(actor, officeRoles), { code: 'role', message: '您的角色不能上传附件。' })),
  removeAttachment: (actor: Actor, { uploadedBy }: { uploadedBy: string | null }, open: boolean): Verdict =>
    allOf(
      whileOpen(open),
      provided(uploadedBy !== null && uploadedBy === actor.personId, {
        code: 'not-uploader',
        message: '附件只能由上传人移除。',
      }),
    ),
}

function whileOpen(open: boolean): Verdict {
  return provided(open, { code: 'case-closed', message: '事项已经办结，不能再增减附件。' })
}
