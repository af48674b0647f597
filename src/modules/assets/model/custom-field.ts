import { z } from 'zod'
import { Instant } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import type { DetailField } from './detail.ts'

export const customFieldKindLabels = { text: '文字', number: '数字', date: '日期', choice: '选项' } as const
export type CustomFieldKind = keyof typeof customFieldKindLabels
export const customFieldKinds = Object.keys(customFieldKindLabels) as [CustomFieldKind, ...CustomFieldKind[]]

const choice = z.string().trim().min(1, '选项不能为空。').max(40, '选项不能超过40个字。')

/** What may change of a field from one version to the next; class and kind never do, or old values would mean something else. */
export const CustomFieldTerms = z.object({
  name: z.string().trim().min(1, '请填写字段名称。').max(30, '字段名称不能超过30个字。'),
  /** Of numbers. */
  unit: z.string().trim().max(10, '单位不能超过10个字。').default(''),
  required: z.boolean().default(false),
  /** Of choices. */
  choices: z.array(choice).max(60, '选项不能超过60个。').default([]),
  /** The first day on which it counts so. */
  from: LocalDateSchema,
})

/**
 * A field that the authority of a level adds to the cards of a class 自定义字段, as of one version; versions are only ever
 * added. Its values stand in the card's detail under its id.
 */
export const CustomField = CustomFieldTerms.extend({
  id: z.uuid(),
  version: z.number().int(),
  /** A class, or a branch of classes: `A02010105`, `A02`. */
  classPrefix: z.string(),
  kind: z.enum(customFieldKinds),
  retired: z.boolean(),
  reason: z.string(),
  setAt: Instant,
  setByName: z.string(),
})
/** What rules and forms ask of it; when it was set is for its history. */
export type CustomField = Omit<z.infer<typeof CustomField>, 'setAt'>

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Keys of a detail that are ids of custom fields; the others are those of the class's own detail. */
export const isCustomKey = (key: string): boolean => uuid.test(key)

/** As forms, cards and workbooks show any field of a detail. */
export function detailFieldOf({ id, name, kind, unit, required, choices }: CustomField): DetailField {
  return { key: id, title: name, kind, unit, required, choices }
}
