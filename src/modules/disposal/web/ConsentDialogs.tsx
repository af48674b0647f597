import { Input, Select } from 'antd'
import { useState } from 'react'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput, OpinionBox } from '#kernel/web/form/inputs.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'
import type { View } from './DraftForm.tsx'

const stepOf = ({ application }: View) => ({ applicationId: application.id, version: application.version })

/** Finance's consent to one disposal; a large one goes on to the government. */
export function ConsentDialog({ view, onClose }: { view: View; onClose: () => void }) {
  const large = view.application.tier === 'T3'
  return (
    <Dialog title={large ? '同意并报本级人民政府' : '同意处置'} onClose={onClose}>
      <EntryForm
        operation={contract.consentApplication}
        fixed={{ ...stepOf(view), agreed: true }}
        initial={{ consentedOn: todayHere() }}
        submit={large ? '同意，报政府' : '同意处置'}
        onDone={() => {
          tell(large ? '已同意，转主管部门报政府。' : '已同意，批复已经生成。')
          onClose()
        }}
        onCancel={onClose}
      >
        <Field name="document" label={large ? '同意文号' : '批复文号'} optional={false}>
          <Input maxLength={120} autoComplete="off" />
        </Field>
        <Field name="consentedOn" label="同意日期">
          <LocalDateInput max={todayHere()} />
        </Field>
        <Field name="opinion" label="意见">
          <OpinionBox phrases={['同意处置', '请按规定公开交易', '收入及时上缴国库']} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}

/** What the government decided, by its paper; the authority replies to the organ. */
export function GovernmentDialog({ view, onClose }: { view: View; onClose: () => void }) {
  const [agreed, setAgreed] = useState(true)
  return (
    <Dialog title="登记本级人民政府的决定" onClose={onClose}>
      <EntryForm
        operation={contract.decideByGovernment}
        fixed={stepOf(view)}
        initial={{ agreed: true, decidedOn: todayHere() }}
        submit="登记"
        onValues={(values) => setAgreed(values.agreed ?? true)}
        onDone={() => {
          tell(agreed ? '已登记，批复已经生成。' : '已登记。')
          onClose()
        }}
        onCancel={onClose}
      >
        <Field name="agreed" label="决定">
          <Select
            options={[
              { value: true, label: '批准' },
              { value: false, label: '不予批准' },
            ]}
          />
        </Field>
        <Field name="document" label="政府文号">
          <Input maxLength={120} autoComplete="off" />
        </Field>
        <Field name="decidedOn" label="决定日期">
          <LocalDateInput max={todayHere()} />
        </Field>
        {agreed && (
          <Field name="replyNumber" label="批复文号" optional={false} help="本部门给申请机关的批复。">
            <Input maxLength={120} autoComplete="off" />
          </Field>
        )}
        <Field name="opinion" label={agreed ? '意见' : '理由'} optional={agreed}>
          <OpinionBox />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
