import { actsAs, holds, holdsAny, type Actor, type Role } from '#kernel/pure/actor.ts'
import { provided, type Verdict } from '#kernel/pure/verdict.ts'

const officeRoles: readonly Role[] = [
  'organ-head', 'organ-clerk', 'asset-keeper', 'authority-leader', 'plan-reviewer', 'asset-reviewer', 'premises-reviewer', 'vehicle-reviewer',
  'service-reviewer', 'energy-reviewer', 'supervision-reviewer', 'finance-reviewer', 'supervisor',
]

/** Whose papers and changes one may read: the own organ's, and the level's for authority, finance and audit (Art. 6, 40). */
export type RecordScope = { organId: string; jurisdictionCode: string | null } | null

export function recordScope(actor: Actor): RecordScope {
  const { organ } = actor
  if (organ === null || !holdsAny(actor, officeRoles)) return null
  const wholeLevel = (['authority', 'finance', 'audit'] as const).some((part) => actsAs(actor, part, organ.jurisdictionCode))
  return { organId: organ.id, jurisdictionCode: wholeLevel ? organ.jurisdictionCode : null }
}

export const can = {
  /** The security audit is one of the three administrators' and nobody else's. */
  audit: (actor: Actor): Verdict =>
    provided(holds(actor, 'audit-administrator'), {
      code: 'not-audit-administrator', message: '审计记录由安全审计员查看。', basis: { norm: null, citation: 'GB/T 22239-2019 8.1.5.2' }, remedy: '一般人员可在各事项的“变更记录”中查看。',
    }),
  attach: (actor: Actor, open: boolean): Verdict =>
    provided(open && holdsAny(actor, officeRoles), { code: 'case-closed', message: open ? '您的角色不能上传附件。' : '事项已经办结,不能再增减附件。' }),
  removeAttachment: (actor: Actor, attachment: { uploadedBy: string | null }, open: boolean): Verdict =>
    provided(open && attachment.uploadedBy === actor.personId, { code: 'not-uploader', message: open ? '附件只能由上传人移除。' : '事项已经办结,不能再增减附件。' }),
}
