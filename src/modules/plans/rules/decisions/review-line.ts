import type { Conclusion, DecisionKind, Judged, Taken } from '#kernel/pure/decision.ts'
import { levelLabels } from '#kernel/pure/actor.ts'
import { formatYuan } from '#kernel/pure/money.ts'
import { needKindLabels, type StandardsInForce } from '#modules/standards/model.ts'
import { fundSourceLabels, holdingSources, opinionLabels, type Opinion, type Proposal } from '../../model.ts'
import { indexStandards, type LineFacts, type OrganFacts } from '../facts.ts'
import { proposeReview } from '../review.ts'

/** What the review of a line looks at beside the standards: the line with what registers say of it, the organ, the day. */
export type ReviewLineInputs = { facts: LineFacts; organ: OrganFacts; today: string }

/** Art. 33 para 1: the rules propose opinion and number for a line; a person decides (norms A33-1, A8-1). */
export const reviewLineKind: DecisionKind<ReviewLineInputs, StandardsInForce> = {
  kind: 'plans.review-line',
  title: '需求审核',
  rulesVersion: 1,
  labels: {
    facts: '需求行',
    line: '填报内容',
    needKind: '需求类别',
    itemName: '事项名称',
    standardCode: '配置标准',
    economicCode: '部门经济科目',
    quantity: '数量',
    unit: '单位',
    unitPriceFen: '单价（分）',
    amountFen: '金额（分）',
    fundSource: '资金来源',
    neededMonth: '需用月份',
    existingQuantity: '现有数量',
    usableQuantity: '可用数量',
    disposingQuantity: '拟处置数量',
    replacement: '更新',
    acquiredOn: '取得日期',
    beyondRepair: '已无法修复',
    appraisalDocument: '鉴定文件',
    reason: '需求理由',
    note: '备注',
    inOwnBudget: '列入本机关预算',
    storeQuery: '公物仓查询',
    number: '编号',
    askedOn: '查询日期',
    holding: '配置现状',
    overLifeQuantity: '超年限数量',
    idleQuantity: '闲置数量',
    quotaQuantity: '核定编制',
    source: '数量来源',
    classCode: '资产分类',
    ...holdingSources,
    askedBefore: '其他行已申请数量',
    shared: '合并计算的上限',
    name: '合并的品目',
    code: '依据的标准',
    stock: '存量可用',
    lastYear: '上年计划',
    organ: '机关',
    level: '级别',
    staffInPost: '编制内实有人数',
    secretUnit: '涉密单位',
    inCompound: '在集中办公区',
    tradeUnion: '工会组织',
    today: '核对日',
    ...needKindLabels,
    ...fundSourceLabels,
    ...levelLabels,
  },
  evaluate: ({ facts, organ, today }, standards) =>
    judgedProposal(proposeReview(facts, organ, indexStandards(standards), today), facts.line.unit),
}

/** A proposal as a judgement that can be kept and replayed. */
export function judgedProposal(proposal: Proposal, unit: string): Judged {
  const { findings, centralised, oddness, reason } = proposal
  const { says, values } = wordsOf(proposal, unit)
  return {
    findings,
    conclusion: {
      says: `建议${says}${reason}`,
      values: { ...values, 保障方式: centralised ? '集中统一' : '自行制定', 异常程度: oddness },
    },
  }
}

/** What the reviewer decided on a line, in the words of the proposal. */
export function takenOnLine(
  decision: { opinion: Opinion; quantity: number; amountFen: number; reason: string; matchedQuantity?: number },
  asked: { quantity: number | null; amountFen: number | null; unit: string },
): Taken {
  const { says, values } = wordsOf(decision, asked.unit)
  const askedFen = asked.amountFen ?? 0
  return {
    says,
    values: {
      ...values,
      申请数量: asked.quantity ?? 0,
      '申请金额（分）': askedFen,
      '核减金额（分）': Math.max(0, askedFen - decision.amountFen),
      ...(decision.matchedQuantity ? { 调剂数量: decision.matchedQuantity } : {}),
    },
    reason: decision.reason,
  }
}

function wordsOf(
  { opinion, quantity, amountFen }: { opinion: Opinion; quantity: number; amountFen: number },
  unit: string,
): Conclusion {
  return {
    says: `${opinionLabels[opinion]}：核定${quantity}${unit}，${formatYuan(amountFen)}元。`,
    values: { 审核意见: opinionLabels[opinion], 核定数量: quantity, '核定金额（分）': amountFen },
  }
}
