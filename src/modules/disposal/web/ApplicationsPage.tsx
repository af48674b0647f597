import { holdsAny, keeperRoles } from '#kernel/pure/actor.ts'
import { Button, Checkbox } from 'antd'
import { z } from 'zod'
import { queryBoolean } from '#kernel/pure/contract.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters, useGo } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'
import {
  applicationStateLabels,
  applicationStates,
  disposalFormLabels,
  disposalForms,
  tierLabels,
  type Application,
} from '../model.ts'
import { ApplicationStateTag } from './ApplicationStateTag.tsx'

const Filters = z.object({
  state: z.enum(applicationStates).optional(),
  form: z.enum(disposalForms).optional(),
  late: queryBoolean.optional(),
})

export function isLateToday({ proceedsDueOn, paidOn }: Application): boolean {
  return proceedsDueOn !== null && paidOn === null && proceedsDueOn < todayHere()
}

/** Disposals of the organ, and what it is to receive; for who reads a level, those of all its organs. */
export default function ApplicationsPage() {
  const me = useMe()
  const go = useGo()
  const [{ state, form, late }, change] = useFilters(Filters)
  const keeps = holdsAny(me, keeperRoles)
  const pages = usePages(contract.applications, {
    ...(state ? { state } : {}),
    ...(form ? { form } : {}),
    ...(late ? { late } : {}),
    limit: 100,
  })
  return (
    <Page
      title="资产处置"
      lead="处置资产须经财政部门同意；处置收入扣除成本后上缴国库。"
      actions={
        keeps && (
          <Button type="primary" onClick={() => go('/disposal/applications/new')}>
            申请处置
          </Button>
        )
      }
    >
      <Table
        label="资产处置列表"
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/disposal/applications/${id}`}
        tools={
          <>
            <ChoiceFilter
              label="状态"
              labels={applicationStateLabels}
              value={state}
              onChange={(value) => change({ state: value })}
            />
            <ChoiceFilter
              label="处置形式"
              labels={disposalFormLabels}
              value={form}
              onChange={(value) => change({ form: value })}
            />
            <Checkbox checked={late === true} onChange={(event) => change({ late: event.target.checked || undefined })}>
              收入逾期上缴
            </Checkbox>
          </>
        }
        columns={[
          {
            key: 'what',
            title: '申请',
            value: (row) => `${disposalFormLabels[row.form]} ${row.items} 项`,
            width: 150,
          },
          {
            key: 'state',
            title: '状态',
            value: (row) => applicationStateLabels[row.state],
            render: (row) => <ApplicationStateTag state={row.state} late={isLateToday(row)} />,
            width: 150,
          },
          { key: 'number', title: '申请编号', value: ({ number }) => number, width: 130 },
          { key: 'organ', title: '申请机关', value: ({ organName }) => organName, width: 180 },
          { key: 'costFen', title: '原值', kind: 'yuan', value: ({ costFen }) => costFen, width: 124 },
          { key: 'netFen', title: '净值', kind: 'yuan', value: ({ netFen }) => netFen, width: 116 },
          {
            key: 'tier',
            title: '分级',
            value: ({ tier }) => (tier === null ? null : (tierLabels[tier] ?? tier)),
            width: 64,
          },
          { key: 'appliedOn', title: '申请日期', kind: 'date', value: ({ appliedOn }) => appliedOn },
          { key: 'consent', title: '财政同意', value: ({ consentDocument }) => consentDocument, width: 170 },
          { key: 'proceedsFen', title: '净收入', kind: 'yuan', value: ({ proceedsFen }) => proceedsFen, width: 110 },
          { key: 'paidOn', title: '上缴日期', kind: 'date', value: ({ paidOn }) => paidOn },
          { key: 'reason', title: '原因', value: ({ reason }) => reason, width: 220, optional: true },
        ]}
        empty={<Empty title="没有资产处置">资产不再使用、损坏或者盘亏的，点“申请处置”。</Empty>}
      />
    </Page>
  )
}
