import { needKindLabels } from '#modules/standards/model.ts'
import type { Holding, PlanTexts } from '../model.ts'
import type { PlanLineRow } from '../store/plan.ts'
import { sumFen, wan } from './wording.ts'

/** The four parts of a plan (norm A31-2) as first proposed from the data; people edit them. */
export function draftTexts({
  year,
  lines,
  holdings,
}: {
  year: number
  lines: readonly PlanLineRow[]
  holdings: readonly Holding[]
}): PlanTexts {
  const old = holdings.filter(({ overLifeQuantity }) => overLifeQuantity > 0)
  const idle = holdings.filter(({ idleQuantity }) => idleQuantity > 0)
  const kinds = [...Map.groupBy(lines, ({ needKind }) => needKind)]
    .map(([kind, rows]) => ({ kind, count: rows.length, fen: sumFen(rows.map(({ amountFen }) => amountFen)) }))
    .sort((a, b) => b.fen - a.fen)
  const things = lines.filter(({ needKind }) => needKind === 'N09' || needKind === 'N05')
  return {
    present:
      holdings.length === 0
        ? '本计划涉及的资源按配置登记为准。'
        : `截至编制时，登记在用的通用资产共${holdings.length}类${count(holdings.map(({ quantity }) => quantity))}件` +
          (old.length > 0
            ? `，其中${list(old.map(({ title, overLifeQuantity, unit }) => `${title}${overLifeQuantity}${unit}`))}已达到或超过最低使用年限`
            : '') +
          '。',
    needs: `${year}年度共安排${lines.length}项，资金${wan(sumFen(lines.map(({ amountFen }) => amountFen)))}万元。其中：${kinds.map(({ kind, count: n, fen }) => `${needKindLabels[kind]}${n}项、${wan(fen)}万元`).join(';')}。`,
    equipping:
      things.length > 0
        ? `新配备和更新${things.length}项，按配置标准和核定数量执行，优先从公物仓和闲置资产中调剂，确需购置的按规定程序采购。`
        : '本年度没有新增配备，现有资源按规定使用和维护。',
    disposal:
      [
        idle.length > 0
          ? `闲置的${list(idle.map(({ title, idleQuantity, unit }) => `${title}${idleQuantity}${unit}`))}交由公物仓统筹调剂。`
          : '',
        old.length > 0 ? '已达到使用年限且不能继续使用的，按规定程序处置，处置收入上缴国库。' : '',
      ].join('') || '本年度没有计划处置的资产。',
  }
}

function list(items: readonly string[]): string {
  return items.slice(0, 5).join('、') + (items.length > 5 ? '等' : '')
}

function count(quantities: readonly number[]): string {
  return String(Math.round(quantities.reduce((a, b) => a + b, 0)))
}
