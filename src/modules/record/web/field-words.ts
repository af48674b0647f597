import { roleLabels } from '#kernel/pure/actor.ts'
import { formatYuan } from '#kernel/pure/money.ts'
import type { CodeWords, ModuleWords } from '#kernel/pure/words.ts'
import { shortInstant } from '#kernel/web/dates.ts'

const byModule: ReadonlyMap<string, ModuleWords> = new Map(
  Object.entries(import.meta.glob<ModuleWords>('../../*/words.ts', { eager: true })).map(([path, words]) => [
    path === '../words.ts' ? 'record' : (path.split('/').at(-2) ?? ''),
    words,
  ]),
)
const modules = [...byModule.values()]
const merged = <Words>(part: 'facts' | 'subjects' | 'states'): Readonly<Record<string, Words>> =>
  Object.assign({}, ...modules.map((words) => words[part]))
const [facts, subjects] = [merged<string>('facts'), merged<string>('subjects')]
const states = merged<CodeWords>('states')

/** What happened, in words; facts without a word of their own are shown as they are recorded. */
export function factWords(fact: string): string {
  return facts[fact] ?? fact
}

/** Facts with a word, for choosing among them. */
export function knownFacts(): { value: string; label: string }[] {
  return Object.entries(facts).map(([value, label]) => ({ value, label }))
}

/** What a record is about, in words: `assets.card` → 资产卡片. */
export function subjectWord(kind: string): string | undefined {
  return subjects[kind]
}

/** Which fact a field was recorded with, and of what: the same field or code is not called the same everywhere. */
export type Recorded = { fact: string; subjectKind: string }

const moduleOf = ({ fact }: Recorded) => byModule.get(fact.split('.')[0] ?? '')

/** Fields that are called the same in most modules; a module that calls one otherwise says so in its own words. */
const shared: CodeWords = {
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

/** The word for a field: as its own module calls it, as most do, as any does; else as it is recorded. */
export function fieldWord(of: Recorded, field: string): string {
  return (
    moduleOf(of)?.fields?.[field] ??
    shared[field] ??
    modules.find(({ fields }) => fields?.[field] !== undefined)?.fields?.[field] ??
    field
  )
}

/** A value as a reader takes it in: money in yuan, codes in words, short lists spelt out and long ones counted. */
export function shown(of: Recorded, field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '（空）'
  if (typeof value === 'number') return field.endsWith('Fen') ? `${formatYuan(value)}元` : String(value)
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'string') return codeWord(of, field, value) ?? textOf(value)
  if (Array.isArray(value)) return listOf(of, field, value)
  return Object.entries(value)
    .map(([key, member]) => `${isIdentifier(key) ? '自定义字段' : fieldWord(of, key)}：${shown(of, key, member)}`)
    .join('；')
    .slice(0, longest)
}

const longest = 500
/** Names of a few people or organs are read at a glance; more are counted. */
const spelt = 5
const isIdentifier = (text: string) => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)

function listOf(of: Recorded, field: string, values: readonly unknown[]): string {
  const short = values.every((one) => typeof one === 'string' && one.length < 60 && !isIdentifier(one))
  if (values.length === 0 || values.length > spelt || !short) return `${values.length} 项`
  return values.map((one) => shown(of, field, one)).join('、')
}

function codeWord(of: Recorded, field: string, code: string): string | undefined {
  const words = moduleOf(of)
  if (field === 'state') return states[of.subjectKind]?.[code] ?? words?.codes?.['state']?.[code]
  if (field === 'role') return (roleLabels as CodeWords)[code]
  return words?.codes?.[field]?.[code]
}

function textOf(value: string): string {
  const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value)
  return instant ? shortInstant(value) : value.slice(0, longest)
}

/** Whether a value says nothing to a reader: the key of another record. */
export function isKey(value: unknown): boolean {
  return typeof value === 'string' && isIdentifier(value)
}
