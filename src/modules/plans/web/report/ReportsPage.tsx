import { Select } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { queryInteger } from '#kernel/pure/contract.ts'
import { shortInstant, todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { usePages } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { useFilters, useGo } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { ChoiceFilter, YearFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { contract } from '../../contract.ts'
import { reportStateLabels, reportStates } from '../../model.ts'
import { ReportStateTag } from './ReportStateTag.tsx'

const kinds = ['organ', 'consolidated'] as const
const kindLabels = { organ: '机关执行情况报告', consolidated: '汇总报告' } as const
const Filters = z.object({
  year: queryInteger.optional(),
  kind: z.enum(kinds).optional(),
  state: z.enum(reportStates).optional(),
})

/** Execution reports of the own organ; those sent to the authority, and its own, for the authority (Art. 36). */
export default function ReportsPage() {
  const me = useMe()
  const [filters, change] = useFilters(Filters)
  const [drafting, setDrafting] = useState(false)
  const { year, kind, state } = filters
  const pages = usePages(contract.reports, {
    ...(year === undefined ? {} : { year }),
    ...(kind ? { kind } : {}),
    ...(state ? { state } : {}),
    limit: 100,
  })
  const thisYear = Number(todayHere().slice(0, 4))
  const mayDraft = me.roles.some((role) => ['organ-clerk', 'organ-head', 'plan-reviewer'].includes(role))
  return (
    <Page
      title="执行报告"
      lead="各机关于每年3月31日前报送上年度计划执行情况；机关事务管理部门于6月30日前汇总报告本级人民政府，抄送财政部门。"
      actions={
        mayDraft && (
          <ActionButton primary onClick={() => setDrafting(true)}>
            生成报告
          </ActionButton>
        )
      }
    >
      <Table
        label="执行报告"
        columns={[
          { key: 'organ', title: '机关', value: ({ organName }) => organName, width: 240 },
          { key: 'year', title: '年度', value: ({ year: of }) => String(of), width: 80 },
          { key: 'kind', title: '种类', value: (report) => kindLabels[report.kind], width: 160 },
          {
            key: 'state',
            title: '状态',
            value: (report) => reportStateLabels[report.state],
            render: (report) => <ReportStateTag report={report} />,
            width: 170,
          },
          { key: 'due', title: '期限', kind: 'date', value: ({ dueOn }) => dueOn },
          { key: 'late', title: '逾期', value: ({ overdue }) => (overdue ? '逾期' : ''), width: 72 },
          { key: 'sent', title: '报送时间', value: ({ sentAt }) => (sentAt ? shortInstant(sentAt) : ''), width: 150 },
          { key: 'number', title: '编号', value: ({ number }) => number, width: 200 },
        ]}
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/plans/reports/${id}`}
        tools={
          <>
            <YearFilter value={year} onChange={(value) => change({ year: value })} />
            <ChoiceFilter
              label="种类"
              labels={kindLabels}
              value={kind}
              onChange={(value) => change({ kind: value })}
              width={180}
            />
            <ChoiceFilter
              label="状态"
              labels={reportStateLabels}
              value={state}
              onChange={(value) => change({ state: value })}
              width={140}
            />
          </>
        }
        empty={
          <Empty title="没有执行报告">
            {mayDraft ? '点“生成报告”，由台账生成上年度的执行情况报告。' : '报告报送后列在这里。'}
          </Empty>
        }
      />
      {drafting && <DraftDialog thisYear={thisYear} onClose={() => setDrafting(false)} />}
    </Page>
  )
}

function DraftDialog({ thisYear, onClose }: { thisYear: number; onClose: () => void }) {
  const me = useMe()
  const go = useGo()
  const consolidates = me.organ?.parts.includes('authority') === true && me.roles.includes('plan-reviewer')
  return (
    <Dialog title="生成执行报告" onClose={onClose}>
      <EntryForm
        operation={contract.draftReport}
        initial={{ year: thisYear - 1, kind: consolidates ? 'consolidated' : 'organ' }}
        submit="生成报告"
        onDone={({ report }) => go(`/plans/reports/${report.id}`)}
        onCancel={onClose}
      >
        <Field name="year" label="计划年度" help="数字全部取自该年度的执行台账。">
          <Select options={[thisYear - 1, thisYear, thisYear - 2].map((value) => ({ value, label: `${value} 年` }))} />
        </Field>
        <Field name="kind" label="种类">
          <Select
            options={kinds
              .filter((kind) => kind === 'organ' || consolidates)
              .map((value) => ({ value, label: kindLabels[value] }))}
          />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
