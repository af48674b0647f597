import { z } from 'zod'
import type { MachineScope } from './machine-scope.ts'

/** Levels of government that have an authority of their own (Art. 6). */
export const levels = ['province', 'city', 'county'] as const
export const Level = z.enum(levels)
export type Level = z.infer<typeof Level>
export const levelLabels: Record<Level, string> = { province: '省级', city: '市级', county: '县级' }

/** Statutory parts an organ can carry (Art. 6, 14, 40). */
export const statutoryParts = [
  'authority',
  'finance',
  'development-reform',
  'natural-resources',
  'housing-construction',
  'audit',
  'statistics',
] as const
export const StatutoryPart = z.enum(statutoryParts)
export type StatutoryPart = z.infer<typeof StatutoryPart>
export const statutoryPartLabels: Record<StatutoryPart, string> = {
  authority: '机关事务管理部门',
  finance: '财政部门',
  'development-reform': '发展和改革部门',
  'natural-resources': '自然资源部门',
  'housing-construction': '住房和城乡建设部门',
  audit: '审计部门',
  statistics: '统计部门',
}

/** Roles a person holds at an organ for a period (facts area 9; the three administrators 三员 are separate). */
export const roleLabels = {
  'organ-head': '机关负责人',
  'organ-clerk': '机关经办人',
  'asset-keeper': '资产管理员',
  staff: '职工',
  driver: '驾驶员',
  'authority-leader': '局领导',
  'plan-reviewer': '保障计划审核',
  'asset-reviewer': '资产审核',
  'premises-reviewer': '房地产审核',
  'vehicle-reviewer': '公务用车审核',
  'service-reviewer': '服务保障审核',
  'energy-reviewer': '节能审核',
  'supervision-reviewer': '监督检查',
  'finance-reviewer': '财政审核',
  supervisor: '监督部门',
  provider: '服务商',
  'system-administrator': '系统管理员',
  'security-administrator': '安全保密管理员',
  'audit-administrator': '安全审计员',
} as const
export type Role = keyof typeof roleLabels
export const roles = Object.keys(roleLabels) as [Role, ...Role[]]
export const Role = z.enum(roles)

export const ActingOrgan = z.object({
  id: z.string(),
  name: z.string(),
  jurisdictionCode: z.string(),
  jurisdictionName: z.string(),
  level: Level,
  parts: z.array(StatutoryPart),
})
export type ActingOrgan = z.infer<typeof ActingOrgan>

/** The token another system acts by, and what it reaches (kernel/pure/machine-scope.ts). */
export type Machine = Readonly<{ tokenId: string; scopes: readonly MachineScope[] }>

/**
 * Who acts: a person at one organ with the roles held there today, the system itself (timed work), the public, or
 * another system for one organ by its token. A person with roles at several organs acts for one at a time and switches.
 */
export type Actor = Readonly<{
  kind: 'person' | 'system' | 'public' | 'machine'
  personId: string | null
  name: string
  organ: ActingOrgan | null
  roles: readonly Role[]
  /**
   * Proved themselves within the minutes the security policy gives, by second factor, or by password where they have none:
   * what an operation with `stepUp` asks for.
   */
  steppedUp?: boolean
  /** What must be done before anything else; until then only operations with `whileUnready` are open. */
  unready?: 'password' | 'second-factor'
  /** Roles held by delegation alone 委托, and on whose behalf: nobody decides their own case through a delegate (ROLE-R02). */
  onBehalf?: readonly Readonly<{ role: Role; personId: string }>[]
  /** Of a machine only. */
  machine?: Machine
}>

/** What a machine's token lets its organ do: what the organ's clerk does, within the scopes of the token. */
export const machineRoles = ['organ-clerk'] as const satisfies readonly Role[]

export const publicActor: Actor = { kind: 'public', personId: null, name: '公众', organ: null, roles: [] }
export const systemActor: Actor = { kind: 'system', personId: null, name: '系统', organ: null, roles: [] }

/** The id of who acts: the person, or the token of a machine; null for the system and the public. */
export function actingId(actor: Actor): string | null {
  return actor.personId ?? actor.machine?.tokenId ?? null
}

/** Whoever holds roles: an actor, or the person signed in as the browser knows them. */
type Holder = Readonly<{ roles: readonly Role[]; organ: Readonly<{ id: string }> | null }>

/** True when the actor holds the role; with an organ id, only when acting for that organ. */
export function holds(actor: Holder, role: Role, organId?: string): boolean {
  return actor.roles.includes(role) && (organId === undefined || actor.organ?.id === organId)
}

export function holdsAny(actor: Holder, wanted: readonly Role[], organId?: string): boolean {
  return wanted.some((role) => holds(actor, role, organId))
}

/**
 * True when every one of these roles that the actor holds comes by delegation 委托 from one of the persons: what they may not
 * decide themselves, nobody decides in their stead (ROLE-R02).
 */
export function actsOnlyFor(actor: Actor, wanted: readonly Role[], personIds: readonly (string | null)[]): boolean {
  const held = wanted.filter((role) => actor.roles.includes(role))
  return (
    held.length > 0 &&
    held.every((role) =>
      actor.onBehalf?.some((delegated) => delegated.role === role && personIds.includes(delegated.personId)),
    )
  )
}

/** True when the actor acts for the organ that carries the statutory part in that jurisdiction (Art. 6: own level only). */
export function actsAs(actor: Actor, part: StatutoryPart, jurisdictionCode: string): boolean {
  return actor.organ !== null && actor.organ.jurisdictionCode === jurisdictionCode && actor.organ.parts.includes(part)
}

/** Roles that deal with the whole level's matters at an authority. */
export const authorityRoles = [
  'authority-leader',
  'plan-reviewer',
  'asset-reviewer',
  'premises-reviewer',
  'vehicle-reviewer',
  'service-reviewer',
  'energy-reviewer',
  'supervision-reviewer',
] as const satisfies readonly Role[]

/**
 * Roles that read the business of an organ. Staff, drivers and providers see only what is made for them; the three
 * administrators see no business at all (ROLE-R03).
 */
export const officeRoles: readonly Role[] = [
  'organ-head',
  'organ-clerk',
  'asset-keeper',
  ...authorityRoles,
  'finance-reviewer',
  'supervisor',
]

/** Who keeps the things of an organ (Art. 12 para 3). */
export const keeperRoles: readonly Role[] = ['asset-keeper', 'organ-clerk']

/** Who is shown the pages on an organ's things: keepers, heads, and those who review and supervise them. */
export const assetReaderRoles: readonly Role[] = [
  ...keeperRoles,
  'organ-head',
  'asset-reviewer',
  'authority-leader',
  'finance-reviewer',
  'supervisor',
]

/** Authority, finance and audit read the whole of their own level, by an office role; no other level (Art. 6, 40). */
export function readsLevel(actor: Actor, jurisdictionCode: string): boolean {
  return (
    holdsAny(actor, officeRoles) &&
    (['authority', 'finance', 'audit'] as const).some((part) => actsAs(actor, part, jurisdictionCode))
  )
}

/** May read a record of an organ: that organ's own people in office, and those who read its level. */
export function readsOfOrgan(
  actor: Actor,
  { organId, jurisdictionCode }: { organId: string; jurisdictionCode: string },
): boolean {
  return (actor.organ?.id === organId && holdsAny(actor, officeRoles)) || readsLevel(actor, jurisdictionCode)
}

/** Those who manage or supervise a level (Art. 6 para 1, Art. 40). */
export const supervisingParts: readonly StatutoryPart[] = [
  'authority',
  'finance',
  'development-reform',
  'natural-resources',
  'housing-construction',
  'audit',
]

/** True at one of the departments that manage or supervise a level (Art. 6 para 1, Art. 40). */
export function atSupervisingDepartment(actor: Actor): boolean {
  return actor.organ !== null && actor.organ.parts.some((part) => supervisingParts.includes(part))
}

/** Whose matters are counted and listed: those of the level, or of the own organ only (`organId`). */
export type OfficeScope = Readonly<{ jurisdictionCode: string; organId: string | null }>

/** Null for those who handle no matters: staff, drivers, providers, administrators. */
export function officeScope(actor: Actor): OfficeScope | null {
  const { organ } = actor
  if (organ === null) return null
  if (!holdsAny(actor, officeRoles)) return null
  return { jurisdictionCode: organ.jurisdictionCode, organId: atSupervisingDepartment(actor) ? null : organ.id }
}
