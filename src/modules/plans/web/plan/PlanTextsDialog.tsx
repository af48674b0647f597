import { Input } from 'antd'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../../contract.ts'
import { planPartLabels } from '../../model.ts'
import { planParts, type View } from './view.ts'
import './plan.css'

const help: Record<(typeof planParts)[number], string> = {
  present: '现有数量由登记簿汇总，列在本部分文字之后。',
  needs: '与计划事项一致。',
  equipping: '配备标准、实施时间和使用安排。',
  disposal: '超年限、闲置资源的处置和调剂利用。',
}

/** The words of the four parts; the lines are left as they are. */
export function PlanTextsDialog({ view: { plan, texts }, onClose }: { view: View; onClose: () => void }) {
  return (
    <Dialog title="修改计划文字" wide onClose={onClose}>
      <div className="plan-texts">
        <EntryForm
          operation={contract.savePlan}
          fixed={{ planId: plan.id, version: plan.version, lines: [] }}
          initial={{ texts }}
          submit="保存"
          onDone={() => {
            tell('计划文字已保存。')
            onClose()
          }}
          onCancel={onClose}
        >
          {planParts.map((part) => (
            <Field key={part} name={['texts', part]} label={planPartLabels[part]} help={help[part]} optional={false}>
              <Input.TextArea autoSize={{ minRows: 4, maxRows: 16 }} maxLength={20_000} />
            </Field>
          ))}
        </EntryForm>
      </div>
    </Dialog>
  )
}
