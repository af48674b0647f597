import { Input } from 'antd'
import { useState } from 'react'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { usePages } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput, OpinionBox } from '#kernel/web/form/inputs.tsx'
import { yuanText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Page, Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { DocumentsPanel } from '#modules/record/web/DocumentsPanel.tsx'
import { contract } from '../contract.ts'
import { disposalFormLabels, type Application, type ConsentList } from '../model.ts'
import './disposal.css'

/** Finance consents to the small disposals of the month at once; what was consented to stands below. */
export default function ConsentsPage() {
  const me = useMe()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [consenting, setConsenting] = useState(false)
  const [opened, setOpened] = useState<ConsentList | null>(null)
  const waiting = usePages(contract.applications, { state: 'reviewed', tier: 'T1', limit: 100 })
  const lists = usePages(contract.consentLists, { limit: 50 })
  const rows = waiting.items.filter(({ id }) => chosen.has(id))
  const isFinance = me.roles.includes('finance-reviewer')
  const none =
    rows.length === 0
      ? [{ code: 'none', message: '没有选择申请。', basis: null, facts: {}, remedy: '请在表中勾选（或按 x）。' }]
      : null
  return (
    <Page title="处置同意" lead="小额处置由财政部门按月清单一并同意；其他处置逐件办理。">
      <Section
        title="待同意的小额处置"
        actions={
          isFinance && (
            <ActionButton primary refusal={none} onClick={() => setConsenting(true)}>
              按清单同意{rows.length > 0 && ` ${rows.length} 件`}
            </ActionButton>
          )
        }
      >
        <Table
          label="待同意的小额处置"
          pages={waiting}
          keyOf={({ id }) => id}
          href={({ id }) => `/disposal/applications/${id}`}
          height="auto"
          {...(isFinance ? { selected: chosen, onSelect: setChosen } : {})}
          columns={[
            { key: 'organ', title: '申请机关', value: ({ organName }) => organName, width: 190 },
            { key: 'number', title: '申请编号', value: ({ number }) => number, width: 130 },
            { key: 'form', title: '处置形式', value: ({ form }) => disposalFormLabels[form], width: 110 },
            { key: 'items', title: '资产', unit: '项', kind: 'number', value: ({ items }) => items, width: 80 },
            { key: 'costFen', title: '原值', kind: 'yuan', value: ({ costFen }) => costFen, width: 124 },
            { key: 'netFen', title: '净值', kind: 'yuan', value: ({ netFen }) => netFen, width: 116 },
            { key: 'appliedOn', title: '申请日期', kind: 'date', value: ({ appliedOn }) => appliedOn },
            { key: 'reason', title: '原因', value: ({ reason }) => reason, width: 240 },
          ]}
          empty={<Empty title="没有待同意的小额处置">主管部门审核后列在这里。</Empty>}
        />
      </Section>
      <Section title="已同意的清单">
        <Table
          label="已同意的清单"
          pages={lists}
          keyOf={({ id }) => id}
          height="auto"
          columns={[
            {
              key: 'document',
              title: '文号',
              value: ({ document }) => document,
              render: (row) => (
                <button type="button" className="link-button" onClick={() => setOpened(row)}>
                  {row.document}
                </button>
              ),
              width: 220,
            },
            { key: 'consentedOn', title: '同意日期', kind: 'date', value: ({ consentedOn }) => consentedOn },
            {
              key: 'applications',
              title: '申请',
              unit: '件',
              kind: 'number',
              value: ({ applications }) => applications,
              width: 90,
            },
            { key: 'costFen', title: '原值', kind: 'yuan', value: ({ costFen }) => costFen },
            { key: 'by', title: '办理人', value: ({ consentedBy }) => consentedBy, width: 110 },
          ]}
          empty={<Empty title="还没有同意的清单">办理后列在这里，可下载公文。</Empty>}
        />
      </Section>
      {consenting && (
        <ConsentListDialog
          rows={rows}
          onDone={() => {
            setConsenting(false)
            setChosen(new Set())
            waiting.refetch()
            lists.refetch()
          }}
          onClose={() => setConsenting(false)}
        />
      )}
      {opened && (
        <Dialog title={opened.document} onClose={() => setOpened(null)}>
          <DocumentsPanel subject={{ kind: 'disposal.consent-list', id: opened.id }} />
        </Dialog>
      )}
    </Page>
  )
}

function ConsentListDialog({
  rows,
  onDone,
  onClose,
}: {
  rows: readonly Application[]
  onDone: () => void
  onClose: () => void
}) {
  const costFen = rows.reduce((sum, row) => sum + row.costFen, 0)
  return (
    <Dialog title={`同意 ${rows.length} 件小额处置`} onClose={onClose}>
      <EntryForm
        operation={contract.consentByList}
        fixed={{ applications: rows.map(({ id, version }) => ({ applicationId: id, version })) }}
        initial={{ consentedOn: todayHere() }}
        submit="按清单同意"
        onDone={() => {
          tell('已同意，公文已经生成，申请机关可以实施。')
          onDone()
        }}
        onCancel={onClose}
      >
        <p>
          原值合计 <b className="number">{yuanText(costFen)}</b> 元。
        </p>
        <Field name="document" label="文号">
          <Input maxLength={120} autoComplete="off" />
        </Field>
        <Field name="consentedOn" label="同意日期">
          <LocalDateInput max={todayHere()} />
        </Field>
        <Field name="opinion" label="意见">
          <OpinionBox phrases={['同意处置']} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
