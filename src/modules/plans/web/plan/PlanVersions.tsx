import { useState } from 'react'
import { useFetched } from '#kernel/web/fetching.ts'
import { wanText } from '#kernel/web/money.ts'
import { Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../../contract.ts'
import { planPartLabels } from '../../model.ts'
import { PartText } from './PlanParts.tsx'
import { comparedLines, type ComparedLine } from './compared-lines.ts'
import { planParts, type View } from './view.ts'
import './plan.css'

type Version = View['versions'][number]

const columns: Column<Version>[] = [
  { key: 'planVersion', title: '版本', value: ({ planVersion }) => `第${planVersion}版`, width: 110 },
  { key: 'madeOn', title: '日期', kind: 'date', value: ({ madeOn }) => madeOn },
  { key: 'reason', title: '事由', value: ({ reason }) => reason, width: 320 },
  { key: 'total', title: '金额', kind: 'wan', value: ({ totalFen }) => totalFen },
]

/** The versions of a plan; one chosen is set beside the present one. */
export function PlanVersions({ view }: { view: View }) {
  const earlier = view.versions.filter(({ planVersion }) => planVersion !== view.plan.planVersion)
  const [chosen, setChosen] = useState<number | null>(earlier.at(-1)?.planVersion ?? null)
  return (
    <>
      <Section title="各版本">
        <Table
          label="计划版本"
          columns={columns}
          rows={view.versions}
          keyOf={({ planVersion }) => String(planVersion)}
          onOpen={({ planVersion }) => setChosen(planVersion)}
          height="none"
          empty={<Empty title="没有版本" />}
        />
      </Section>
      {chosen !== null && chosen !== view.plan.planVersion && (
        <Section title={`第${chosen}版与现行版对照`}>
          <Compared view={view} planVersion={chosen} />
        </Section>
      )}
    </>
  )
}

const compared: Column<ComparedLine>[] = [
  { key: 'item', title: '事项', value: ({ itemName }) => itemName },
  { key: 'served', title: '使用机关', value: ({ servedOrganName }) => servedOrganName, width: 190 },
  { key: 'what', title: '变化', value: ({ what }) => what, width: 80 },
  {
    key: 'quantityBefore',
    title: '原数量',
    kind: 'number',
    value: ({ before }) => before?.quantity ?? null,
    width: 96,
  },
  { key: 'quantityNow', title: '现数量', kind: 'number', value: ({ now }) => now?.quantity ?? null, width: 96 },
  { key: 'before', title: '原金额', kind: 'wan', value: ({ before }) => before?.amountFen ?? null },
  { key: 'now', title: '现金额', kind: 'wan', value: ({ now }) => now?.amountFen ?? null },
  { key: 'difference', title: '增减', kind: 'wan', value: ({ differenceFen }) => differenceFen },
]

function Compared({ view, planVersion }: { view: View; planVersion: number }) {
  const before = useFetched(contract.viewPlan, { planId: view.plan.id, planVersion })
  const lines = comparedLines(before.lines, view.lines)
  const difference = lines.reduce((sum, { differenceFen }) => sum + differenceFen, 0)
  const parts = planParts.filter((part) => before.texts[part] !== view.texts[part])
  return (
    <div className="stack">
      <p>
        {lines.length === 0
          ? '事项没有变化。'
          : `${lines.length} 个事项有变化，金额${difference < 0 ? '减少' : '增加'} ${wanText(Math.abs(difference))} 万元。`}
      </p>
      {lines.length > 0 && (
        <Table label="版本对照" columns={compared} rows={lines} keyOf={({ id }) => id} empty={null} />
      )}
      {parts.map((part) => (
        <div key={part}>
          <h3>{planPartLabels[part]}</h3>
          <div className="plan-compared">
            <div>
              <p className="quiet">第{planVersion}版</p>
              <PartText text={before.texts[part]} />
            </div>
            <div>
              <p className="quiet">现行</p>
              <PartText text={view.texts[part]} />
            </div>
          </div>
        </div>
      ))}
    </div>
  )
}
