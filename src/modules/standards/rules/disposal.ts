import type { Level } from '#kernel/pure/actor.ts'
import { daysBetween, type LocalDate } from '#kernel/pure/local-date.ts'
import type { Finding } from '#kernel/pure/verdict.ts'
import type { StandardOf } from '../model.ts'
import { compare, percentOf } from './exact.ts'
import { judged } from './finding.ts'
import { figureFor, type StandardTable } from './in-force.ts'
import { yuan } from './value-text.ts'

/** Forms of disposal 处置形式. */
export const disposalFormLabels = {
  D1: '无偿划转',
  D2: '对外捐赠',
  D3: '转让',
  D4: '置换',
  D5: '报废',
  D6: '损失核销',
} as const
export type DisposalForm = keyof typeof disposalFormLabels

export type DisposalBatch = Readonly<{
  level: Level
  form: DisposalForm
  appliedOn: LocalDate
  /** Original value 原值 of all items applied for together. */
  batchFen: number
  /** Applications of the same unit and form before this one. */
  earlier: readonly { appliedOn: LocalDate; batchFen: number }[]
  /** Land, buildings or vehicles among the items. */
  landBuildingVehicle: boolean
  /** 无偿划转 to another level. */
  crossLevel: boolean
  /** Some item has not reached its least life. */
  underLife: boolean
}>

export type DisposalTier = Readonly<{ key: string; title: string; path: string; finding: Finding }>

/**
 * Which path a disposal takes: the tier of the batch with what the same unit applied for in the same form within the
 * batch period (AST-R22), and never the smallest tier for what always needs a consent of its own.
 */
export function disposalTier(table: StandardTable, batch: DisposalBatch): DisposalTier {
  const row = figureFor(table, 'asset.disposal-tiers', 'tiers', { level: batch.level })
  const period = figureFor(table, 'asset.disposal-batch', 'term')
  const always = figureFor(table, 'asset.disposal-case-consent', 'texts')
  const counted = batch.earlier.filter(({ appliedOn }) => {
    const days = daysBetween(appliedOn, batch.appliedOn)
    return days >= 0 && days <= period.value.amount
  })
  const earlierFen = counted.reduce((sum, { batchFen }) => sum + batchFen, 0)
  const totalFen = earlierFen + batch.batchFen
  const alone = tierOf(row, batch.batchFen)
  const byAmount = tierOf(row, totalFen)
  const special =
    batch.landBuildingVehicle ||
    batch.underLife ||
    batch.form === 'D2' ||
    batch.form === 'D3' ||
    batch.form === 'D4' ||
    batch.form === 'D6' ||
    (batch.form === 'D1' && batch.crossLevel)
  const second = row.value.rows[1]
  const raisedBySpecial = special && byAmount === row.value.rows[0] && second !== undefined
  const tier = raisedBySpecial ? second : byAmount
  const split = byAmount.fromFen > alone.fromFen
  return {
    key: tier.key,
    title: tier.title,
    path: tier.path,
    finding: judged({
      rule: split ? 'AST-R22' : 'AST-R08',
      norm: 'A12-3',
      rows: raisedBySpecial ? [row, period, always] : [row, period],
      ok: !split,
      otherwise: 'warn',
      said: split
        ? `${period.value.amount}天内同一处置形式合计${yuan(totalFen)}，按${tier.title}（${tier.key}）办理：${tier.path}。`
        : `${disposalFormLabels[batch.form]}${yuan(batch.batchFen)}，按${tier.title}（${tier.key}）办理：${tier.path}。`,
      remedy: '请按合计金额对应的程序报批。',
      facts: { '本批原值（分）': batch.batchFen, '合并计算（分）': totalFen, 逐件同意: special },
      steps: [
        ...counted.map(({ appliedOn, batchFen }) => ({
          label: `${appliedOn}已申请`,
          expression: yuan(batchFen),
          result: '合并计算',
        })),
        { label: '分级', expression: `${yuan(totalFen)}`, result: `${tier.title}（${tier.key}）` },
      ],
    }),
  }
}

function tierOf({ value }: StandardOf<'tiers'>, fen: number) {
  const tier = value.rows.findLast(({ fromFen }) => fen >= fromFen) ?? value.rows[0]
  if (!tier) throw new Error('a standard of tiers has no row')
  return tier
}

/** AST-R10: a price below the appraised value needs approval, far below it a new one. */
export function checkTradePrice(
  table: StandardTable,
  { appraisedFen, priceFen }: Readonly<{ appraisedFen: number; priceFen: number }>,
): Finding {
  const line = figureFor(table, 'asset.reprice', 'percent')
  const least = percentOf(line.value.percent, appraisedFen)
  const far = compare(priceFen, least) < 0
  return judged({
    rule: 'AST-R10',
    norm: 'A12-3',
    rows: [line],
    ok: priceFen >= appraisedFen,
    otherwise: far ? 'block' : 'needs-approval',
    field: 'priceFen',
    said:
      priceFen >= appraisedFen
        ? `成交价${yuan(priceFen)}，不低于评估价${yuan(appraisedFen)}。`
        : `成交价${yuan(priceFen)}，低于评估价${yuan(appraisedFen)}${far ? `的${line.value.percent}%` : ''}。`,
    remedy: far ? '请暂停交易，重新报批。' : '请报原批准机关同意。',
    facts: { '评估价（分）': appraisedFen, '成交价（分）': priceFen },
  })
}

/** AST-R17: terms of lease and loan, in whole months. */
export function checkLeaseTerm(
  table: StandardTable,
  { months, loan, financeApproval }: Readonly<{ months: number; loan: boolean; financeApproval: string | null }>,
): Finding {
  const usual = figureFor(table, loan ? 'asset.loan-limit' : 'asset.lease-term', 'term')
  const longest = loan ? usual : figureFor(table, 'asset.lease-limit', 'term')
  const approved = financeApproval !== null && financeApproval.trim() !== ''
  const tooLong = months > longest.value.amount * 12
  const long = months > usual.value.amount * 12
  const word = loan ? '出借' : '出租'
  return judged({
    rule: 'AST-R17',
    norm: 'A12-5',
    rows: loan ? [usual] : [usual, longest],
    ok: !tooLong && (!long || approved),
    otherwise: tooLong ? 'block' : 'needs-approval',
    field: 'months',
    said: `${word}${months}个月，${tooLong ? `超过最长${longest.value.amount}年` : long ? `超过${usual.value.amount}年，${approved ? '已经' : '须经'}财政部门批准` : `在${usual.value.amount}年以内`}。`,
    remedy: tooLong ? `请将期限缩短到${longest.value.amount}年以内。` : '请取得财政部门批准并填写文号。',
    facts: { 期限月数: months },
  })
}
