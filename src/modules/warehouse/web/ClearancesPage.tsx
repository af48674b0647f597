import { Button, Checkbox, Input, Select } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { queryBoolean } from '#kernel/pure/contract.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetchedLater, usePages } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { useFilters, useGo } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { numberOfOrgan } from '#kernel/web/table/number-of-organ.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract as organs } from '#modules/organs/contract.ts'
import { contract } from '../contract.ts'
import { clearanceStateLabels, clearanceStates, clearanceTriggerLabels, clearanceTriggers } from '../model/clearance.ts'
import { ClearanceStateTag } from './WarehouseTags.tsx'

const Filters = z.object({
  state: z.enum(clearanceStates).optional(),
  trigger: z.enum(clearanceTriggers).optional(),
  late: queryBoolean.optional(),
})

/** What is to be cleared away by a day: idle things, what bodies and events left, what organs left that are no more. */
export default function ClearancesPage() {
  const me = useMe()
  const [{ state, trigger, late }, change] = useFilters(Filters)
  const [calling, setCalling] = useState(false)
  const pages = usePages(contract.clearances, {
    ...(state ? { state } : {}),
    ...(trigger ? { trigger } : {}),
    ...(late ? { late } : {}),
    limit: 100,
  })
  return (
    <Page
      title="资产清理"
      lead="闲置满半年的、临时机构和会议活动留下的、机构变动后的资产，按期入公物仓，或说明去向。"
      actions={
        me.roles.includes('asset-reviewer') && <Button onClick={() => setCalling(true)}>通知机构变动清理</Button>
      }
    >
      <Table
        label="清理任务列表"
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/warehouse/clearances/${id}`}
        tools={
          <>
            <ChoiceFilter
              label="状态"
              labels={clearanceStateLabels}
              value={state}
              onChange={(value) => change({ state: value })}
            />
            <ChoiceFilter
              label="情形"
              labels={clearanceTriggerLabels}
              value={trigger}
              onChange={(value) => change({ trigger: value })}
              width={220}
            />
            <Checkbox
              checked={late === true}
              onChange={({ target }) => change({ late: target.checked ? true : undefined })}
            >
              只看逾期
            </Checkbox>
          </>
        }
        columns={[
          numberOfOrgan('编号'),
          {
            key: 'state',
            title: '状态',
            value: ({ state: of }) => clearanceStateLabels[of],
            render: (row) => <ClearanceStateTag clearance={row} today={todayHere()} />,
            width: 150,
          },
          { key: 'dueOn', title: '期限', kind: 'date', value: ({ dueOn }) => dueOn },
          { key: 'trigger', title: '情形', value: ({ trigger: of }) => clearanceTriggerLabels[of], width: 130 },
          { key: 'body', title: '临时机构、会议活动', value: ({ bodyName }) => bodyName, width: 190 },
          { key: 'open', title: '未处理', unit: '件', kind: 'number', value: ({ open }) => open, width: 90 },
          { key: 'things', title: '资产', unit: '件', kind: 'number', value: ({ things }) => things, width: 80 },
          { key: 'costFen', title: '原值', kind: 'yuan', value: ({ costFen }) => costFen, width: 110 },
          { key: 'openedOn', title: '下达', kind: 'date', value: ({ openedOn }) => openedOn, optional: true },
          { key: 'clearedOn', title: '办结', kind: 'date', value: ({ clearedOn }) => clearedOn, optional: true },
        ]}
        empty={<Empty title="没有清理任务">资产闲置满半年、临时机构撤销、会议活动结束时，系统自动下达。</Empty>}
      />
      {calling && <CallDialog onClose={() => setCalling(false)} />}
    </Page>
  )
}

/** An organ was merged, dissolved or moved: all it holds is to be cleared away. */
function CallDialog({ onClose }: { onClose: () => void }) {
  const go = useGo()
  const { organ } = useMe()
  const { data, fetching } = useFetchedLater(
    organs.organs,
    organ ? { jurisdictionCode: organ.jurisdictionCode, limit: 200 } : null,
  )
  return (
    <Dialog title="通知机构变动清理" onClose={onClose}>
      <EntryForm
        operation={contract.callClearance}
        initial={{ triggeredOn: todayHere() }}
        submit="发出通知"
        onDone={({ clearance }) => go(`/warehouse/clearances/${clearance.id}`)}
        onCancel={onClose}
      >
        <Field name="organId" label="合并、撤销、搬迁的机关">
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            loading={fetching}
            options={(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
        <Field name="triggeredOn" label="变动日期" help="清理期限从这一天起算。">
          <LocalDateInput max={todayHere()} />
        </Field>
        <Field name="document" label="依据文号">
          <Input maxLength={120} autoComplete="off" />
        </Field>
        <Field name="reason" label="变动情况">
          <Input.TextArea rows={2} maxLength={300} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
