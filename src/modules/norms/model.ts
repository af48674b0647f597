import { z } from 'zod'
import { placeInRegulation } from '#kernel/pure/norm-article.ts'

/** What a norm does; the words of the screen are in `kindLabels`. */
export const normKinds = [
  'purpose',
  'scope',
  'definition',
  'principle',
  'duty',
  'power',
  'permission',
  'prohibition',
  'exception',
  'specification',
  'reference',
  'ambiguity',
  'commencement',
] as const
export const NormKind = z.enum(normKinds)
export type NormKind = z.infer<typeof NormKind>

export const kindLabels: Readonly<Record<NormKind, string>> = {
  purpose: '立法目的',
  scope: '适用范围',
  definition: '定义',
  principle: '原则',
  duty: '义务',
  power: '职权',
  permission: '许可',
  prohibition: '禁止',
  exception: '例外',
  specification: '内容规定',
  reference: '援引',
  ambiguity: '文本疑义',
  commencement: '施行',
}

/** Open cases that carry out a norm: a kind of case, in all its open states or in those named. */
export type CarryingCase = Readonly<{ kind: string; states?: readonly string[] }>

/** Where in the system a norm is carried: by names that exist in the module's contract, routes and case kinds. */
export type Carrier = Readonly<{
  module: string
  page?: string
  operations?: readonly string[]
  /** Ids of rules in findings, e.g. `PLAN-R03`. */
  rules?: readonly string[]
  cases?: readonly CarryingCase[]
}>

/**
 * How far the system carries a norm: whole; in part, with what is missing; by being shown on the norm screen, where
 * there is nothing to compute; or not yet, with the area of work that will carry it.
 */
export type Carrying =
  | Readonly<{ how: 'whole'; by: readonly Carrier[] }>
  | Readonly<{ how: 'part'; by: readonly Carrier[]; missing: string }>
  | Readonly<{ how: 'display' }>
  | Readonly<{ how: 'open'; area: string }>

/** Words of the state of a norm. */
export const standings = ['whole', 'part', 'display', 'open'] as const
export const Standing = z.enum(standings)
export type Standing = z.infer<typeof Standing>
export const standingLabels: Readonly<Record<Standing, string>> = {
  whole: '已承载',
  part: '部分',
  display: '仅展示',
  open: '未承载',
}

/** One norm of 《山西省机关运行保障条例》 in our own words; null where the Regulation says nothing of it. */
export type Norm = Readonly<{
  /** `A32-1`: article and running number. */
  id: string
  article: number
  /** Null where the article has one paragraph only. */
  paragraph: number | null
  kind: NormKind
  /** Who is bound or empowered 义务主体. */
  bearer: string | null
  /** To whom it is owed. */
  towards: string | null
  text: string
  trigger: string | null
  deadline: string | null
  evidence: string | null
  carrying: Carrying
}>

/** An article as the screen heads it; chapters as the Regulation numbers them. */
export type Article = Readonly<{ number: number; chapter: number; title: string }>

/** 第三十六条第一款. */
export function placeOf({ article, paragraph }: Pick<Norm, 'article' | 'paragraph'>): string {
  return placeInRegulation(article, paragraph)
}
