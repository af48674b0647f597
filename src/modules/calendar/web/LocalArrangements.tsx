import { Input, Select } from 'antd'
import { useState } from 'react'
import { formatChineseDate } from '#kernel/pure/local-date.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useSend } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Section } from '#kernel/web/Page.tsx'
import { StateTag } from '#kernel/web/StateTag.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../contract.ts'
import { overrideStateLabels } from '../model.ts'
import type { YearView } from './view.ts'

const tones = { proposed: 'waiting', confirmed: 'done', withdrawn: 'draft' } as const

/** Local exceptions of the year, with what may be done about them. */
export function LocalArrangements({ view }: { view: YearView }) {
  const [adding, setAdding] = useState(false)
  const confirm = useSend(contract.confirmOverride, {
    onDone: ({ dueDatesChanged }) => tell(`本地安排已生效，重算期限 ${dueDatesChanged} 件。`),
  })
  const withdraw = useSend(contract.withdrawOverride, { onDone: () => tell('已撤回。') })
  return (
    <Section
      title="本地临时安排"
      actions={
        <ActionButton refusal={view.may.addOverride} onClick={() => setAdding(true)}>
          登记本地安排
        </ActionButton>
      }
    >
      <Refusals of={confirm.error ?? withdraw.error} />
      {view.overrides.length === 0 && <p className="quiet">本年没有本地临时放假或上班。</p>}
      <ul className="calendar-overrides">
        {view.overrides.map(
          ({
            id,
            reason,
            citation,
            jurisdictionCode,
            daysOff,
            workdays,
            state,
            proposedByName,
            confirmedByName,
            may,
          }) => (
            <li key={id}>
              <p>
                <StateTag tone={tones[state]} word={overrideStateLabels[state]} /> {reason}
                {daysOff.length > 0 && `；放假：${daysOff.map(formatChineseDate).join('、')}`}
                {workdays.length > 0 && `；上班：${workdays.map(formatChineseDate).join('、')}`}
              </p>
              <p className="quiet">
                {citation}，适用于 {jurisdictionCode}。登记：{proposedByName}
                {confirmedByName && `，复核：${confirmedByName}`}
              </p>
              {state === 'proposed' && (
                <div className="row no-print">
                  <ActionButton refusal={may.confirm} onClick={() => confirm.send({ overrideId: id })}>
                    复核生效
                  </ActionButton>
                  <ActionButton refusal={may.withdraw} onClick={() => withdraw.send({ overrideId: id })}>
                    撤回
                  </ActionButton>
                </div>
              )}
            </li>
          ),
        )}
      </ul>
      {adding && <AddDialog jurisdictionCode={view.jurisdictionCode} onClose={() => setAdding(false)} />}
    </Section>
  )
}

function AddDialog({ jurisdictionCode, onClose }: { jurisdictionCode: string; onClose: () => void }) {
  const dates = (
    <Select
      mode="tags"
      tokenSeparators={[',', ',', '、', ' ']}
      placeholder="2026-12-10"
      open={false}
      suffixIcon={null}
    />
  )
  return (
    <Dialog title="登记本地安排" onClose={onClose}>
      <EntryForm
        operation={contract.addOverride}
        fixed={{ jurisdictionCode }}
        submit="提交复核"
        onDone={() => {
          tell('已登记，待另一位有权限的人员复核后生效。')
          onClose()
        }}
        onCancel={onClose}
      >
        <Field name="daysOff" label="临时放假（停止办公）的日期" help="写成 2026-12-10，可填多个，每填一个按回车。">
          {dates}
        </Field>
        <Field name="workdays" label="临时上班的日期">
          {dates}
        </Field>
        <Field name="reason" label="事由">
          <Input maxLength={200} />
        </Field>
        <Field name="citation" label="依据文件和文号">
          <Input maxLength={200} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
