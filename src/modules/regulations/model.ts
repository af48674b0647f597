import { z } from 'zod'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'

/** Level of authority of a text 效力层级, highest first; a lower one must not contradict a higher one. */
export const workKindLabels = {
  law: '法律',
  'administrative-regulation': '行政法规',
  'local-regulation': '地方性法规',
  rule: '规章',
  'normative-document': '规范性文件',
  standard: '标准',
} as const
export type WorkKind = keyof typeof workKindLabels
export const workKinds = Object.keys(workKindLabels) as [WorkKind, ...WorkKind[]]
export const WorkKind = z.enum(workKinds)

/** Fields of the standards system 标准体系 (Art. 15), in the order of the Regulation. */
export const fieldLabels = {
  general: '综合',
  finance: '经费',
  procurement: '采购',
  assets: '资产',
  land: '用地',
  premises: '用房',
  construction: '建设项目',
  vehicles: '车辆',
  equipment: '设备家具',
  services: '后勤服务',
  meetings: '会议接待',
  catering: '餐饮',
  energy: '能源',
  housing: '住房',
  emergency: '应急',
  plans: '计划',
  supervision: '监督',
} as const
export type Field = keyof typeof fieldLabels
export const fields = Object.keys(fieldLabels) as [Field, ...Field[]]
export const Field = z.enum(fields)

/** Whose text it is: a province's counts in all of it, a city's in the city and its counties. */
export const JurisdictionScope = z.string().regex(/^\d{6}$/, '行政区划代码应为6位数字。')

/** `35`, or `35-1` for 第三十五条之一. */
export const ArticleKey = z.string().regex(/^\d{1,4}(-\d{1,2})?$/, '条文编号形如35或35-1。')

/** The Regulation itself has an id that is the same in every installation, so that findings can link to its articles. */
export const regulationWorkId = '0192a000-0000-7000-8000-000000000058'

/** 1. under an item. */
export const LawSubItem = z.object({ mark: z.string(), number: z.number().int(), text: z.string(), line: z.number() })
export type LawSubItem = z.infer<typeof LawSubItem>

/** 项 （一）. */
export const LawItem = z.object({
  mark: z.string(),
  number: z.number().int(),
  text: z.string(),
  line: z.number(),
  subItems: z.array(LawSubItem),
})
export type LawItem = z.infer<typeof LawItem>

/** 款, with the items that follow it. */
export const LawParagraph = z.object({ text: z.string(), line: z.number(), items: z.array(LawItem) })
export type LawParagraph = z.infer<typeof LawParagraph>

/** 条. `line` is where it begins in the text that was read. */
export const LawArticle = z.object({
  key: ArticleKey,
  number: z.number().int(),
  /** 之一, 之二; 0 for the article itself. */
  sub: z.number().int(),
  /** As the text writes it, without spaces: 第三十五条. */
  label: z.string(),
  line: z.number(),
  /** Place in `divisions` of the innermost heading it belongs to; null before the first. */
  division: z.number().int().nullable(),
  paragraphs: z.array(LawParagraph),
})
export type LawArticle = z.infer<typeof LawArticle>

/** 编, 章 or 节. */
export const LawDivision = z.object({
  kind: z.enum(['part', 'chapter', 'section']),
  number: z.number().int(),
  label: z.string(),
  title: z.string(),
  line: z.number(),
})
export type LawDivision = z.infer<typeof LawDivision>

/** A line of text beside the articles, with where it stood. */
export const PlacedText = z.object({ text: z.string(), line: z.number() })
export type PlacedText = z.infer<typeof PlacedText>

/** Something in a text that a reader must know of, or that keeps it from being imported. */
export const Oddity = z.object({
  code: z.string(),
  /** `error`: the text cannot be imported like this; `notice`: imported, marked at its place. */
  severity: z.enum(['error', 'notice']),
  /** An error that is right in this text (an article was repealed) may be confirmed by the clerk. */
  confirmable: z.boolean(),
  /** Tells it from others of its code; what the clerk confirms. */
  id: z.string(),
  line: z.number().int(),
  /** 第十八条第一款; null for the text as a whole. */
  place: z.string().nullable(),
  article: ArticleKey.nullable(),
  message: z.string(),
  remedy: z.string(),
})
export type Oddity = z.infer<typeof Oddity>

/** A text of law as a tree. Articles are in the order of their numbers; nothing of the text is missing from it. */
export const LawText = z.object({
  title: PlacedText,
  /** Issuing notes before the first heading or article. */
  notes: z.array(PlacedText),
  /** The table of contents, where the text has one. */
  contents: z.array(PlacedText),
  divisions: z.array(LawDivision),
  articles: z.array(LawArticle),
  /** Attachments after the last article. */
  tail: z.array(PlacedText),
  /** Page numbers and repeated page heads: taken out of the articles, not thrown away. */
  leftOut: z.array(PlacedText),
  oddities: z.array(Oddity),
})
export type LawText = z.infer<typeof LawText>

export const longestText = 400_000

/** What people say of a version when they import it. */
export const VersionFacts = z.object({
  /** 文号. */
  documentNumber: z.string().trim().max(100).nullable().default(null),
  issuer: z.string().trim().min(1, '请填写制定机关。').max(100),
  issuedOn: LocalDateSchema,
  validFrom: LocalDateSchema,
  /** Last day; null while it goes on. */
  validUntil: LocalDateSchema.nullable().default(null),
})
export type VersionFacts = z.infer<typeof VersionFacts>

/** A work on one day: counts, counts later, counted until, or has no version for it. */
export const standings = ['in-force', 'future', 'ended'] as const
export const Standing = z.enum(standings)
export type Standing = z.infer<typeof Standing>
export const standingLabels: Readonly<Record<Standing, string>> = {
  'in-force': '现行有效',
  future: '尚未施行',
  ended: '已失效',
}

/** How a period stands to a day. */
export function standingOn(period: { validFrom: string; validUntil: string | null }, day: string): Standing {
  if (period.validFrom > day) return 'future'
  return period.validUntil !== null && period.validUntil < day ? 'ended' : 'in-force'
}
