import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../../contract.ts'
import {
  personalFieldForms,
  readingPurposes,
  type PersonalField,
  type ReadingPurpose,
} from '../../model/personal-data.ts'

type PersonalView = OutputOf<typeof contract.personalData>

/** The numbers of a person as far as one may see them; a whole one is shown for a purpose, which is recorded. */
export function PersonalNumbers({ personId }: { personId: string }) {
  const view = useFetched(contract.personalData, { personId })
  const [reading, setReading] = useState<PersonalField | null>(null)
  const [registering, setRegistering] = useState(false)
  return (
    <>
      <Table
        label="联系方式和号码"
        height="auto"
        tools={view.may.change === null && <Button onClick={() => setRegistering(true)}>登记联系方式和号码</Button>}
        columns={[
          { key: 'field', title: '项目', value: ({ field }) => personalFieldForms[field].title, width: 130 },
          { key: 'value', title: '号码', value: shownText, width: 200 },
          { key: 'reason', title: '说明', value: ({ reason }) => reason, width: 360 },
          {
            key: 'act',
            title: '办理',
            value: () => '',
            width: 130,
            render: ({ field, value, sight }) =>
              sight === 'on-purpose' && value !== null ? (
                <ActionButton onClick={() => setReading(field)}>查看完整号码</ActionButton>
              ) : null,
          },
        ]}
        rows={view.fields}
        keyOf={({ field }) => field}
        empty={null}
      />
      {reading && <ReadingDialog personId={personId} field={reading} onClose={() => setReading(null)} />}
      {registering && <RegisterDialog personId={personId} view={view} onClose={() => setRegistering(false)} />}
    </>
  )
}

function shownText({ value, sight }: PersonalView['fields'][number]): string {
  return value ?? (sight === 'none' ? '不显示' : '未登记')
}

function ReadingDialog({ personId, field, onClose }: { personId: string; field: PersonalField; onClose: () => void }) {
  const [purpose, setPurpose] = useState<ReadingPurpose | undefined>()
  const [value, setValue] = useState<string | null>(null)
  const { send, sending, error, retry } = useSend(contract.readPersonalData, {
    onDone: (output) => setValue(output.value ?? '未登记'),
    invalidates: [],
  })
  const { title } = personalFieldForms[field]
  return (
    <Dialog
      title={`查看完整${title}`}
      onClose={onClose}
      actions={
        value === null ? (
          <>
            <Button
              type="primary"
              disabled={purpose === undefined}
              loading={sending}
              onClick={() => purpose && void send({ personId, field, purpose })}
            >
              查看
            </Button>
            <Button onClick={onClose}>取消</Button>
          </>
        ) : (
          <Button type="primary" onClick={onClose}>
            关闭
          </Button>
        )
      }
    >
      <Refusals of={error} onRetry={retry} />
      {value === null ? (
        <>
          <p className="quiet">查看人、时间和目的记入审计记录，本人可以看到。</p>
          <label htmlFor="reading-purpose">目的</label>
          <Select
            id="reading-purpose"
            style={{ width: '100%' }}
            {...(purpose ? { value: purpose } : {})}
            onChange={setPurpose}
            options={Object.entries(readingPurposes).map(([key, label]) => ({ value: key as ReadingPurpose, label }))}
          />
        </>
      ) : (
        <p>
          {title}：<b className="number">{value}</b>
        </p>
      )}
    </Dialog>
  )
}

/** Whoever registers does not see what was there: an empty field stays as it is. */
function RegisterDialog({ personId, view, onClose }: { personId: string; view: PersonalView; onClose: () => void }) {
  const present = (field: PersonalField) => {
    const shown = view.fields.find((one) => one.field === field)?.value
    return shown ? `现为 ${shown}；不填则不变。` : '尚未登记。'
  }
  return (
    <Dialog title="登记联系方式和号码" onClose={onClose}>
      <EntryForm
        operation={contract.setPersonalData}
        fixed={{ personId }}
        ifMatch={view.version}
        submit="登记"
        onDone={() => (tell('已登记。'), onClose())}
        onCancel={onClose}
      >
        <Field name="mobile" label="手机号码" help={present('mobile')}>
          <Input maxLength={40} inputMode="tel" autoComplete="off" />
        </Field>
        <Field name="officePhone" label="办公电话" help={present('officePhone')}>
          <Input maxLength={40} inputMode="tel" autoComplete="off" />
        </Field>
        <Field name="identityNumber" label="公民身份号码" help={present('identityNumber')}>
          <Input maxLength={40} autoComplete="off" />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
