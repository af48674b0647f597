/** What happened, in words. */
export const facts = {
  'ledger.line-opened': '列入台账',
  'ledger.line-adjusted': '调整台账',
  'ledger.committed': '占用',
  'ledger.released': '释放',
  'ledger.executed': '支出',
  'ledger.reversed': '冲销',
  'ledger.executions-imported': '导入支出明细',
}

/** What its pages are called in the navigation. */
export const places = {
  '/ledger/lines': '执行台账',
}
