/** What happened, in words. */
export const facts = {
  'matching.asked': '测算调剂建议',
  'matching.proposed': '生成调剂建议',
  'matching.line-accepted': '采纳调剂建议',
  'matching.line-refused': '不采纳调剂建议',
  'matching.acceptance-withdrawn': '撤回调剂采纳',
}

/** What its pages are called in the navigation. */
export const places = {
  '/matching': '调剂建议',
}
