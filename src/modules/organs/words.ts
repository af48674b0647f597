import { organKindLabels } from './model.ts'

/** What happened, in words. */
export const facts = {
  'organs.organ-registered': '登记机关',
  'organs.organ-changed': '修改机关登记',
  'organs.organ-closed': '停用机关',
  'organs.headcount-set': '登记编制',
  'organs.parts-taken-over': '承接法定职责',
}

/** Fields of what was recorded. */
export const fields = {
  shortName: '规范简称',
  kind: '机关类别',
  jurisdictionCode: '行政区划',
  creditCode: '统一社会信用代码',
  budgetCode: '预算代码',
  parts: '法定职责',
  inCompound: '在集中办公区',
  secretUnit: '涉密单位',
  tradeUnion: '工会',
  headcount: '编制',
}

/** What its records are about. */
export const subjects = {
  'organs.organ': '机关',
}

/** Codes of its fields. */
export const codes = {
  kind: organKindLabels,
}

/** What its pages are called in the navigation. */
export const places = {
  '/organs': '机关名录',
}
