import { AutoComplete, Input, Radio } from 'antd'
import { todayHere } from '#kernel/web/dates.ts'
import { Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { AdjustmentType, adjustmentTypeLabels, fundSourceLabels } from '../../model.ts'

const types = AdjustmentType.options.map((value) => ({ value, label: adjustmentTypeLabels[value] }))
const fundSources = Object.values(fundSourceLabels).map((value) => ({ value }))

/** On what ground a plan is adjusted (Art. 35): circumstance, cause, document, day, source of the money. */
export function AdjustmentFields() {
  return (
    <>
      <Field name="type" label="调整情形">
        <Radio.Group options={types} />
      </Field>
      <Field name="cause" label="调整事由" help="写明发生了什么、对原计划有何影响。">
        <Input.TextArea rows={3} maxLength={2000} />
      </Field>
      <Field name="basisDocument" label="依据文件" help="文件名称和文号。">
        <Input maxLength={300} />
      </Field>
      <Field name="adjustedOn" label="调整日期" help="实际作出调整的日期，备案期限自此起算。">
        <LocalDateInput max={todayHere()} />
      </Field>
      <Field name="fundSource" label="资金来源">
        <AutoComplete options={fundSources} />
      </Field>
    </>
  )
}
