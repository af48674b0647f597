import { z } from 'zod'
import { Level, type StatutoryPart } from '#kernel/pure/actor.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { Rank } from '#modules/organs/model.ts'
import { Centralised, NeedKind, StandardKind } from '#modules/standards/model.ts'
import { StandardValue } from '#modules/standards/model/value.ts'

/** What a draft is about; each matter is one department's to set (Art. 6, 9). */
export const matterLabels = {
  standard: '实物定额和服务标准',
  expenditure: '支出定额和开支标准',
  parameter: '办理参数',
  catalogue: '集中统一管理事项指导目录',
} as const
export type Matter = keyof typeof matterLabels
export const matters = Object.keys(matterLabels) as [Matter, ...Matter[]]
export const Matter = z.enum(matters)

/** Which kinds of standard a matter holds; the catalogue holds none. */
export const kindsOfMatter: Readonly<Record<Matter, readonly StandardKind[]>> = {
  standard: ['physical-quota', 'service-standard'],
  expenditure: ['expenditure-quota', 'spending-standard'],
  parameter: ['parameter'],
  catalogue: [],
}

export function matterOfKind(kind: StandardKind): Matter {
  return matters.find((matter) => kindsOfMatter[matter].includes(kind)) as Matter
}

/** The department that sets it: finance for expenditure (Art. 9 para 2), the authority for everything else. */
export function partOfMatter(matter: Matter): StatutoryPart & ('authority' | 'finance') {
  return matter === 'expenditure' ? 'finance' : 'authority'
}

/** Art. 9 para 1 asks for the opinions of those served on quotas and service standards; elsewhere it is left to the drafter. */
export function needsConsultation(matter: Matter): boolean {
  return matter === 'standard'
}

export const draftStateLabels = {
  drafting: '起草中',
  consulting: '征求意见',
  approving: '待批准',
  returned: '退回修改',
  approved: '已批准',
  refused: '不予批准',
  withdrawn: '已撤销',
} as const
export type DraftState = keyof typeof draftStateLabels
export const draftStates = Object.keys(draftStateLabels) as [DraftState, ...DraftState[]]
export const DraftState = z.enum(draftStates)

/** What a change does: a row of its own, a new version in place of a row, or the end of a row. */
export const changeActLabels = { add: '新增', revise: '修订', end: '废止' } as const
export type ChangeAct = keyof typeof changeActLabels
export const ChangeAct = z.enum(['add', 'revise', 'end'])

const text = (longest: number) => z.string().trim().max(longest, `最多${longest}个字。`)

/** A proposed row of a standard, or the end of one. */
export const StandardChange = z.object({
  subject: z.literal('standard'),
  act: ChangeAct,
  /** The row that is revised or ended; null for a row of its own. */
  replacesId: z.uuid().nullable(),
  code: z.string().trim().min(1, '请选择标准。').max(80),
  title: z.string().trim().min(1, '请填写标准名称。').max(80),
  kind: StandardKind,
  level: Level.nullable(),
  rank: Rank.nullable(),
  /** Null only where the row is ended. */
  value: StandardValue.nullable(),
  /** Last day of a standard on trial; null: until it is changed. */
  until: LocalDateSchema.nullable(),
  /** Place in the document, or another document; empty: the document of the draft itself. */
  citation: text(300),
  note: text(500),
  /** Codes of the quotas and service standards it rests on (A9-3). */
  restsOn: z.array(z.string().trim().min(1).max(80)).max(30),
  /** The jurisdictions below may decide otherwise, looser too. */
  localDecision: z.boolean(),
  /** Why this figure; for a lower level also why it departs from the level above. */
  reason: text(500),
})
export type StandardChange = z.infer<typeof StandardChange>

/** A proposed entry of the guidance catalogue, or the end of one. */
export const CatalogueChange = z.object({
  subject: z.literal('catalogue'),
  act: ChangeAct,
  replacesId: z.uuid().nullable(),
  needKind: NeedKind,
  centralised: Centralised,
  provided: z.boolean(),
  /** Items of the standards that are provided; empty: everything of the kind. */
  items: z.array(z.string().max(60)).max(100, '最多限定100项。').default([]),
  note: text(500),
  citation: text(300),
  reason: text(500),
})
export type CatalogueChange = z.infer<typeof CatalogueChange>

export const ChangeContent = z.discriminatedUnion('subject', [StandardChange, CatalogueChange])
export type ChangeContent = z.infer<typeof ChangeContent>
export type Change<C extends ChangeContent = ChangeContent> = C & { id: string; lineNo: number }

/** What two rows must share to be versions of each other: they are one key, and its periods never overlap. */
export type RowKey = { code: string; level: string | null; rank: string | null }

export function keyOf(content: ChangeContent): RowKey {
  return content.subject === 'standard'
    ? { code: content.code, level: content.level, rank: content.rank }
    : { code: content.needKind, level: null, rank: null }
}

export function keyText({ code, level, rank }: RowKey): string {
  return [code, level ?? '', rank ?? ''].join('|')
}

/** The head of a draft: what it is called, why, from when. */
export const DraftHead = z.object({
  /** Name of the document that will lay it down, without 《》. */
  documentTitle: text(120),
  reason: text(2000),
  /** First day in force; null while not decided. */
  inForceOn: LocalDateSchema.nullable(),
  /** Why it may count from a day that has passed; empty where it does not. */
  retroactiveGround: text(500),
})
export type DraftHead = z.infer<typeof DraftHead>

/** Finance's review of what rests on a quota or service standard that has changed (A9-3). */
export const expenditureReviewStateLabels = { open: '待复核', kept: '复核不调整', revised: '已修订' } as const
export type ExpenditureReviewState = keyof typeof expenditureReviewStateLabels
export const expenditureReviewStates = Object.keys(expenditureReviewStateLabels) as [
  ExpenditureReviewState,
  ...ExpenditureReviewState[],
]
