import { roleLabels, type Role } from '#kernel/pure/actor.ts'
import { formatYuan } from '#kernel/pure/money.ts'

/** What happened, in words; facts without a word of their own are shown as they are recorded. */
const words: Readonly<Record<string, string>> = {
  'plans.cycle-opened': '开启年度周期',
  'plans.cycle-calendar-changed': '调整日程',
  'plans.demand-saved': '保存需求',
  'plans.demand-submitted': '提交审核',
  'plans.demand-withdrawn': '撤回',
  'plans.demand-returned': '退回补正',
  'plans.store-queried': '查询公物仓',
  'plans.lines-decided': '审核',
  'plans.decisions-undone': '撤销审核意见',
  'plans.review-closed': '审结',
  'plans.notice-acknowledged': '签收通知',
  'plans.plan-drafted': '编制计划草案',
  'plans.plan-saved': '修改计划草案',
  'plans.plan-submitted': '送签',
  'plans.plan-returned': '退回草案',
  'plans.plan-issued': '签发',
  'plans.plan-aligned': '按财政数字调整',
  'plans.plan-in-force': '计划生效',
  'plans.adjustment-made': '登记调整',
  'plans.adjustment-changed': '修改备案',
  'plans.adjustment-filed': '提交备案',
  'plans.adjustment-awaiting-finance': '报财政批准',
  'plans.adjustment-received': '收讫',
  'plans.adjustment-returned': '退回补正',
  'plans.adjustment-objected': '提出异议',
  'plans.adjustment-withdrawn': '撤销调整',
  'plans.adjustment-overdue': '逾期',
  'plans.report-drafted': '生成报告',
  'plans.report-saved': '修改报告',
  'plans.report-refreshed': '更新数字',
  'plans.report-signed': '签发报告',
  'plans.report-sent': '报送报告',
  'plans.report-received': '收到报告',
  'plans.report-returned': '退回报告',
  'plans.import-read': '上传工作簿',
  'plans.import-applied': '导入',
  'kernel.document-issued': '生成公文',
  'kernel.attachment-kept': '上传附件',
  'kernel.attachment-removed': '移除附件',
  'cases.handed-over': '转办',
  'cases.taken-back': '收回转办',
  'cases.signature-asked': '请求意见',
  'cases.signature-answered': '返回意见',
  'cases.signature-recalled': '收回会签',
  'cases.overdue': '逾期提醒',
  'ledger.line-opened': '列入台账',
  'ledger.line-adjusted': '调整台账',
  'ledger.committed': '占用',
  'ledger.released': '释放',
  'ledger.executed': '支出',
  'ledger.reversed': '冲销',
  'people.signed-in': '登录',
  'people.signed-out': '退出',
  'people.sign-in-failed': '登录失败',
  'people.password-changed': '修改密码',
  'plans.organs-reminded': '催报',
  'plans.adjustment-approved': '财政批准',
  'budget.budget-made': '编制预算',
  'budget.budget-saved': '修改预算',
  'budget.budget-proposed': '报送建议数（一上）',
  'budget.control-figures-set': '下达控制数（一下）',
  'budget.budget-drafted': '报送草案（二上）',
  'budget.budget-approved': '批复预算（二下）',
  'budget.budget-returned': '退回预算',
  'duties.reminded': '发送督办提醒',
  'duties.passed': '超过法定时限',
  'duties.list-issued': '印发督办清单',
  'duties.feed-created': '生成日历订阅地址',
  'duties.feed-revoked': '停用日历订阅地址',
  'calendar.notice-loaded': '录入放假安排',
  'calendar.notice-confirmed': '复核放假安排',
  'calendar.notice-withdrawn': '撤回放假安排',
  'calendar.override-added': '登记本地安排',
  'calendar.override-confirmed': '复核本地安排',
  'calendar.override-withdrawn': '撤回本地安排',
  'ledger.executions-imported': '导入支出明细',
  'organs.organ-registered': '登记机关',
  'organs.organ-changed': '修改机关登记',
  'organs.organ-closed': '停用机关',
  'organs.headcount-set': '登记编制',
  'organs.parts-taken-over': '承接法定职责',
  'people.first-administrator': '开通首位管理员',
  'people.person-registered': '登记人员',
  'people.role-granted': '授予角色',
  'people.role-ended': '收回角色',
  'people.role-delegated': '委托角色',
  'people.password-reset': '重置密码',
  'people.session-ended': '结束登录',
  'people.account-active': '启用账号',
  'people.account-disabled': '停用账号',
  'consultation.opened': '发起征求意见',
  'consultation.draft-saved': '保存答复草稿',
  'consultation.opinion-submitted': '提交答复',
  'consultation.opinion-changed': '修改答复',
  'consultation.collected': '征集结束',
  'consultation.items-replied': '答复意见',
  'consultation.replies-taken-back': '撤回意见答复',
  'consultation.items-grouped': '归并意见',
  'consultation.reminded': '催办',
  'consultation.closed': '办结征求意见',
  'consultation.withdrawn': '撤销征求意见',
  'consultation.survey-opened': '发起满意度调查',
  'consultation.survey-closed': '办结满意度调查',
  'consultation.survey-withdrawn': '撤销满意度调查',
  'consultation.rated': '提交评价',
  'consultation.improvement-added': '登记改进事项',
  'consultation.improvement-finished': '登记改进结果',
  'regulations.text-read': '上传制度文本',
  'regulations.import-given-up': '放弃导入',
  'regulations.version-confirmed': '收入制度库',
  'regulations.version-ended': '登记失效',
  'regulations.link-added': '关联条文',
  'regulations.link-removed': '取消关联',
  'drafting.draft-made': '起草标准',
  'drafting.draft-saved': '修改文件信息',
  'drafting.change-added': '拟定一行',
  'drafting.change-saved': '修改拟定内容',
  'drafting.change-removed': '删除一行',
  'drafting.draft-consulted': '征求意见',
  'drafting.draft-submitted': '送批',
  'drafting.draft-recalled': '撤回修改',
  'drafting.draft-returned': '退回修改',
  'drafting.draft-refused': '不予批准',
  'drafting.draft-withdrawn': '撤销草案',
  'drafting.draft-approved': '批准标准',
  'drafting.expenditure-review-opened': '请财政复核支出标准',
  'drafting.expenditure-kept': '支出标准不作调整',
  'drafting.expenditure-revised': '支出标准已修订',
  'drafting.standard-confirmed': '复核标准不作调整',
  'whatif.scenario-created': '新建测算方案',
  'whatif.scenario-saved': '保存测算方案',
  'whatif.scenario-deleted': '删除测算方案',
  'whatif.run-asked': '测算',
  'kernel.denied': '越权被拒',
  'kernel.decisions-purged': '清除涉密决定内容',
  'kernel.due-date-moved': '期限重算',
  'kernel.audit-purged': '清除到期审计内容',
  'kernel.audit-content-withdrawn': '撤除审计内容',
  'kernel.audit-chain-carried-over': '封存链转入审计树',
  'record.audit-exported': '导出审计记录',
}

export function factWords(fact: string): string {
  return words[fact] ?? fact
}

/** Facts with a word, for choosing among them. */
export function knownFacts(): { value: string; label: string }[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }))
}

const names: Readonly<Record<string, string>> = {
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
