import type { Level } from '#kernel/pure/actor.ts'
import type { DecisionKind, Judged } from '#kernel/pure/decision.ts'
import { formatYuan } from '#kernel/pure/money.ts'
import type { Basis, Finding } from '#kernel/pure/verdict.ts'
import { stateLabels, type AssetState } from '#modules/assets/model.ts'
import { disposalFormLabels, disposalTier, type DisposalForm } from '#modules/standards/rules/disposal.ts'
import { hasForm, rowFor, type StandardTable } from '#modules/standards/rules/in-force.ts'
import { lifeOf } from '#modules/standards/rules/items.ts'
import { yearsLater } from '#modules/standards/rules/terms.ts'
import { law } from '../law.ts'
import { paperLabels, type Condition, type PaperKind } from '../model.ts'
import { neededPapers, type NeededPaper } from './papers.ts'

/** A thing as the rules of disposal see it. */
export type ThingFacts = Readonly<{
  number: string
  name: string
  /** Code of the present edition of the classification. */
  classCode: string | null
  /** The standards of its item and of its depreciation, for its least life. */
  item: string | null
  depreciation: string | null
  costFen: number
  acquiredOn: string
  condition: Condition
  state: AssetState
  /** The procedure that holds it; null when none. */
  heldBy: string | null
}>

/** An application as the rules see it; the standards are among it, so that it can be judged again years later. */
export type ApplicationFacts = Readonly<{
  form: DisposalForm
  level: Level
  appliedOn: string
  encumbered: boolean
  /** Whoever receives: an organ or a name; empty where the form has nobody. */
  receiver: string
  crossLevel: boolean
  things: readonly ThingFacts[]
  papers: readonly { kind: PaperKind; number: string; issuedOn: string }[]
  /** What the same organ applied for in the same form before (AST-R22). */
  earlier: readonly { appliedOn: string; batchFen: number }[]
  table: StandardTable
}>

export type JudgedApplication = Readonly<{
  tier: { key: string; title: string; path: string }
  needed: readonly NeededPaper[]
  judged: Judged
}>

/** Things with something of value to others on their disks: erased before they go (AST-R13). */
export function storesData(classCode: string | null): boolean {
  if (classCode === null) return false
  return classCode.startsWith('A0201') || classCode === 'A02020100' || classCode === 'A02020400'
}

/** Land, buildings and vehicles always need a consent of their own. */
const isLandBuildingVehicle = (classCode: string | null): boolean =>
  classCode !== null && (classCode.startsWith('A01') || classCode.startsWith('A0203'))

/** When a thing has reached its least life: by its item's standard, else by the years of its depreciation; null where none sets it. */
export function leastLife(
  table: StandardTable,
  { item, depreciation, acquiredOn }: Pick<ThingFacts, 'item' | 'depreciation' | 'acquiredOn'>,
  on: string,
): { years: number; dueOn: string; reached: boolean } | null {
  const itemRow = item === null ? null : rowFor(table, item)
  const life = itemRow && hasForm(itemRow, 'item') ? lifeOf(itemRow.value, acquiredOn, on) : null
  if (life !== null) return life
  const row = depreciation === null ? null : rowFor(table, depreciation)
  if (!row || !hasForm(row, 'years')) return null
  const years = row.value.minimumYears
  const dueOn = yearsLater(acquiredOn, years)
  return { years, dueOn, reached: on >= dueOn }
}

/**
 * What the rules say of an application (A12-3; AST-R08, R11 to R13, R22, R24): which path it takes, which papers it needs,
 * and what stands against it.
 */
export function judgeApplication(facts: ApplicationFacts): JudgedApplication {
  const { form, things, table, appliedOn, crossLevel } = facts
  const lives = things.map((thing) => ({ thing, life: leastLife(table, thing, appliedOn) }))
  const young = lives.filter(({ life }) => life !== null && !life.reached)
  const stillUsable = lives.filter(({ thing, life }) => thing.condition === 'usable' && (life === null || life.reached))
  const costFen = things.reduce((sum, thing) => sum + thing.costFen, 0)
  const needed = neededPapers({
    form,
    crossLevel,
    underLife: young.length > 0,
    usablePastLife: stillUsable.length > 0,
  })
  const tier = disposalTier(table, {
    level: facts.level,
    form,
    appliedOn,
    batchFen: costFen,
    earlier: facts.earlier,
    landBuildingVehicle: things.some(({ classCode }) => isLandBuildingVehicle(classCode)),
    crossLevel,
    underLife: young.length > 0,
  })
  const findings = [
    tier.finding,
    ...encumbrance(facts),
    ...receiverFindings(facts),
    ...stateFindings(facts),
    ...paperFindings(facts, needed),
    ...lifeFindings(facts, young, stillUsable),
    ...erasureFindings(things),
  ]
  return {
    tier: { key: tier.key, title: tier.title, path: tier.path },
    needed,
    judged: {
      findings,
      conclusion: {
        says: `${disposalFormLabels[form]}${things.length}项资产，原值${formatYuan(costFen)}元，按${tier.title}办理。`,
        values: { 处置形式: disposalFormLabels[form], 资产项数: things.length, '原值（分）': costFen, 分级: tier.key },
      },
    },
  }
}

/** A12-3: what stands for an application, kept with every decision on it. */
export const applicationKind: DecisionKind<ApplicationFacts, null> = {
  kind: 'disposal.application',
  title: '资产处置审批',
  rulesVersion: 1,
  labels: {
    form: '处置形式',
    level: '级次',
    appliedOn: '申请日期',
    encumbered: '对外投资、抵押或者担保',
    receiver: '接收方',
    crossLevel: '跨级次',
    things: '资产',
    papers: '材料',
    earlier: '同一形式此前的申请',
    table: '适用标准',
    number: '编号',
    name: '名称',
    classCode: '分类代码',
    item: '配置标准',
    depreciation: '折旧年限标准',
    costFen: '原值（分）',
    acquiredOn: '取得日期',
    condition: '状况',
    state: '使用状况',
    heldBy: '正在办理',
    kind: '材料',
    issuedOn: '日期',
    batchFen: '批次原值（分）',
  },
  evaluate: (facts) => judgeApplication(facts).judged,
}

const finding = (
  rule: string,
  outcome: Finding['outcome'],
  basis: Basis,
  field: string | null,
  message: string,
  remedy: string | null = null,
  facts: Finding['facts'] = {},
): Finding => ({ rule, outcome, basis, field, message, remedy, facts, parameters: [], steps: [] })

const named = (things: readonly ThingFacts[]) =>
  `${things
    .slice(0, 3)
    .map(({ number, name }) => `${name}（${number}）`)
    .join('、')}${things.length > 3 ? `等${things.length}项` : ''}`

/** AST-R24: what is invested, pledged or given as security is not disposed of; it should never have been. */
function encumbrance({ encumbered }: ApplicationFacts): Finding[] {
  if (!encumbered) return []
  return [
    finding(
      'AST-R24',
      'block',
      law.noInvestment,
      'encumbered',
      '行政单位不得以国有资产对外投资、设立营利性组织、抵押或者提供担保，涉及的资产不能处置。',
      '请先解除投资、抵押或者担保，并向财政部门报告。',
    ),
  ]
}

function receiverFindings({ form, receiver }: ApplicationFacts): Finding[] {
  const who = { D1: '接收机关', D2: '受赠方', D3: null, D4: '置换对方', D5: null, D6: null }[form]
  if (who === null || receiver.trim() !== '') return []
  return [
    finding(
      `${form}-receiver`,
      'block',
      law.financeConsent,
      form === 'D1' ? 'receiverOrganId' : 'counterparty',
      `${disposalFormLabels[form]}须写明${who}。`,
      `请填写${who}。`,
    ),
  ]
}

const disposable: readonly AssetState[] = ['in-use', 'idle', 'repair', 'in-warehouse', 'disposal-pending']

/** A thing that is away, in another procedure or gone already is not applied for; only a loss is of what is missing. */
function stateFindings({ form, things }: ApplicationFacts): Finding[] {
  const held = things.filter(({ heldBy }) => heldBy !== null)
  const wrong = things.filter(
    ({ state, heldBy }) => heldBy === null && !disposable.includes(state) && !(form === 'D6' && state === 'missing'),
  )
  return [
    ...held.map((thing) =>
      finding(
        'card-engaged',
        'block',
        law.wholeLife,
        'items',
        `资产${thing.number}正在办理${thing.heldBy ?? ''}，一项资产同一时间只能办理一项。`,
        '请等该事项办结，或从申请中去掉。',
      ),
    ),
    ...wrong.map((thing) =>
      finding(
        'AST-R07',
        'block',
        law.wholeLife,
        'items',
        `资产${thing.number}现为“${stateLabels[thing.state]}”，不能申请${disposalFormLabels[form]}。`,
        thing.state === 'missing' ? '盘亏资产请按损失核销申请。' : '请先收回资产，或从申请中去掉。',
      ),
    ),
  ]
}

function paperFindings({ form, papers, appliedOn }: ApplicationFacts, needed: readonly NeededPaper[]): Finding[] {
  const given = new Map(papers.map((paper) => [paper.kind, paper]))
  const missing = needed.filter(({ kind }) => !given.has(kind))
  const late = papers.filter(({ issuedOn }) => issuedOn > appliedOn)
  return [
    // What a missing technical certificate or answer of the warehouse means is said with the life of the things.
    ...missing
      .filter(({ kind }) => kind !== 'technical' && kind !== 'warehouse')
      .map(({ kind, why }) =>
        finding(
          `${form}-papers`,
          'block',
          law.financeConsent,
          `papers.${kind}`,
          `缺少${paperLabels[kind]}：${why}。`,
          '请填写文号和日期，并上传扫描件。',
        ),
      ),
    ...late.map(({ kind, issuedOn }) =>
      finding(
        `${form}-papers`,
        'block',
        law.financeConsent,
        `papers.${kind}`,
        `${paperLabels[kind]}的日期${issuedOn}晚于申请日期${appliedOn}。`,
        '请核对日期。',
      ),
    ),
  ]
}

type Lived = { thing: ThingFacts; life: { years: number; dueOn: string } | null }

/** AST-R11: young things go only with a certificate; AST-R12: usable ones are offered to the public warehouse first. */
function lifeFindings(
  { form, papers }: ApplicationFacts,
  young: readonly Lived[],
  stillUsable: readonly Lived[],
): Finding[] {
  if (form !== 'D5') return []
  const certified = papers.some(({ kind }) => kind === 'technical')
  const answered = papers.some(({ kind }) => kind === 'warehouse')
  const first = young[0]
  return [
    ...(first
      ? [
          finding(
            'AST-R11',
            certified ? 'needs-approval' : 'block',
            law.leastLife,
            'papers.technical',
            `${named(young.map(({ thing }) => thing))}未满最低使用年限${first.life?.years ?? ''}年${certified ? '，已附技术鉴定' : '，没有无法修复的技术鉴定'}。`,
            certified ? '由机关事务管理部门、财政部门核对鉴定后决定。' : '请继续使用；确已损坏的，附技术鉴定意见。',
            { 未满年限: young.length, 最早届满: first.life?.dueOn ?? '' },
          ),
        ]
      : []),
    ...(stillUsable.length > 0
      ? [
          finding(
            'AST-R12',
            answered ? 'ok' : 'warn',
            law.warehouseFirst,
            'papers.warehouse',
            `${named(stillUsable.map(({ thing }) => thing))}仍可使用${answered ? '，公物仓已答复不接收' : '，应当先提供给公物仓'}。`,
            answered ? null : '请先向公物仓申请入仓；公物仓不接收的，填写其答复。',
            { 可用: stillUsable.length },
          ),
        ]
      : []),
  ]
}

/** AST-R13: said early, asked for when it is carried out. */
function erasureFindings(things: readonly ThingFacts[]): Finding[] {
  const storing = things.filter(({ classCode }) => storesData(classCode))
  if (storing.length === 0) return []
  return [
    finding(
      'AST-R13',
      'warn',
      law.erasure,
      null,
      `${named(storing)}有存储部件，实施处置前须清除数据。`,
      '实施时填写数据清除记录编号；处理过涉密信息的设备不在本系统办理。',
      { 有存储部件: storing.length },
    ),
  ]
}
