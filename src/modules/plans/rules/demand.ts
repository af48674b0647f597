import { costOf } from '#kernel/pure/money.ts'
import { daysBetween } from '#kernel/pure/local-date.ts'
import { secrecyMarkIn } from '#kernel/pure/secrecy-marks.ts'
import { finding, provided, allOf, verdictOf, type Finding, type Verdict } from '#kernel/pure/verdict.ts'
import { needKindLabels, type CatalogueEntry } from '#modules/standards/model.ts'
import { providesCentrally } from '#modules/standards/rules/catalogue.ts'
import { law } from '../law.ts'
import type { CycleCalendar, DemandLineDraft } from '../model.ts'
import { fen, parameter, yuan, type IndexedStandards, type LineFacts, type OrganFacts } from './facts.ts'
import { checkAgainstItemStandard } from './quantity-standard.ts'

/**
 * Everything the rules say of one demand line: while typing in the browser, at submission and at review by the very
 * same function (PLAN-R01…R07, R21, R23, R24). `standards.on` is the day whose standards count.
 */
export function checkDemandLine(
  facts: LineFacts,
  organ: OrganFacts,
  standards: IndexedStandards,
  today: string,
): Finding[] {
  return [
    ...checkComplete(facts.line),
    ...checkSecrecy(facts.line),
    ...checkEconomicCode(facts.line, standards),
    ...checkAgainstItemStandard(facts, organ, standards),
    ...checkWarehouse(facts.line, standards, today),
    ...checkBudgetHolder(facts.line, organ, standards),
    ...checkTradeUnion(facts.line, organ),
    ...checkGrowth(facts, standards),
  ]
}

/** PLAN-R01: item, quantity and money must stand on the line (A32-1); money must agree with quantity × price. */
export function checkComplete(line: DemandLineDraft): Finding[] {
  const missing: [string, string, boolean][] = [
    ['needKind', '需求类别', line.needKind === null],
    ['itemName', '事项名称', line.itemName.trim() === ''],
    ['quantity', '数量', line.quantity === null || line.quantity <= 0],
    ['unit', '计量单位', line.unit.trim() === ''],
    ['amountFen', '金额', line.amountFen === null || line.amountFen <= 0],
    ['economicCode', '部门经济科目', line.economicCode === null],
  ]
  const findings = missing
    .filter(([, , absent]) => absent)
    .map(([field, label]) =>
      finding('PLAN-R01', 'block', law.application, `未填写${label}。`, { field, remedy: `请填写${label}后再提交。` }),
    )
  const product = line.unitPriceFen !== null && line.quantity !== null ? costOf(line.quantity, line.unitPriceFen) : null
  if (product !== null && line.amountFen !== null && product !== line.amountFen)
    findings.push(
      finding('PLAN-R01', 'block', law.application, `金额${yuan(line.amountFen)}与数量×单价${yuan(product)}不一致。`, {
        field: 'amountFen',
        remedy: '请核对数量、单价和金额。',
        facts: { 数量: line.quantity, '单价（分）': line.unitPriceFen, '金额（分）': line.amountFen },
        steps: [
          {
            label: '金额',
            expression: `${line.quantity} × ${yuan(line.unitPriceFen as number)}`,
            result: yuan(product),
            operands: [
              { label: '数量', value: line.quantity as number, unit: line.unit },
              fen('单价', line.unitPriceFen as number),
            ],
          },
        ],
      }),
    )
  return findings
}

/** PLAN-R23: nothing secret enters the system (A44-1); the finding repeats nothing of the text. */
export function checkSecrecy(line: DemandLineDraft): Finding[] {
  const fields = [
    ['itemName', line.itemName],
    ['reason', line.reason],
    ['note', line.note],
  ] as const
  return fields
    .filter(([, text]) => secrecyMarkIn(text) !== null)
    .map(([field]) =>
      finding('PLAN-R23', 'block', law.secrecy, '填写内容带有密级标志。本系统为非涉密系统，不得填报涉密事项。', {
        field,
        remedy: '请删除相关内容，涉密事项通过保密渠道办理。',
      }),
    )
}

/** PLAN-R21: the economic code must be in the table of the budget year. */
export function checkEconomicCode(line: DemandLineDraft, standards: IndexedStandards): Finding[] {
  if (line.economicCode === null) return []
  const code = standards.economicByCode.get(line.economicCode)
  if (!code)
    return [
      finding('PLAN-R21', 'block', law.economicCodes, `部门经济科目“${line.economicCode}”不在本年度科目表中。`, {
        field: 'economicCode',
        remedy: '请从科目表中选择。',
      }),
    ]
  if (line.needKind !== null && code.needKinds.length > 0 && !code.needKinds.includes(line.needKind))
    return [
      finding(
        'PLAN-R21',
        'warn',
        law.economicCodes,
        `科目${code.code}${code.title}一般不用于“${needKindLabels[line.needKind]}”，请确认。`,
        { field: 'economicCode', remedy: '请核对需求类别和科目。' },
      ),
    ]
  return []
}

/** PLAN-R05, R06: look for idle things before asking for new ones (A23-2). */
export function checkWarehouse(line: LineFacts['line'], standards: IndexedStandards, today: string): Finding[] {
  if (line.needKind !== 'N09' || line.standardCode === null) return []
  const { value: days, used } = parameter(standards, 'plan.store-query-days')
  const query = line.storeQuery
  const age = query === null ? null : daysBetween(query.askedOn, today)
  if (query === null || age === null || age > days)
    return [
      finding(
        'PLAN-R05',
        'block',
        law.warehouse,
        query === null ? '新增资产尚未查询公物仓。' : `公物仓查询（${query.number}）已超过${days}天。`,
        {
          field: 'storeQuery',
          remedy: '请点“查询公物仓”，系统会记录查询流水号。',
          parameters: [used],
          facts: { 查询流水号: query?.number ?? null, 查询日期: query?.askedOn ?? null, 有效天数: days },
        },
      ),
    ]
  if (query.usableQuantity > 0)
    return [
      finding(
        'PLAN-R06',
        'warn',
        law.warehouse,
        `公物仓或其他机关有可用同类资产${query.usableQuantity}${line.unit}，应优先调剂。`,
        {
          field: 'storeQuery',
          remedy: '请考虑改为调剂；仍需购置的，在需求理由中写明原因。',
          facts: { 可调剂数量: query.usableQuantity, 查询流水号: query.number },
        },
      ),
    ]
  return []
}

/** Is this need managed centrally here (guidance catalogue, Art. 6, 10, 17–24; A33-2)? */
export function isCentralised(
  entry: CatalogueEntry | undefined,
  organ: OrganFacts,
  standardCode: string | null = null,
  important = false,
): boolean {
  switch (entry?.centralised) {
    case 'yes':
      return true
    case 'in-compound':
      return organ.inCompound
    case 'where-provided':
      return providesCentrally(entry, standardCode)
    case 'important-only':
      return important
    default:
      return false
  }
}

/** PLAN-R07: money of centralised matters is in the authority's budget, never in the organ's own (A10-1). */
export function checkBudgetHolder(line: DemandLineDraft, organ: OrganFacts, standards: IndexedStandards): Finding[] {
  if (line.needKind === null || !line.inOwnBudget) return []
  const entry = standards.catalogueByKind.get(line.needKind)
  if (!isCentralised(entry, organ, line.standardCode)) return []
  return [
    finding(
      'PLAN-R07',
      'block',
      law.budgetHolder,
      `“${needKindLabels[line.needKind]}”属于集中统一管理事项，经费应列入机关事务管理部门预算，不得列入本机关预算。`,
      {
        field: 'inOwnBudget',
        remedy: '请取消“列入本机关预算”。',
        facts: { 目录依据: entry?.citation ?? '' },
      },
    ),
  ]
}

/** PLAN-R24: property and money of a trade union follow their own law and leave the statistics (A2-2). */
export function checkTradeUnion(line: DemandLineDraft, organ: OrganFacts): Finding[] {
  if (!organ.tradeUnion || line.note.includes('工会，按工会法')) return []
  return [
    finding('PLAN-R24', 'warn', law.tradeUnion, '工会的财产和经费按有关法律管理，不列入机关资产和经费统计。', {
      field: 'note',
      remedy: '属于工会财产、经费的，请在备注中注明“工会，按工会法”。',
    }),
  ]
}

/** Growth over last year beyond the parameter is shown to the reviewer (A8-1 thrift; no legal figure, project default). */
export function checkGrowth({ line, lastYear }: LineFacts, standards: IndexedStandards): Finding[] {
  if (lastYear === null || lastYear.amountFen === 0 || line.amountFen === null) return []
  const { value: percent, used } = parameter(standards, 'plan.growth-warn-percent')
  const growth = ((line.amountFen - lastYear.amountFen) / lastYear.amountFen) * 100
  if (growth <= percent) return []
  return [
    finding('PLAN-GROWTH', 'warn', law.thrift, `比上年计划增加${growth.toFixed(1)}%，超过${percent}%，请说明原因。`, {
      field: 'amountFen',
      remedy: '请在需求理由中说明增长原因。',
      parameters: [used],
      facts: { '上年金额（分）': lastYear.amountFen, '本年金额（分）': line.amountFen },
      steps: [
        {
          label: '增长率',
          expression: `(${yuan(line.amountFen)} − ${yuan(lastYear.amountFen)}) ÷ ${yuan(lastYear.amountFen)}`,
          result: `${growth.toFixed(1)}%`,
          operands: [fen('本年金额', line.amountFen), fen('上年金额', lastYear.amountFen)],
        },
      ],
    }),
  ]
}

/** PLAN-R10: after the window a demand needs the authority's consent and is marked late (A32-1). */
export function checkWindow(calendar: CycleCalendar, today: string): Finding[] {
  if (today < calendar.demandOpensOn)
    return [
      finding('PLAN-R10', 'block', law.application, `申报尚未开始，${calendar.demandOpensOn}起可以提交。`, {
        remedy: '草稿可先保存。',
      }),
    ]
  if (today <= calendar.demandClosesOn) return []
  return [
    finding(
      'PLAN-R10',
      'needs-approval',
      law.application,
      `申报已于${calendar.demandClosesOn}截止，逾期提交须经机关事务管理部门同意。`,
      {
        remedy: '可以提交，系统标记逾期并由机关事务管理部门决定是否受理。',
        facts: { 截止日: calendar.demandClosesOn, 提交日: today },
      },
    ),
  ]
}

/** May the demand be submitted: complete, declared not secret, nothing blocking on any line (A32-1, A44-1). */
export function maySubmitDemand(
  demand: { declaredNotSecret: boolean; contact: string; lineFindings: readonly (readonly Finding[])[] },
  calendar: CycleCalendar,
  today: string,
): Verdict {
  return allOf(
    provided(demand.lineFindings.length > 0, {
      code: 'PLAN-R01',
      message: '申请中没有任何需求事项。',
      basis: law.application,
      remedy: '请至少填写一行。',
    }),
    provided(demand.declaredNotSecret, {
      code: 'PLAN-R23',
      message: '尚未声明本申请不涉及国家秘密。',
      basis: law.secrecy,
      remedy: '请勾选涉密声明；涉密事项不得在本系统填报。',
    }),
    provided(demand.contact.trim() !== '', {
      code: 'PLAN-R01',
      message: '未填写联系人。',
      basis: law.application,
      remedy: '请填写联系人和办公电话。',
    }),
    verdictOf(checkWindow(calendar, today)),
    ...demand.lineFindings.map((findings, index) => {
      const verdict = verdictOf(findings)
      return verdict.ok
        ? verdict
        : {
            ok: false as const,
            refusals: verdict.refusals.map((refusal) => ({
              ...refusal,
              message: `第${index + 1}行：${refusal.message}`,
            })),
          }
    }),
  )
}
