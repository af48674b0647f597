import { usePages } from '#kernel/web/fetching.ts'
import { Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'
import { leftOutLabels } from '../model.ts'
import type { Unmet } from '../model/unmet.ts'

const columns: Column<Unmet>[] = [
  { key: 'item', title: '事项', value: ({ itemName }) => itemName, width: 170 },
  { key: 'organ', title: '机关', value: ({ organName }) => organName, width: 220 },
  { key: 'needed', title: '标准内', kind: 'number', value: ({ needed }) => needed, width: 80 },
  { key: 'missing', title: '仍需购置', kind: 'number', value: ({ missing }) => missing, width: 90 },
  { key: 'unit', title: '单位', value: ({ unit }) => unit, width: 60 },
  { key: 'money', title: '购置资金', kind: 'yuan', value: ({ missing, priceFen }) => missing * priceFen, width: 130 },
  { key: 'why', title: '没有调剂的原因', value: whyText, width: 370 },
]

/** 没有同类资产, or what there is of the kind and why it is not for this line. */
function whyText({ reasons, unit }: Unmet): string {
  if (reasons.length === 0) return '公物仓和各机关没有更多同类闲置资产'
  return reasons.map(({ reason, pieces }) => `${pieces}${unit}${leftOutLabels[reason]}`).join('；')
}

/** What the proposal leaves to be bought, with why. */
export function UnmetLines({ proposalId }: { proposalId: string }) {
  const pages = usePages(contract.unmet, { proposalId, limit: 100 })
  return (
    <Section title="未能调剂、仍需购置的需求">
      <Table
        label="未能调剂的需求"
        columns={columns}
        pages={pages}
        keyOf={({ demandLineId }) => demandLineId}
        href={({ demandId, demandLineId }) => `/plans/demands/${demandId}?line=${demandLineId}`}
        height="auto"
        empty={<Empty title="待审需求都有可以调剂的资产" />}
      />
    </Section>
  )
}
