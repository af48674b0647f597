import { useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { useFetched, usePages } from '#kernel/web/fetching.ts'
import { Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { needKindLabels } from '#modules/standards/model.ts'
import { contract } from '../contract.ts'
import type { ImpactLine } from '../contract/impact.ts'
import type { View } from './view.ts'

type Impact = OutputOf<(typeof contract)['draftImpact']>
type ChangeImpact = Impact['changes'][number]

const sums: Column<ChangeImpact>[] = [
  { key: 'title', title: '项目', value: ({ title }) => title, width: 220 },
  { key: 'organs', title: '涉及机关', kind: 'number', value: ({ organs }) => organs, width: 96 },
  { key: 'lines', title: '涉及需求', kind: 'number', unit: '行', value: ({ lines }) => lines, width: 110 },
  { key: 'quantity', title: '数量', kind: 'number', value: ({ quantity }) => quantity, width: 96 },
  { key: 'asked', title: '申请金额', kind: 'wan', value: ({ askedFen }) => askedFen },
  { key: 'present', title: '按现行上限', kind: 'wan', value: ({ atPresentCapFen }) => atPresentCapFen },
  { key: 'proposed', title: '按拟定上限', kind: 'wan', value: ({ atProposedCapFen }) => atProposedCapFen },
  {
    key: 'above',
    title: '超出拟定上限',
    kind: 'number',
    unit: '行',
    value: ({ aboveProposedCap }) => aboveProposedCap,
    width: 140,
  },
]

const places: Column<Impact['jurisdictions'][number]>[] = [
  { key: 'place', title: '地区', value: ({ jurisdictionName }) => jurisdictionName, width: 200 },
  { key: 'organs', title: '涉及机关', kind: 'number', value: ({ organs }) => organs },
  { key: 'lines', title: '涉及需求', kind: 'number', unit: '行', value: ({ lines }) => lines },
  { key: 'asked', title: '申请金额', kind: 'wan', value: ({ askedFen }) => askedFen },
]

/** 影响: what the draft bears on among the demands of the year it comes into force and later, before anybody approves it. */
export function ImpactPanel({ view: { draft, changes } }: { view: View }) {
  const impact = useFetched(contract.draftImpact, { draftId: draft.id })
  const [chosen, setChosen] = useState<string | null>(null)
  const shown = changes.find(({ id }) => id === (chosen ?? changes[0]?.id))
  if (changes.length === 0) return <Empty title="还没有拟定内容">拟定后在这里显示涉及的机关、需求和金额。</Empty>
  return (
    <div className="stack">
      <p>
        {impact.sinceYear}年度及以后的需求中，涉及机关 {impact.organs} 个。下级只列合计数；下级另有规定的不受影响。
      </p>
      <Section title="逐项影响">
        <Table
          label="逐项影响"
          columns={sums}
          rows={impact.changes}
          keyOf={({ changeId }) => changeId}
          onOpen={({ changeId }) => setChosen(changeId)}
          height="none"
          empty={<Empty title="没有影响">没有需求涉及拟定的标准。</Empty>}
        />
      </Section>
      <Section title="分地区">
        <Table
          label="分地区影响"
          columns={places}
          rows={impact.jurisdictions}
          keyOf={({ jurisdictionCode }) => jurisdictionCode}
          height="none"
          empty={<Empty title="没有影响">没有需求涉及拟定的标准。</Empty>}
        />
      </Section>
      {shown && (
        <Section
          title={`本级涉及的需求：${shown.subject === 'standard' ? shown.title : needKindLabels[shown.needKind]}`}
        >
          <Lines draftId={draft.id} changeId={shown.id} />
        </Section>
      )}
    </div>
  )
}

const lineColumns: Column<ImpactLine>[] = [
  { key: 'organ', title: '机关', value: ({ organName }) => organName, width: 220 },
  { key: 'item', title: '事项', value: ({ itemName }) => itemName, width: 200 },
  { key: 'year', title: '年度', value: ({ year }) => String(year), width: 72 },
  { key: 'quantity', title: '数量', kind: 'number', value: ({ quantity }) => quantity, width: 96 },
  { key: 'price', title: '单价', kind: 'yuan', value: ({ unitPriceFen }) => unitPriceFen },
  { key: 'amount', title: '申请金额', kind: 'yuan', value: ({ amountFen }) => amountFen },
  { key: 'cut', title: '按拟定上限减至', kind: 'yuan', value: ({ cutToFen }) => cutToFen, width: 160 },
]

function Lines({ draftId, changeId }: { draftId: string; changeId: string }) {
  const pages = usePages(contract.draftImpactLines, { draftId, changeId, limit: 50 })
  return (
    <Table
      label="涉及的需求"
      columns={lineColumns}
      pages={pages}
      keyOf={({ id }) => id}
      href={({ demandId }) => `/plans/demands/${demandId}`}
      height="420px"
      empty={<Empty title="本级没有涉及的需求">本年度及以后没有机关申请这一项。</Empty>}
    />
  )
}
