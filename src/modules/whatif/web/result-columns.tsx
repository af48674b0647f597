import type { Column } from '#kernel/web/table/column.ts'
import { opinionLabels } from '#modules/plans/model.ts'
import { quantityText, wanText } from '#kernel/web/money.ts'
import type { ChangedLine, Sums } from '../model.ts'
import { Difference, differenceText } from './Difference.tsx'

/** The difference of two sums, with its sign. */
export function differenceColumn<Row extends Pick<Sums, 'baseFen' | 'scenarioFen'>>(totals?: Sums): Column<Row> {
  return {
    key: 'difference',
    title: '差额',
    kind: 'wan',
    value: (row) => differenceText(row.scenarioFen - row.baseFen),
    render: (row) => <Difference fen={row.scenarioFen - row.baseFen} />,
    width: 112,
    ...(totals ? { total: totals.scenarioFen - totals.baseFen } : {}),
  }
}

/** Sums as columns; with totals these stand under them. */
export function sumColumns<Row extends Sums>(totals?: Sums): Column<Row>[] {
  const money = (key: 'askedFen' | 'baseFen' | 'scenarioFen', title: string): Column<Row> => ({
    key,
    title,
    kind: 'wan',
    value: (row) => row[key],
    width: 128,
    ...(totals ? { total: totals[key] } : {}),
  })
  return [
    differenceColumn<Row>(totals),
    money('baseFen', '基准核定'),
    money('scenarioFen', '方案核定'),
    money('askedFen', '申请'),
    {
      key: 'changedLines',
      title: '变化',
      kind: 'number',
      unit: '行',
      value: (row) => row.changedLines,
      width: 84,
      ...(totals ? { total: totals.changedLines } : {}),
    },
    { key: 'lines', title: '事项', kind: 'number', unit: '行', value: (row) => row.lines, width: 84 },
    {
      key: 'quantity',
      title: '配置数量',
      value: ({ baseQuantity, scenarioQuantity }) => changeText(baseQuantity, scenarioQuantity),
      width: 110,
    },
  ]
}

/** `12 → 9`, or the one number where nothing changes. */
function changeText(before: number, after: number): string {
  return before === after ? quantityText(before) : `${quantityText(before)} → ${quantityText(after)}`
}

function outcomeText({ opinion, quantity, amountFen }: ChangedLine['base'], unit: string): string {
  return `${wanText(amountFen)}万元，${quantityText(quantity)}${unit}，${opinionLabels[opinion]}`
}

/** A changed line with both outcomes and why. */
export const linesColumns: Column<ChangedLine>[] = [
  { key: 'organ', title: '机关', value: ({ organName }) => organName, width: 190 },
  { key: 'item', title: '事项', value: ({ itemName }) => itemName, width: 120 },
  {
    key: 'difference',
    title: '差额',
    kind: 'wan',
    value: ({ base, scenario }) => differenceText(scenario.amountFen - base.amountFen),
    render: ({ base, scenario }) => <Difference fen={scenario.amountFen - base.amountFen} />,
    width: 104,
  },
  { key: 'base', title: '基准', value: ({ base, unit }) => outcomeText(base, unit), width: 220 },
  { key: 'scenario', title: '方案', value: ({ scenario, unit }) => outcomeText(scenario, unit), width: 220 },
  { key: 'reason', title: '原因', value: ({ reason }) => reason, width: 400 },
  {
    key: 'causes',
    title: '对应变化',
    value: ({ causes }) => causes.map((place) => `第${place}项`).join('、'),
    width: 110,
  },
]
