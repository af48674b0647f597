import { z } from 'zod'
import { DurationUnit } from '#kernel/pure/case-kind.ts'
import { defineContract, pageInput, pageOf } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { NormKind, Standing } from './model.ts'

/** Where a norm is carried: the module by its title, with the page to go to. */
export const Place = z.object({
  module: z.string(),
  title: z.string(),
  page: z.string().nullable(),
  /** What can be done there, by the summaries of its operations. */
  acts: z.array(z.string()),
  rules: z.array(z.string()),
})

export const NormView = z.object({
  id: z.string(),
  place: z.string(),
  kind: NormKind,
  bearer: z.string().nullable(),
  towards: z.string().nullable(),
  text: z.string(),
  trigger: z.string().nullable(),
  deadline: z.string().nullable(),
  evidence: z.string().nullable(),
  standing: Standing,
  /** What is missing, or which area of work will carry it. */
  open: z.string().nullable(),
  places: z.array(Place),
  /** Cases under the norm within reach of the reader; null where no case carries it or the reader handles none. */
  cases: z.object({ open: z.number().int(), overdue: z.number().int() }).nullable(),
})
export type NormView = z.infer<typeof NormView>

export const ArticleView = z.object({
  number: z.number().int(),
  /** 第三十二条. */
  place: z.string(),
  title: z.string(),
  norms: z.array(NormView),
})
export type ArticleView = z.infer<typeof ArticleView>

export const ChapterView = z.object({
  number: z.number().int(),
  title: z.string(),
  articles: z.array(ArticleView),
})

export const Reach = z.enum(['jurisdiction', 'organ', 'none'])

export const OverdueCase = z.object({
  /** Key of the duty. */
  key: z.string(),
  norm: z.string(),
  place: z.string(),
  kindTitle: z.string(),
  title: z.string(),
  stateLabel: z.string(),
  organName: z.string(),
  dueOn: LocalDateSchema,
  unit: DurationUnit,
  /** Working days or calendar days past the last day, by `unit`; at least 1. */
  daysLate: z.number().int(),
  link: z.string(),
})
export type OverdueCase = z.infer<typeof OverdueCase>

export const contract = defineContract('norms', {
  articles: {
    method: 'GET',
    path: '/articles',
    summary: '条例对照：条文、规范、承载位置和在办数',
    input: z.object({}),
    output: z.object({
      chapters: z.array(ChapterView),
      totals: z.object({
        norms: z.number().int(),
        whole: z.number().int(),
        part: z.number().int(),
        display: z.number().int(),
        open: z.number().int(),
      }),
      /** Whose cases are counted. */
      reach: Reach,
    }),
  },
  overdue: {
    method: 'GET',
    path: '/overdue',
    summary: '逾期未办的事项，按规范',
    input: z.object({
      norm: z
        .string()
        .regex(/^A\d{1,2}-\d{1,2}$/, '规范编号形如A35-2。')
        .optional(),
      ...pageInput,
    }),
    output: pageOf(OverdueCase),
  },
})
