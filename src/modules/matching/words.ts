/** What happened, in words. */
export const facts = {
  'matching.asked': '测算调剂建议',
  'matching.proposed': '生成调剂建议',
  'matching.line-accepted': '采纳调剂建议',
  'matching.line-refused': '不采纳调剂建议',
  'matching.acceptance-withdrawn': '撤回调剂采纳',
  'matching.allotment-ended': '调拨未成',
  'matching.lapsed': '转补充安排',
  'matching.lapse-settled': '登记补充安排',
}

/** Fields of its recorded facts. */
export const fields = {
  request: '调拨单',
  item: '物品',
  neededFen: '购置所需资金',
  cause: '原因',
}

/** What its pages are called in the navigation. */
export const places = {
  '/matching': '调剂建议',
  '/matching/lapses': '调剂未成',
}
