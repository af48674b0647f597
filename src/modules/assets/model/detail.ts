import { z } from 'zod'
import type { Verdict } from '#kernel/pure/verdict.ts'
import { allOf, allowed, refused } from '#kernel/pure/verdict.ts'
import type { Detail } from '../model.ts'
import { isCustomKey } from './custom-field.ts'

/** A field of a typed detail as forms, cards and workbooks show it. */
export type DetailField = Readonly<{
  key: string
  title: string
  kind: 'text' | 'number' | 'choice' | 'yes-no' | 'date'
  choices?: readonly string[]
  /** Of a number. */
  unit?: string
  required?: boolean
  /** Further titles its column goes by in workbooks. */
  also?: readonly string[]
}>

/**
 * What the cards of some classes say beside the core (facts 2.4: 特性信息). A module that owns a kind of thing (land, rooms,
 * vehicles, flats) registers its own: the core keeps number, holder, value, depreciation and history, the kind its fields.
 */
export type DetailKind = Readonly<{
  name: string
  title: string
  schema: z.ZodType<Detail>
  fields: readonly DetailField[]
}>

const optionalText = z.string().trim().max(200).nullable().optional()

export const procurementForms = ['政府集中采购', '部门集中采购', '分散采购', '非政府采购'] as const
export type ProcurementForm = (typeof procurementForms)[number]

/** What every card may say beside the core, whatever its class (facts 2.4: 基本信息, 财务信息, 使用信息); no kind repeats it. */
const common = {
  schema: z.strictObject({
    brand: optionalText,
    manufacturer: optionalText,
    tag: optionalText,
    procurementForm: z
      .enum(procurementForms, `应为${procurementForms.join('、')}之一。`)
      .nullable()
      .optional(),
    account: optionalText,
    managedBy: optionalText,
  }),
  fields: [
    { key: 'brand', title: '品牌', kind: 'text' },
    { key: 'manufacturer', title: '生产厂家', kind: 'text', also: ['制造商'] },
    { key: 'tag', title: 'RFID 编码', kind: 'text', also: ['RFID'] },
    { key: 'procurementForm', title: '采购组织形式', kind: 'choice', choices: procurementForms },
    { key: 'account', title: '会计科目', kind: 'text' },
    { key: 'managedBy', title: '管理部门', kind: 'text' },
  ] satisfies DetailField[],
} as const
const commonKeys: readonly string[] = common.fields.map(({ key }) => key)

const equipment: DetailKind = {
  name: 'equipment',
  title: '设备特性',
  schema: z
    .strictObject({
      macAddress: z
        .string()
        .regex(/^(([0-9A-F]{2}[:-]){5}[0-9A-F]{2})?$/i, 'MAC 地址应如 3C-52-82-0A-11-7F。')
        .nullable()
        .optional(),
      operatingSystem: optionalText,
      ownInnovation: z.boolean().nullable().optional(),
    })
    .transform((detail) => detail as Detail),
  fields: [
    { key: 'macAddress', title: 'MAC 地址', kind: 'text', also: ['MAC'] },
    { key: 'operatingSystem', title: '操作系统', kind: 'text' },
    { key: 'ownInnovation', title: '信创产品', kind: 'yes-no', also: ['是否信创'] },
  ],
}

const furniture: DetailKind = {
  name: 'furniture',
  title: '家具特性',
  schema: z
    .strictObject({
      material: optionalText,
      rank: z.enum(['厅局级', '处级及以下', '通用']).nullable().optional(),
      size: optionalText,
    })
    .transform((detail) => detail as Detail),
  fields: [
    { key: 'material', title: '材质', kind: 'text' },
    { key: 'rank', title: '适用职级', kind: 'choice', choices: ['厅局级', '处级及以下', '通用'] },
    { key: 'size', title: '尺寸', kind: 'text' },
  ],
}

const plain: DetailKind = {
  name: 'plain',
  title: '特性',
  schema: z.strictObject({}).transform((detail) => detail as Detail),
  fields: [],
}

const kinds = new Map<string, DetailKind>()
for (const kind of [equipment, furniture, plain]) registerDetailKind(kind)

/**
 * Registers the detail of a kind of thing; called once where its module is loaded.
 * @returns takes it away again
 * @throws when the name is taken, or a field is one that every card has: two would write over each other
 */
export function registerDetailKind(kind: DetailKind): () => void {
  if (kinds.has(kind.name)) throw new Error(`detail kind ${kind.name} is registered already`)
  const taken = kind.fields.find(({ key }) => commonKeys.includes(key))
  if (taken) throw new Error(`detail kind ${kind.name} repeats the field ${taken.key}, which every card has`)
  kinds.set(kind.name, { ...kind, fields: [...common.fields, ...kind.fields] })
  return () => void kinds.delete(kind.name)
}

/** Fields of all kinds, once each by their keys: the columns of a workbook of any cards. */
export function detailFields(): DetailField[] {
  return [...new Map([...kinds.values()].flatMap(({ fields }) => fields.map((field) => [field.key, field]))).values()]
}

/** The detail of that name, with the fields that every card has before its own. @throws when nothing registered it */
export function detailKind(name: string): DetailKind {
  const kind = kinds.get(name)
  if (!kind) throw new Error(`no detail kind ${name} is registered`)
  return kind
}

/** Whether the values fit the detail: every fault at once, by field; custom ones are judged by rules/custom-field.ts. */
export function checkDetail(kind: DetailKind, detail: Detail): Verdict {
  const own = Object.entries(detail).filter(([key]) => !isCustomKey(key))
  const part = (isCommon: boolean) => Object.fromEntries(own.filter(([key]) => commonKeys.includes(key) === isCommon))
  const parsed = [common.schema.safeParse(part(true)), kind.schema.safeParse(part(false))]
  const issues = parsed.flatMap(({ error }) => error?.issues ?? [])
  if (issues.length === 0) return allowed
  return allOf(
    ...issues.map((issue) => {
      const key = String(issue.path[0] ?? '')
      const title = kind.fields.find((field) => field.key === key)?.title ?? key
      return refused({ code: 'detail', message: `“${title}”：${issue.message}`, remedy: '请核对后改正。' })
    }),
  )
}
