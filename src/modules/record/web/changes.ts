import { roleLabels, type Role } from '#kernel/pure/actor.ts'
import { formatYuan } from '#kernel/pure/money.ts'
import type { ModuleWords } from '#kernel/pure/words.ts'

const modules = Object.values(import.meta.glob<ModuleWords>('../../*/words.ts', { eager: true }))

/** What happened, in words; facts without a word of their own are shown as they are recorded. */
const words: Readonly<Record<string, string>> = Object.assign({}, ...modules.map(({ facts }) => facts))

export function factWords(fact: string): string {
  return words[fact] ?? fact
}

/** Facts with a word, for choosing among them. */
export function knownFacts(): { value: string; label: string }[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }))
}

const names: Readonly<Record<string, string>> = {
  ...Object.assign({}, ...modules.map(({ fields }) => fields)),
  documentTitle: '文件名称',
  documentNumber: '文号',
  inForceOn: '施行日期',
  retroactiveGround: '早于今日施行的依据',
  matter: '事项',
  value: '内容',
  citation: '条款',
  restsOn: '依据的标准',
  act: '方式',
  code: '编码',
  level: '适用级别',
  rank: '职务层次',
  centralised: '管理方式',
  provided: '统一提供',
  localDecision: '下级另行规定',
  state: '状态',
  opinion: '意见',
  contact: '联系人',
  askedFen: '申请金额',
  approvedFen: '核定金额',
  amountFen: '金额',
  totalFen: '总额',
  quantity: '数量',
  number: '编号',
  title: '标题',
  planVersion: '计划版本',
  reason: '原因',
  fileName: '文件',
  late: '逾期提交',
  overdue: '逾期',
  dueOn: '期限',
  assignedTo: '办理人',
  question: '征求事项',
  agrees: '同意',
  role: '角色',
  validFrom: '起',
  validUntil: '止',
  name: '名称',
  lines: '明细',
  note: '用途',
  occurredOn: '日期',
  document: '文件',
  texts: '文字',
  total: '合计',
  opinionsUntil: '反馈截止日',
  organs: '征求机关',
  namesShown: '显示机关名称',
  stance: '意见态度',
  items: '意见',
  reply: '采纳情况',
  group: '归并',
  invited: '征求机关',
  answered: '已答复机关',
  commented: '有意见机关',
  replied: '已答复意见',
  questions: '问题',
  answersUntil: '评价截止日',
  unanswered: '未评价机关',
  again: '再次提交',
  field: '服务事项',
  problem: '问题',
  measure: '改进措施',
  ownerName: '责任人',
  result: '结果',
  purpose: '用途',
  format: '格式',
  filter: '查询条件',
  rows: '条数',
  through: '至第几条',
  from: '自第几条',
  ground: '理由',
  years: '保存年数',
  sealedBefore: '封存早于',
  username: '用户名',
  post: '职务',
  session: '登录',
  locked: '锁定',
  version: '版本',
  year: '年度',
  changes: '测算假设',
}

/** The word for a field; fields without one are shown as they are recorded. */
export function fieldWord(field: string): string {
  return names[field] ?? field
}

export type ChangedField = { name: string; before: string | null; after: string | null }

/** Fields that differ between two states of a record, money in yuan; whole lists are counted, not spelt out. */
export function changedFields(before: unknown, after: unknown): ChangedField[] {
  const [old, next] = [objectOf(before), objectOf(after)]
  return [...new Set([...Object.keys(old), ...Object.keys(next)])]
    .filter((key) => !/Id$|^id$|digest|sha256/.test(key) && JSON.stringify(old[key]) !== JSON.stringify(next[key]))
    .map((key) => ({
      name: names[key] ?? key,
      before: key in old ? shown(key, old[key]) : null,
      after: key in next ? shown(key, next[key]) : null,
    }))
    .filter(({ before: was, after: is }) => was !== is)
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : Array.isArray(value)
      ? { lines: value }
      : {}
}

/** States of cases and accounts in words; each module has more, which are shown as they are recorded. */
const states: Readonly<Record<string, string>> = {
  draft: '草稿',
  submitted: '已提交',
  returned: '已退回',
  reviewed: '已审结',
  issued: '已签发',
  signed: '已签发',
  filed: '已备案',
  received: '已收到',
  withdrawn: '已撤回',
  approved: '已批准',
  'in-force': '已生效',
  active: '正常',
  disabled: '已停用',
}

export function shown(key: string, value: unknown): string {
  if (value === null || value === undefined) return '（空）'
  if (key === 'state' && typeof value === 'string') return states[value] ?? value
  if (key === 'role' && typeof value === 'string') return roleLabels[value as Role] ?? value
  if (typeof value === 'number') return key.endsWith('Fen') ? `${formatYuan(value)}元` : String(value)
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (Array.isArray(value)) return `${value.length} 项`
  if (typeof value === 'object') return JSON.stringify(value).slice(0, 200)
  return String(value).slice(0, 500)
}
