import { Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput, YesBox } from '#kernel/web/form/inputs.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { contract } from '../contract.ts'
import {
  aboutLabels,
  abouts,
  complaintStateLabels,
  consequenceLabels,
  questionKindLabels,
  questionOutcomeLabels,
  questionStateLabels,
} from '../model/objection.ts'
import { ComplaintStateTag, QuestionStateTag } from './objection-tags.tsx'
import type { View } from './PurchasePage.tsx'

/** What suppliers ask and complain of this purchase, in its file. */
export function ObjectionsPanel({ view }: { view: View }) {
  const { purchase, questions, complaints, may } = view
  const me = useMe()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Section
        title="询问、质疑"
        actions={
          me.organ?.id === purchase.organId && (
            <ActionButton refusal={may.recordQuestion} onClick={() => setOpen(true)}>
              登记质疑、询问
            </ActionButton>
          )
        }
      >
        <Table
          label="询问、质疑"
          rows={questions}
          keyOf={({ id }) => id}
          href={({ id }) => `/procurement/questions/${id}`}
          height="auto"
          columns={[
            { key: 'number', title: '编号', value: ({ number }) => number, width: 130 },
            { key: 'kind', title: '种类', value: ({ kind }) => questionKindLabels[kind], width: 72 },
            {
              key: 'state',
              title: '状态',
              value: ({ state }) => questionStateLabels[state],
              render: (row) => <QuestionStateTag {...row} />,
              width: 130,
            },
            { key: 'supplier', title: '供应商', value: ({ supplier }) => supplier, width: 200 },
            { key: 'about', title: '针对', value: ({ about }) => aboutLabels[about], width: 130 },
            { key: 'receivedOn', title: '收到', kind: 'date', value: ({ receivedOn }) => receivedOn },
            { key: 'answerUntil', title: '答复期限', kind: 'date', value: ({ answerUntil }) => answerUntil },
            {
              key: 'outcome',
              title: '结论',
              value: ({ outcome }) => outcome && questionOutcomeLabels[outcome],
              width: 190,
            },
          ]}
          empty={<Empty title="没有质疑、询问">收到供应商书面材料后登记，系统计算答复期限。</Empty>}
        />
      </Section>
      {complaints.length > 0 && (
        <Section title="投诉">
          <Table
            label="投诉"
            rows={complaints}
            keyOf={({ id }) => id}
            href={({ id }) => `/procurement/complaints/${id}`}
            height="auto"
            columns={[
              { key: 'number', title: '编号', value: ({ number }) => number, width: 130 },
              {
                key: 'state',
                title: '状态',
                value: ({ state }) => complaintStateLabels[state],
                render: ({ state }) => <ComplaintStateTag state={state} />,
                width: 120,
              },
              { key: 'supplier', title: '投诉人', value: ({ supplier }) => supplier, width: 200 },
              { key: 'receivedOn', title: '收到', kind: 'date', value: ({ receivedOn }) => receivedOn },
              { key: 'decideUntil', title: '处理期限', kind: 'date', value: ({ decideUntil }) => decideUntil },
              {
                key: 'suspended',
                title: '暂停采购',
                value: ({ suspendedFrom, suspendedUntil }) =>
                  suspendedFrom && `${suspendedFrom} 至 ${suspendedUntil ?? ''}`,
                width: 200,
              },
              {
                key: 'consequence',
                title: '处理后果',
                value: ({ consequence }) => consequence && consequenceLabels[consequence],
                width: 220,
              },
            ]}
            empty={null}
          />
        </Section>
      )}
      {open && <RecordDialog view={view} onClose={() => setOpen(false)} />}
    </>
  )
}

function RecordDialog({ view: { purchase, bidders }, onClose }: { view: View; onClose: () => void }) {
  const [kind, setKind] = useState<'question' | 'enquiry'>('question')
  return (
    <Dialog title="登记质疑、询问" onClose={onClose}>
      <EntryForm
        operation={contract.recordQuestion}
        fixed={{ purchaseId: purchase.id }}
        initial={{ kind: 'question', receivedOn: todayHere(), about: purchase.awardedOn ? 'result' : 'document' }}
        submit="登记"
        onDone={({ question }) => {
          tell(`已登记${question.number}，请在${question.answerUntil}前答复。`)
          onClose()
        }}
        onCancel={onClose}
        onValues={(values) => setKind(values.kind ?? 'question')}
      >
        <Field name="kind" label="种类">
          <Radio.Group
            options={[
              { value: 'question', label: '质疑（认为权益受到损害）' },
              { value: 'enquiry', label: '询问' },
            ]}
          />
        </Field>
        <Field
          name="supplier"
          label="供应商"
          {...(bidders.length > 0 ? { help: `参加的供应商：${bidders.map(({ name }) => name).join('、')}` } : {})}
        >
          <Input maxLength={120} autoComplete="off" />
        </Field>
        <Field name="creditCode" label="统一社会信用代码">
          <Input maxLength={18} autoComplete="off" />
        </Field>
        <Field name="about" label="针对">
          <Select options={abouts.map((value) => ({ value, label: aboutLabels[value] }))} />
        </Field>
        <Field name="knownOn" label="供应商知悉日期" help="采购文件、结果公告之日，或者知道权益受到损害之日。">
          <LocalDateInput max={todayHere()} />
        </Field>
        <Field name="receivedOn" label="收到日期">
          <LocalDateInput max={todayHere()} />
        </Field>
        <Field name="claims" label="事项和理由" help="登记后在“附件”中上传书面材料。">
          <Input.TextArea rows={4} maxLength={2000} />
        </Field>
        {kind === 'question' && (
          <Field name="bearsOnResult" label="影响">
            <YesBox>可能影响中标、成交结果，答复之前暂停签订、履行合同</YesBox>
          </Field>
        )}
      </EntryForm>
    </Dialog>
  )
}
