import { Button } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { queryInteger } from '#kernel/pure/contract.ts'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { ChoiceFilter, YearFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../../contract.ts'
import { planStateLabels, planStates, type Plan } from '../../model.ts'
import { DraftPlanDialog } from './DraftPlanDialog.tsx'
import { planKindLabels, PlanStateTag } from './PlanStateTag.tsx'

const Filters = z.object({
  year: queryInteger.optional(),
  kind: z.enum(['authority', 'organ']).optional(),
  state: z.enum(planStates).optional(),
})

const columns: Column<Plan>[] = [
  { key: 'title', title: '计划', value: ({ organName, year }) => `${organName} ${year}年度`, width: 320 },
  {
    key: 'state',
    title: '状态',
    value: ({ state }) => planStateLabels[state],
    render: ({ state }) => <PlanStateTag state={state} />,
    width: 150,
  },
  { key: 'total', title: '计划金额', kind: 'wan', value: ({ totalFen }) => totalFen },
  { key: 'lines', title: '事项', kind: 'number', unit: '行', value: ({ lineCount }) => lineCount, width: 88 },
  { key: 'kind', title: '范围', value: ({ kind }) => planKindLabels[kind], width: 190 },
  { key: 'document', title: '文号', value: ({ documentNumber }) => documentNumber, width: 190 },
  { key: 'issuedOn', title: '签发日期', kind: 'date', value: ({ issuedOn }) => issuedOn },
  { key: 'planVersion', title: '版本', value: ({ planVersion }) => `第${planVersion}版`, width: 80, optional: true },
]

/** Plans of the own organ; of the whole level for authority, finance and audit. */
export default function PlansPage() {
  const me = useMe()
  const [{ year, kind, state }, change] = useFilters(Filters)
  const [drafting, setDrafting] = useState(false)
  const pages = usePages(contract.plans, {
    ...(year === undefined ? {} : { year }),
    ...(kind === undefined ? {} : { kind }),
    ...(state === undefined ? {} : { state }),
    limit: 100,
  })
  const mayDraft = me.roles.some((role) => ['organ-clerk', 'organ-head', 'plan-reviewer'].includes(role))
  return (
    <Page
      title="保障计划"
      lead="需求审结后编制草案，送签、下达；预算批复后生效，事项进入台账。"
      actions={
        mayDraft && (
          <Button type="primary" onClick={() => setDrafting(true)}>
            编制草案
          </Button>
        )
      }
    >
      <Table
        label="保障计划列表"
        columns={columns}
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/plans/plans/${id}`}
        tools={
          <>
            <YearFilter value={year} onChange={(value) => change({ year: value })} />
            <ChoiceFilter
              label="范围"
              labels={planKindLabels}
              value={kind}
              onChange={(value) => change({ kind: value })}
              width={200}
            />
            <ChoiceFilter
              label="状态"
              labels={planStateLabels}
              value={state}
              onChange={(value) => change({ state: value })}
              width={160}
            />
          </>
        }
        empty={
          <Empty title="没有保障计划">
            {mayDraft ? '需求审结后，点“编制草案”，系统按审定的事项逐行生成计划草案。' : '各机关编制计划后列在这里。'}
          </Empty>
        }
      />
      {drafting && <DraftPlanDialog onClose={() => setDrafting(false)} />}
    </Page>
  )
}
