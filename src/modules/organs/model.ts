import { z } from 'zod'
import { Level, StatutoryPart } from '#kernel/pure/actor.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from './law.ts'

/** A jurisdiction 行政区划 with its GB/T 2260 code; functional zones (x71) are kept but are no level of government. */
export const JurisdictionCode = z.string().regex(/^\d{6}$/, '行政区划代码应为6位数字，例如 140000。')
export const Jurisdiction = z.object({
  code: JurisdictionCode,
  name: z.string(),
  level: Level,
  parentCode: JurisdictionCode.nullable(),
  functionalZone: z.boolean(),
})
export type Jurisdiction = z.infer<typeof Jurisdiction>

/** The pairs of a code that are not 00: `140000` → `14`, `140100` → `1401`, `140121` → itself. */
export function codePrefix(code: string): string {
  let end = code.length
  while (end >= 2 && code.startsWith('00', end - 2)) end -= 2
  return code.slice(0, end)
}

/** True when the jurisdiction is the other one or lies below it. */
export function isWithin(code: string, above: string): boolean {
  return code.startsWith(codePrefix(above))
}

/** True when it lies below the other one: 1401 and 140121 below 14. */
export function isBelow(code: string, above: string): boolean {
  return code !== above && isWithin(code, above)
}

/** Development zones and scenic areas carry made-up x71 codes: no level of government (ORG-R03). */
export function isFunctionalZone(code: string): boolean {
  return code.endsWith('71')
}

/** The kinds of organ of Art. 2; the list is closed (ORG-R01, norm A2-1). */
export const organKindLabels = {
  K01: '党的机关',
  K02: '人大机关',
  K03: '行政机关',
  K04: '政协机关',
  K05: '监察机关',
  K06: '审判机关',
  K07: '检察机关',
  K08: '民主党派机关',
  K09: '工商联机关',
  K10: '人民团体机关',
  K11: '党政机关办事机构',
  K12: '派出机构',
  K13: '参照公务员法管理的事业单位',
} as const
export type OrganKind = keyof typeof organKindLabels
export const OrganKind = z.enum(Object.keys(organKindLabels) as [OrganKind, ...OrganKind[]])

/** Leadership tiers that entitlements follow (facts, rank ladder), highest first. */
export const rankLabels = {
  'province-chief': '省部级正职',
  'province-deputy': '省部级副职',
  'bureau-chief': '厅局级正职',
  'bureau-deputy': '厅局级副职',
  'division-chief': '县处级正职',
  'division-deputy': '县处级副职',
  'section-chief': '乡科级正职',
  'section-deputy': '乡科级副职',
  clerk: '科员及以下',
} as const
export type Rank = keyof typeof rankLabels
export const ranks = Object.keys(rankLabels) as [Rank, ...Rank[]]
export const Rank = z.enum(ranks)

/** Headcount 编制 of one rank at an organ: approved posts and people in post. */
export const RankHeadcount = z.object({
  rank: Rank,
  approved: z.number().int().min(0).max(100_000),
  inPost: z.number().int().min(0).max(100_000),
})
export type RankHeadcount = z.infer<typeof RankHeadcount>

export const OrganId = z.uuid()
export const Organ = z.object({
  id: OrganId,
  jurisdictionCode: JurisdictionCode,
  jurisdictionName: z.string(),
  level: Level,
  name: z.string(),
  shortName: z.string(),
  kind: OrganKind,
  parts: z.array(StatutoryPart),
  /** 统一社会信用代码, 18 characters. */
  creditCode: z.string().nullable(),
  /** 预算单位编码. */
  budgetCode: z.string().nullable(),
  /** In a compound with shared logistics 集中办公区 (Art. 10, 24: its services are centralised). */
  inCompound: z.boolean(),
  /** 涉密单位: shown only in aggregates. */
  secretUnit: z.boolean(),
  /** Trade union 工会: property and money follow their own law (Art. 2 para 2). */
  tradeUnion: z.boolean(),
  validFrom: LocalDateSchema,
  /** Last day; null while it goes on. */
  validUntil: LocalDateSchema.nullable(),
  /** The organ that took over when this one was closed (合并、更名设立). */
  successorId: OrganId.nullable(),
  version: z.number().int(),
  headcount: z.array(RankHeadcount),
})
export type Organ = z.infer<typeof Organ>

export function peopleInPost(headcount: readonly RankHeadcount[]): number {
  return headcount.reduce((sum, { inPost }) => sum + inPost, 0)
}

export function approvedPosts(headcount: readonly RankHeadcount[]): number {
  return headcount.reduce((sum, { approved }) => sum + approved, 0)
}

/** 编制内实有人数, the `n` of quantity standards: people in post, but never more than posts are approved (ORG-R05). */
export function staffInPost(headcount: readonly RankHeadcount[]): number {
  return Math.min(peopleInPost(headcount), approvedPosts(headcount))
}

/** True from the first to the last day of a period; null is no end. */
export function isActiveOn(period: { validFrom: string; validUntil: string | null }, day: string): boolean {
  return period.validFrom <= day && (period.validUntil === null || day <= period.validUntil)
}

/** Whether assets and money of the organ belong here: those of a trade union do not (norm A2-2). */
export function mayHoldPublicProperty(organ: { name: string; tradeUnion: boolean }): Verdict {
  return provided(!organ.tradeUnion, {
    code: 'trade-union-property',
    message: `${organ.name}是工会。工会的财产、经费和国家拨付的不动产按有关法律规定使用和管理，不在本系统登记、列支和统计。`,
    basis: law.tradeUnion,
    facts: { 机关名称: organ.name },
    remedy: '按工会法和工会财务制度办理。',
  })
}

/** Sizes of courts, procuratorates, supervision organs, public security and secret units: for their own level's authority and finance only. */
export function hasRestrictedTotals(organ: { kind: OrganKind; name: string; secretUnit: boolean }): boolean {
  return (
    organ.secretUnit ||
    organ.kind === 'K05' ||
    organ.kind === 'K06' ||
    organ.kind === 'K07' ||
    organ.name.includes('公安')
  )
}
