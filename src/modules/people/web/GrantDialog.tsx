import { Input, Select } from 'antd'
import { Role, roleLabels } from '#kernel/pure/actor.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetchedLater } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { contract as organs } from '#modules/organs/contract.ts'
import { contract } from '../contract.ts'
import { organRoles, type Person } from '../model.ts'

/** The organ's head gives the organ's own roles; the security administrator any role, at any organ of the level. */
export function GrantDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const me = useMe()
  const ofLevel = me.roles.includes('security-administrator')
  const { data } = useFetchedLater(
    organs.organs,
    ofLevel ? { jurisdictionCode: person.jurisdictionCode, limit: 200 } : null,
  )
  const listed = (data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const places = listed.some(({ value }) => value === person.organId)
    ? listed
    : [{ value: person.organId, label: person.organName }, ...listed]
  const offered: readonly Role[] = ofLevel ? Role.options : organRoles
  return (
    <Dialog title="授予角色" onClose={onClose}>
      <EntryForm
        operation={contract.grantRole}
        fixed={{ personId: person.id }}
        initial={{ organId: person.organId, validFrom: todayHere() }}
        submit="授予"
        onDone={() => (tell('已授予角色。'), onClose())}
        onCancel={onClose}
      >
        <Field name="organId" label="任职机关">
          <Select showSearch={{ optionFilterProp: 'label' }} disabled={!ofLevel} options={places} />
        </Field>
        <Field
          name="role"
          label="角色"
          {...(ofLevel
            ? { help: '三员和机关事务管理的岗位只在本级机关事务管理部门担任，财政审核只在财政部门担任。' }
            : {})}
        >
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={offered.map((value) => ({ value, label: roleLabels[value] }))}
          />
        </Field>
        <Field name="validFrom" label="自">
          <LocalDateInput />
        </Field>
        <Field
          name="validUntil"
          label="至"
          help="不填为长期；审计人员到审计任务结束、服务商人员到合同期满为止，必须填写。"
        >
          <LocalDateInput />
        </Field>
        <Field name="document" label="依据文件">
          <Input maxLength={200} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
