import type { Tone } from '#kernel/web/StateTag.tsx'
import { subjectWord } from './field-words.ts'

export const resultWords = { done: '完成', denied: '被拒', failed: '未成功' } as const
export const resultTones: Record<keyof typeof resultWords, Tone> = { done: 'done', denied: 'refused', failed: 'warn' }

const kinds: Readonly<Record<string, string>> = {
  operation: '操作',
  'people.person': '人员',
  'people.account': '账号',
  'organs.organ': '机关',
  'plans.demand': '需求申请',
  'plans.plan': '保障计划',
  'plans.adjustment': '计划调整',
  'plans.report': '执行报告',
  'plans.cycle': '年度周期',
  'plans.notice': '书面通知',
  'budget.budget': '预算',
  'ledger.line': '台账',
  audit: '审计记录',
  'audit-entry': '审计记录',
  entry: '审计记录',
  demand: '需求申请',
  plan: '保障计划',
  adjustment: '计划调整',
  report: '执行报告',
  cycle: '年度周期',
  notice: '书面通知',
  person: '人员',
  organ: '机关',
  case: '事项',
  document: '公文',
  attachment: '附件',
}

/** The kind of a thing in words, where there is one. */
export function kindWord(kind: string): string {
  return subjectWord(kind) ?? kinds[kind] ?? kind
}

/** What an act was about: kind and identifier, so that it can be searched for. */
export function objectWords(kind: string, id: string): string {
  return `${kindWord(kind)} ${id}`
}
