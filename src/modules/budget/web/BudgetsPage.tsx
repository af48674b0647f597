import { Button, Select } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { queryInteger } from '#kernel/pure/contract.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetched, usePages } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { useFilters, useGo } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { ChoiceFilter, YearFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract as plans } from '#modules/plans/contract.ts'
import { contract } from '../contract.ts'
import { budgetStateLabels, budgetStates, type Budget } from '../model.ts'
import { BudgetStateTag, budgetKindLabels } from './BudgetStateTag.tsx'

const Filters = z.object({ year: queryInteger.optional(), state: z.enum(budgetStates).optional() })

const columns: Column<Budget>[] = [
  { key: 'organ', title: '编报机关', value: ({ organName }) => organName },
  { key: 'year', title: '年度', value: ({ year }) => String(year), width: 72 },
  { key: 'kind', title: '范围', value: ({ kind }) => budgetKindLabels[kind], width: 150 },
  {
    key: 'state',
    title: '状态',
    value: ({ state }) => budgetStateLabels[state],
    render: ({ state }) => <BudgetStateTag state={state} />,
    width: 190,
  },
  { key: 'proposedFen', title: '建议数', kind: 'wan', value: ({ proposedFen }) => proposedFen },
  { key: 'controlFen', title: '控制数', kind: 'wan', value: ({ controlFen }) => controlFen },
  {
    key: 'draftedFen',
    title: '草案数',
    kind: 'wan',
    value: ({ draftedFen, controlFen }) => (controlFen === null ? null : draftedFen),
  },
  { key: 'approvedFen', title: '批复数', kind: 'wan', value: ({ approvedFen }) => approvedFen },
  { key: 'reply', title: '批复文号', value: ({ replyDocument }) => replyDocument, width: 170, optional: true },
]

/** Budgets of the organ, or of the level for authority, finance and audit. */
export default function BudgetsPage() {
  const me = useMe()
  const [{ year, state }, change] = useFilters(Filters)
  const [making, setMaking] = useState(false)
  const pages = usePages(contract.budgets, {
    ...(year === undefined ? {} : { year }),
    ...(state === undefined ? {} : { state }),
    limit: 100,
  })
  const mayMake = me.roles.some((role) => ['organ-clerk', 'organ-head', 'plan-reviewer'].includes(role))
  return (
    <Page
      title="预算"
      lead="预算依据计划编制，每一行对应一项计划：一上建议数、一下控制数、二上草案、二下批复。"
      actions={
        mayMake && (
          <Button type="primary" onClick={() => setMaking(true)}>
            依据计划编制预算
          </Button>
        )
      }
    >
      <Table
        label="预算列表"
        columns={columns}
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/budget/budgets/${id}`}
        tools={
          <>
            <YearFilter value={year} onChange={(value) => change({ year: value })} />
            <ChoiceFilter
              label="状态"
              labels={budgetStateLabels}
              value={state}
              onChange={(value) => change({ state: value })}
              width={200}
            />
          </>
        }
        empty={
          <Empty title="没有预算">
            {mayMake
              ? '计划下达后，点“依据计划编制预算”，系统按计划逐行生成预算建议数。'
              : '各机关报送预算后列在这里。'}
          </Empty>
        }
      />
      {making && <MakeDialog onClose={() => setMaking(false)} />}
    </Page>
  )
}

/** Chooses the issued plan a budget is made from. */
function MakeDialog({ onClose }: { onClose: () => void }) {
  const me = useMe()
  const go = useGo()
  const { items } = useFetched(plans.plans, { state: 'issued', limit: 200 })
  const own = items.filter(({ organId }) => organId === me.organ?.id)
  return (
    <Dialog title="依据计划编制预算" onClose={onClose}>
      {own.length === 0 ? (
        <Empty title="没有可以编制预算的计划">计划签发下达后、生效以前，可以据以编制预算。</Empty>
      ) : (
        <EntryForm
          operation={contract.makeBudget}
          {...(own.length === 1 ? { initial: { planId: own[0]?.id as string } } : {})}
          submit="生成预算建议数"
          onDone={({ budget }) => go(`/budget/budgets/${budget.id}`)}
          onCancel={onClose}
        >
          <Field name="planId" label="已下达的计划" help="预算尚在编制中的，重新生成会替换现有的行。">
            <Select
              options={own.map(({ id, year, kind, documentNumber }) => ({
                value: id,
                label: `${year}年度 ${budgetKindLabels[kind]} ${documentNumber ?? ''}`,
              }))}
            />
          </Field>
        </EntryForm>
      )}
    </Dialog>
  )
}
