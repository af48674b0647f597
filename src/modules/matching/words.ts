import { lineStateLabels } from './model.ts'
import { causeLabels, lapseStateLabels, wayLabels } from './model/lapse.ts'

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
  pieces: '件数',
  levels: '其中其他层级件数',
  run: '测算次数',
  savedFen: '节约经费',
  way: '落实方式',
  cards: '资产卡片',
  lines: '需求行',
}

/** What its records are about. */
export const subjects = {
  'matching.lapse': '调剂未成',
  'matching.line': '调剂建议',
  'matching.proposal': '全年测算',
}

/** States of what its records are about. */
export const states = {
  'matching.line': lineStateLabels,
  'matching.lapse': lapseStateLabels,
}

/** Codes of its fields. */
export const codes = {
  cause: causeLabels,
  way: wayLabels,
}

/** What its pages are called in the navigation. */
export const places = {
  '/matching': '调剂建议',
  '/matching/lapses': '调剂未成',
}
