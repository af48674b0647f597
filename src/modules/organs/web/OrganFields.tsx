import { Input, Select, Switch } from 'antd'
import { StatutoryPart, statutoryPartLabels } from '#kernel/pure/actor.ts'
import type { Finding } from '#kernel/pure/verdict.ts'
import { Field } from '#kernel/web/form/EntryForm.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { OrganKind, organKindLabels } from '../model.ts'

/** What is said of an organ, in registering and in changing it. */
export function OrganFields() {
  return (
    <>
      <Field name="name" label="机关名称" help="与机构编制文件一致的全称。">
        <Input maxLength={100} />
      </Field>
      <Field name="shortName" label="简称">
        <Input maxLength={40} />
      </Field>
      <Field name="kind" label="机关类别">
        <Select options={OrganKind.options.map((value) => ({ value, label: organKindLabels[value] }))} />
      </Field>
      <Field
        name="parts"
        label="法定职责"
        optional
        help="条例规定由本机关承担的职责；机关事务管理、财政每级只有一个机关。"
      >
        <Select
          mode="multiple"
          options={StatutoryPart.options.map((value) => ({ value, label: statutoryPartLabels[value] }))}
        />
      </Field>
      <Field name="creditCode" label="统一社会信用代码" optional>
        <Input maxLength={30} />
      </Field>
      <Field name="budgetCode" label="预算单位编码" optional>
        <Input maxLength={30} />
      </Field>
      <Field name="inCompound" label="在集中办公区" optional={false} help="集中办公区的服务统一组织。">
        <Switch checkedChildren="是" unCheckedChildren="否" />
      </Field>
      <Field name="secretUnit" label="涉密单位" optional={false} help="只计入汇总，不单独显示。">
        <Switch checkedChildren="是" unCheckedChildren="否" />
      </Field>
      <Field name="tradeUnion" label="工会" optional={false} help="工会的财产和经费不在本系统登记。">
        <Switch checkedChildren="是" unCheckedChildren="否" />
      </Field>
    </>
  )
}

export function DocumentField({ optional = true }: { optional?: boolean }) {
  return (
    <Field name="document" label="依据文件" optional={optional} help="文号和名称。">
      <Input maxLength={200} />
    </Field>
  )
}

/** Says that it is done, and what the act was carried out under. */
export function tellDone(done: string, findings: readonly Finding[]): void {
  tell([done, ...findings.filter(({ outcome }) => outcome !== 'ok').map(({ message }) => message)].join(' '))
}
