import type { StandardKind } from '../model.ts'
import type { StandardForm } from './value.ts'

/** Fields of work that standards belong to, in the order of the library. */
export const standardFieldLabels = {
  equipment: '设备家具',
  premises: '办公用房',
  land: '机关用地',
  construction: '建设维修',
  vehicles: '公务用车',
  assets: '资产管理与处置',
  warehouse: '公物仓',
  procurement: '采购',
  ranks: '职务层次',
  plans: '计划办理',
  setting: '标准制定',
  disclosure: '信息公开',
  cost: '运行成本',
  services: '服务保障',
} as const
export type StandardField = keyof typeof standardFieldLabels

/** What rows of one code must look like; their figures are rows, never here. */
export type StandardDefinition = Readonly<{
  /** Stable over versions, e.g. `office.area-cap`. */
  code: string
  title: string
  kind: StandardKind
  field: StandardField
  form: StandardForm
  /** Rows of this code may differ by level of government, by rank, by both. */
  dimensions: readonly ('level' | 'rank')[]
  /** Norms of the Regulation that the figure serves. */
  norms: readonly string[]
  /** At one level a higher rank never gets less. */
  growsWithRank: boolean
}>

type Given = readonly [code: string, title: string, form: StandardForm, more?: Partial<StandardDefinition>]

/** Definitions of one field and kind; what differs from the rest stands at the end of a line. */
export function define(
  field: StandardField,
  kind: StandardKind,
  norms: readonly string[],
  given: readonly Given[],
): StandardDefinition[] {
  return given.map(([code, title, form, more]) => ({
    code,
    title,
    kind,
    field,
    form,
    norms,
    dimensions: [],
    growsWithRank: false,
    ...more,
  }))
}
