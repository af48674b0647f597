import { Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'

/** The four days of a cycle, in their order. */
export function CalendarFields() {
  return (
    <>
      <Field name={['calendar', 'demandOpensOn']} label="申报开始日">
        <LocalDateInput />
      </Field>
      <Field
        name={['calendar', 'demandClosesOn']}
        label="申报截止日"
        help="各机关在这一天之前提交；之后提交标记为逾期，由机关事务管理部门决定是否受理。"
      >
        <LocalDateInput />
      </Field>
      <Field name={['calendar', 'reviewUntil']} label="审核截止日">
        <LocalDateInput />
      </Field>
      <Field
        name={['calendar', 'planUntil']}
        label="计划编制截止日"
        help="年度计划是编制预算的依据，应在计划年度开始前完成。"
      >
        <LocalDateInput />
      </Field>
    </>
  )
}
