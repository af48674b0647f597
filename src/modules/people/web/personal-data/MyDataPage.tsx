import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { roleLabels } from '#kernel/pure/actor.ts'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { download } from '#kernel/web/client.ts'
import { shortInstant } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Facts, Page, Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../../contract.ts'
import { correctionFields, personalFieldForms } from '../../model/personal-data.ts'
import { CorrectionStateTag } from './correction-state.tsx'

type MyData = OutputOf<typeof contract.myData>

/** What the system keeps about me: to see, correct and take away; and who looked at my numbers. */
export default function MyDataPage() {
  const mine = useFetched(contract.myData, {})
  const [changing, setChanging] = useState(false)
  const [asking, setAsking] = useState(false)
  const { person, personal } = mine
  return (
    <Page
      title="我的个人信息"
      lead="系统保存的关于您的信息。号码加密保存，他人只看到遮蔽后的号码。"
      actions={
        <>
          <ActionButton primary onClick={() => setChanging(true)}>
            更新联系方式
          </ActionButton>
          <ActionButton onClick={() => setAsking(true)}>申请更正</ActionButton>
          <ExportButtons />
        </>
      }
    >
      <Facts
        of={[
          { label: '姓名', value: person.name },
          { label: '机关', value: person.organName, note: person.jurisdictionName },
          { label: '职务', value: person.post ?? '未登记' },
          { label: '用户名', value: mine.username },
          ...personal.fields.map(({ field, value }) => ({
            label: personalFieldForms[field].title,
            value: value === null ? '未登记' : <span className="number">{value}</span>,
          })),
        ]}
      />
      <Holdings holdings={mine.holdings} />
      <Corrections corrections={mine.corrections} />
      <Readings readings={mine.readings} />
      {changing && <ChangeDialog mine={mine} onClose={() => setChanging(false)} />}
      {asking && <AskDialog onClose={() => setAsking(false)} />}
    </Page>
  )
}

function ExportButtons() {
  const [busy, setBusy] = useState<'xlsx' | 'json' | null>(null)
  const fetchFile = (format: 'xlsx' | 'json') => {
    setBusy(format)
    void download(contract.myDataFile, { format })
      .then(() => tell('已导出。文件含完整号码，请妥善保管。'))
      .catch((error: unknown) => tell(error instanceof Error ? error.message : '导出未完成，请重试。'))
      .finally(() => setBusy(null))
  }
  return (
    <>
      <Button loading={busy === 'xlsx'} onClick={() => fetchFile('xlsx')}>
        导出 Excel
      </Button>
      <Button loading={busy === 'json'} onClick={() => fetchFile('json')}>
        导出 JSON
      </Button>
    </>
  )
}

function Holdings({ holdings }: { holdings: MyData['holdings'] }) {
  return (
    <Section title="角色">
      <Table
        label="本人角色"
        height="auto"
        columns={[
          { key: 'role', title: '角色', value: ({ role }) => roleLabels[role], width: 180 },
          { key: 'organ', title: '机关', value: ({ organName }) => organName, width: 240 },
          { key: 'from', title: '自', kind: 'date', value: ({ validFrom }) => validFrom },
          { key: 'until', title: '至', kind: 'date', value: ({ validUntil }) => validUntil },
          { key: 'by', title: '受托于', value: ({ delegatedBy }) => delegatedBy?.name ?? '', width: 120 },
        ]}
        rows={holdings}
        keyOf={({ id }) => id}
        empty={<Empty title="没有角色" />}
      />
    </Section>
  )
}

function Corrections({ corrections }: { corrections: MyData['corrections'] }) {
  const withdraw = useSend(contract.withdrawCorrection, { onDone: () => tell('已撤回。') })
  return (
    <Section title="更正申请">
      <Refusals of={withdraw.error} />
      <Table
        label="本人更正申请"
        height="auto"
        columns={[
          { key: 'field', title: '项目', value: ({ field }) => correctionFields[field], width: 140 },
          {
            key: 'state',
            title: '状态',
            value: ({ state }) => state,
            width: 120,
            render: ({ state }) => <CorrectionStateTag state={state} />,
          },
          { key: 'asked', title: '申请时间', value: ({ askedAt }) => shortInstant(askedAt), width: 150 },
          {
            key: 'decided',
            title: '办理时间',
            value: ({ decidedAt }) => (decidedAt ? shortInstant(decidedAt) : ''),
            width: 150,
          },
          { key: 'answer', title: '答复', value: ({ answer }) => answer ?? '', width: 260 },
          {
            key: 'act',
            title: '办理',
            value: () => '',
            width: 100,
            render: ({ id, state }) =>
              state === 'asked' ? (
                <ActionButton onClick={() => withdraw.send({ correctionId: id })}>撤回</ActionButton>
              ) : null,
          },
        ]}
        rows={corrections}
        keyOf={({ id }) => id}
        empty={<Empty title="没有更正申请">姓名、职务或公民身份号码有误的，点“申请更正”，由本级系统管理员办理。</Empty>}
      />
    </Section>
  )
}

function Readings({ readings }: { readings: MyData['readings'] }) {
  return (
    <Section title="谁查看过我的完整号码">
      <Table
        label="号码查看记录"
        height="auto"
        columns={[
          { key: 'at', title: '时间', value: ({ at }) => shortInstant(at), width: 160 },
          { key: 'field', title: '项目', value: ({ field }) => personalFieldForms[field].title, width: 130 },
          { key: 'by', title: '查看人', value: ({ byName }) => byName, width: 120 },
          { key: 'organ', title: '机关', value: ({ organName }) => organName ?? '', width: 240 },
          { key: 'purpose', title: '目的', value: ({ purpose }) => purpose, width: 200 },
        ]}
        rows={readings}
        keyOf={({ at, byName, field }) => `${at} ${byName} ${field}`}
        empty={<Empty title="没有人查看过">他人查看完整号码须说明目的，并记在这里。</Empty>}
      />
    </Section>
  )
}

function ChangeDialog({ mine, onClose }: { mine: MyData; onClose: () => void }) {
  const valueOf = (field: 'mobile' | 'officePhone') =>
    mine.personal.fields.find((one) => one.field === field)?.value ?? ''
  return (
    <Dialog title="更新联系方式" onClose={onClose}>
      <EntryForm
        operation={contract.changeMyData}
        initial={{ mobile: valueOf('mobile'), officePhone: valueOf('officePhone') }}
        ifMatch={mine.personal.version}
        submit="保存"
        onDone={() => (tell('联系方式已更新。'), onClose())}
        onCancel={onClose}
      >
        <Field name="mobile" label="手机号码" optional help="清空即删除。">
          <Input maxLength={40} inputMode="tel" autoComplete="off" />
        </Field>
        <Field name="officePhone" label="办公电话" optional help="含区号，例如 0351-4567890。">
          <Input maxLength={40} inputMode="tel" autoComplete="off" />
        </Field>
      </EntryForm>
    </Dialog>
  )
}

function AskDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="申请更正" onClose={onClose}>
      <EntryForm
        operation={contract.askCorrection}
        submit="提交申请"
        onDone={() => (tell('申请已提交，由本级系统管理员办理。'), onClose())}
        onCancel={onClose}
      >
        <Field name="field" label="更正项目">
          <Select options={Object.entries(correctionFields).map(([value, label]) => ({ value, label }))} />
        </Field>
        <Field name="wanted" label="应为">
          <Input maxLength={100} autoComplete="off" />
        </Field>
        <Field name="reason" label="理由" help="例如证件或任职文件的名称、文号。内容加密保存，办结后删除。">
          <Input.TextArea maxLength={300} autoSize={{ minRows: 2 }} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
