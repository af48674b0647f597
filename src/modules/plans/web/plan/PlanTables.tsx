import { Suspense, useState } from 'react'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { Empty, Skeleton } from '#kernel/web/Panels.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { DecisionPanel } from '#modules/decisions/web/DecisionPanel.tsx'
import { needKindLabels } from '#modules/standards/model.ts'
import { holdingSources, type Holding, type PlanLine } from '../../model.ts'
import type { View } from './view.ts'

/** `3月–9月`, `全年`. */
export function monthsText({ fromMonth, toMonth }: Pick<PlanLine, 'fromMonth' | 'toMonth'>): string {
  if (fromMonth === 1 && toMonth === 12) return '全年'
  return fromMonth === toMonth ? `${fromMonth}月` : `${fromMonth}月至${toMonth}月`
}

const lineColumns: Column<PlanLine>[] = [
  { key: 'item', title: '事项', value: ({ itemName }) => itemName, width: 240 },
  { key: 'served', title: '使用机关', value: ({ servedOrganName }) => servedOrganName, width: 200 },
  { key: 'need', title: '需求类别', value: ({ needKind }) => needKindLabels[needKind], width: 150 },
  { key: 'code', title: '经济科目', value: ({ economicCode }) => economicCode, width: 92 },
  { key: 'quantity', title: '数量', kind: 'number', value: ({ quantity }) => quantity, width: 96 },
  { key: 'unit', title: '单位', value: ({ unit }) => unit, width: 72 },
]

export function LineTable({ lines }: { lines: readonly PlanLine[] }) {
  const columns: Column<PlanLine>[] = [
    ...lineColumns,
    {
      key: 'amount',
      title: '金额',
      kind: 'wan',
      value: ({ amountFen }) => amountFen,
      total: lines.reduce((sum, { amountFen }) => sum + amountFen, 0),
    },
    { key: 'months', title: '实施月份', value: monthsText, width: 120 },
    { key: 'number', title: '计划编号', value: ({ number }) => number, width: 240 },
    {
      key: 'centralised',
      title: '保障方式',
      value: ({ centralised }) => (centralised ? '集中统一' : '自行保障'),
      width: 100,
      optional: true,
    },
  ]
  const [open, setOpen] = useState<PlanLine | null>(null)
  return (
    <>
      <Table
        label="计划事项"
        columns={columns}
        rows={lines}
        keyOf={({ id }) => id}
        onOpen={setOpen}
        empty={<Empty title="没有计划事项">重新生成草案后，审定的事项列在这里。</Empty>}
      />
      {open && (
        <Dialog wide title={`${open.itemName}：审核决定`} onClose={() => setOpen(null)}>
          <Suspense fallback={<Skeleton lines={4} />}>
            {open.demandLineId === null ? (
              <p className="quiet">该事项由计划调整列入，没有对应的需求审核决定。</p>
            ) : (
              <DecisionPanel subject={{ kind: 'plans.demand-line', id: open.demandLineId }} />
            )}
          </Suspense>
        </Dialog>
      )}
    </>
  )
}

type KindRow = View['byKind'][number]

export function KindTable({ byKind, totalFen }: { byKind: readonly KindRow[]; totalFen: number }) {
  const columns: Column<KindRow>[] = [
    { key: 'need', title: '需求类别', value: ({ needKind }) => needKindLabels[needKind], width: 180 },
    { key: 'amount', title: '金额', kind: 'wan', value: ({ amountFen }) => amountFen, total: totalFen },
    {
      key: 'lines',
      title: '事项',
      kind: 'number',
      unit: '个',
      value: ({ lines }) => lines,
      total: byKind.reduce((sum, { lines }) => sum + lines, 0),
    },
  ]
  return (
    <Table
      label="按需求类别的计划"
      columns={columns}
      rows={byKind}
      keyOf={({ needKind }) => needKind}
      height="none"
      empty={<Empty title="没有计划事项" />}
    />
  )
}

const holdingColumns: Column<Holding>[] = [
  { key: 'title', title: '资源', value: ({ title, unit }) => `${title}（${unit}）`, width: 240 },
  { key: 'quantity', title: '现有', kind: 'number', value: ({ quantity }) => quantity, width: 96 },
  { key: 'usable', title: '可用', kind: 'number', value: ({ usableQuantity }) => usableQuantity, width: 96 },
  {
    key: 'overLife',
    title: '超年限在用',
    kind: 'number',
    value: ({ overLifeQuantity }) => overLifeQuantity,
    width: 112,
  },
  { key: 'idle', title: '闲置', kind: 'number', value: ({ idleQuantity }) => idleQuantity, width: 96 },
  { key: 'quota', title: '核定编制', kind: 'number', value: ({ quotaQuantity }) => quotaQuantity, width: 104 },
  { key: 'source', title: '数量来源', value: ({ source }) => holdingSources[source], width: 150 },
]

/** What the organs of the plan have, from the registers (Art. 31 para 2). */
export function HoldingTable({ holdings }: { holdings: readonly Holding[] }) {
  return (
    <Table
      label="资源配置现状"
      columns={holdingColumns}
      rows={holdings}
      keyOf={({ standardCode }) => standardCode}
      height="none"
      empty={<Empty title="登记簿中没有可列的资源">资产、车辆等登记后，现状由系统从登记簿汇总。</Empty>}
    />
  )
}
