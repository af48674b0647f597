import { entryKindLabels } from './model.ts'

/** What happened, in words. */
export const facts = {
  'ledger.year-closed': '年度结束',
  'ledger.line-opened': '列入台账',
  'ledger.line-adjusted': '调整台账',
  'ledger.committed': '占用',
  'ledger.released': '释放',
  'ledger.executed': '支出',
  'ledger.reversed': '冲销',
  'ledger.executions-imported': '导入支出明细',
}

/** Fields of what was recorded. */
export const fields = {
  plannedFen: '计划',
  executedFen: '支出',
  openFen: '未了结占用',
  openCount: '未了结占用笔数',
  kind: '分录类别',
  source: '来源',
  counterparty: '对方单位',
}

/** What its records are about. */
export const subjects = {
  'ledger.line': '台账',
}

/** Codes of its fields. */
export const codes = {
  kind: entryKindLabels,
}

/** What its pages are called in the navigation. */
export const places = {
  '/ledger/lines': '执行台账',
}
