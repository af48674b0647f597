import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { queryInteger, type OutputOf } from '#kernel/pure/contract.ts'
import { shortInstant } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetched, usePages } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { searchText, useFilters, useGo } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { YearFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { contract } from '../contract.ts'
import { scopeLabels, type Scope } from '../model.ts'
import { Difference, differenceText, SandboxBand } from './Difference.tsx'
import './whatif.css'

type Listed = OutputOf<(typeof contract)['scenarios']>['items'][number]

const Filters = z.object({ year: queryInteger.optional() })

const columns: Column<Listed>[] = [
  { key: 'title', title: '方案', value: ({ title }) => title, width: 340 },
  { key: 'year', title: '年度', value: ({ year }) => String(year), width: 72 },
  { key: 'scope', title: '范围', value: ({ scope }) => (scope === 'province' ? '全省' : '本级'), width: 72 },
  { key: 'changes', title: '变化', kind: 'number', unit: '项', value: ({ changes }) => changes.length, width: 80 },
  { key: 'base', title: '基准核定', kind: 'wan', value: ({ totals }) => totals?.baseFen ?? null, width: 132 },
  { key: 'scenario', title: '方案核定', kind: 'wan', value: ({ totals }) => totals?.scenarioFen ?? null, width: 132 },
  {
    key: 'difference',
    title: '差额',
    kind: 'wan',
    value: ({ totals }) => (totals === null ? null : differenceText(totals.scenarioFen - totals.baseFen)),
    render: ({ totals }) => totals && <Difference fen={totals.scenarioFen - totals.baseFen} />,
    width: 112,
  },
  {
    key: 'finished',
    title: '测算时间',
    value: ({ finishedAt, running }) =>
      running ? '正在测算' : finishedAt === null ? '尚未测算' : shortInstant(finishedAt),
    width: 150,
  },
  { key: 'by', title: '编制人', value: ({ madeBy }) => madeBy, width: 96 },
]

/** The office's scenarios; two or more of them beside each other; a new one. */
export default function ScenariosPage() {
  const go = useGo()
  const [{ year }, change] = useFilters(Filters)
  const [making, setMaking] = useState(false)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const pages = usePages(contract.scenarios, { ...(year === undefined ? {} : { year }), limit: 100 })
  const chosen = pages.items.filter(({ id }) => selected.has(id))
  return (
    <Page
      title="模拟测算"
      lead="先试算再动标准：改动标准、价格、人数或目录，看下一年度的计划会多多少、少多少，落到哪些机关。"
      actions={
        <Button type="primary" onClick={() => setMaking(true)}>
          新建测算方案
        </Button>
      }
    >
      <SandboxBand />
      <Table
        label="测算方案列表"
        columns={columns}
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/whatif/${id}`}
        selected={selected}
        onSelect={setSelected}
        tools={
          <>
            <YearFilter value={year} onChange={(value) => change({ year: value })} />
            <ActionButton
              refusal={comparable(chosen)}
              onClick={() => go(`/whatif/compare${searchText({ id: chosen.map(({ id }) => id) })}`)}
            >
              比较所选方案
            </ActionButton>
          </>
        }
        empty={
          <Empty title="还没有测算方案">
            点“新建测算方案”，选年度，再添加要试的变化，例如把台式计算机的单价上限改为4500元。
          </Empty>
        }
      />
      {making && <NewDialog onClose={() => setMaking(false)} />}
    </Page>
  )
}

/** Why the chosen scenarios cannot stand beside each other yet. */
function comparable(chosen: readonly Listed[]) {
  const refusal = (message: string) => [{ code: 'compare', message, basis: null, facts: {}, remedy: null }]
  if (chosen.length < 2) return refusal('请先勾选两个以上的方案。')
  if (chosen.length > 5) return refusal('一次最多比较5个方案。')
  const [first] = chosen
  return chosen.every(({ year, scope }) => year === first?.year && scope === first.scope)
    ? null
    : refusal('年度和范围相同的方案才能比较。')
}

function NewDialog({ onClose }: { onClose: () => void }) {
  const go = useGo()
  const me = useMe()
  const [scope, setScope] = useState<Scope>('jurisdiction')
  const { years } = useFetched(contract.grounds, { scope })
  const ofProvince = me.organ?.level === 'province'
  return (
    <Dialog title="新建测算方案" onClose={onClose}>
      {years.length === 0 ? (
        <Empty title="还没有可以测算的年度">开启年度周期、机关提交需求申请后，可以按各种标准试算。</Empty>
      ) : (
        <EntryForm
          operation={contract.createScenario}
          initial={{ year: years[0] as number, scope: 'jurisdiction' }}
          submit="新建"
          onValues={({ scope: chosen }) => chosen !== undefined && setScope(chosen)}
          onDone={({ scenario }) => go(`/whatif/${scenario.id}`)}
          onCancel={onClose}
        >
          <Field name="title" label="方案名称" help="写明要试什么，例如“台式机上限4500元”。">
            <Input maxLength={80} />
          </Field>
          <Field name="year" label="年度">
            <Select options={years.map((year) => ({ value: year, label: `${year} 年` }))} />
          </Field>
          {ofProvince && (
            <Field name="scope" label="测算范围" help="下级只列汇总数，不逐行列出。">
              <Select options={Object.entries(scopeLabels).map(([value, label]) => ({ value, label }))} />
            </Field>
          )}
        </EntryForm>
      )}
    </Dialog>
  )
}
