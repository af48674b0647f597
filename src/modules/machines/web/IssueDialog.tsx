import { Input, Select } from 'antd'
import type { MachineRight } from '#kernel/pure/machine-scope.ts'
import { addDays } from '#kernel/pure/local-date.ts'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetchedLater } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { contract as organs } from '#modules/organs/contract.ts'
import { contract } from '../contract.ts'
import type { Areas } from './scope-words.ts'

export type Issued = OutputOf<typeof contract.issue>

/** For one organ of the level, a purpose, rights by area and a last day. */
export function IssueDialog({
  areas: { items, settings },
  onClose,
  onIssued,
}: {
  areas: OutputOf<typeof contract.areas>
  onClose: () => void
  onIssued: (issued: Issued) => void
}) {
  const me = useMe()
  const { data } = useFetchedLater(
    organs.organs,
    me.organ ? { jurisdictionCode: me.organ.jurisdictionCode, limit: 200 } : null,
  )
  const last = addDays(todayHere(), settings.tokenDays)
  return (
    <Dialog title="签发接口令牌" onClose={onClose}>
      <EntryForm
        operation={contract.issue}
        initial={{ scopes: [], validUntil: last }}
        submit="签发"
        invalidates={[contract.tokens]}
        onDone={onIssued}
        onCancel={onClose}
      >
        <Field name="organId" label="代表机关">
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
        <Field name="name" label="对接系统">
          <Input maxLength={60} />
        </Field>
        <Field name="purpose" label="用途" help="为什么需要、交换什么数据；写入审计记录。">
          <Input.TextArea rows={2} maxLength={300} />
        </Field>
        <Field name="scopes" label="权限" help="只给用得到的。读写包含读。">
          <ScopeTable areas={items} />
        </Field>
        <Field name="validUntil" label="有效至" help={`最长 ${settings.tokenDays} 天，到 ${last}。`}>
          <LocalDateInput min={todayHere()} max={last} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}

type Choice = MachineRight | 'none'
const choiceWords: Record<Choice, string> = { none: '无', read: '读', write: '读写' }

/** One line an area, one of 无, 读, 读写; the value is the list of scopes. */
function ScopeTable({
  id,
  areas,
  value = [],
  onChange,
  ...rest
}: {
  id?: string
  areas: Areas
  value?: readonly string[]
  onChange?: (scopes: string[]) => void
  'aria-describedby'?: string
  'aria-invalid'?: boolean | 'true' | 'false'
}) {
  const chosen = (module: string): Choice =>
    value.includes(`${module}:write`) ? 'write' : value.includes(`${module}:read`) ? 'read' : 'none'
  const choose = (module: string, choice: Choice) =>
    onChange?.([
      ...value.filter((scope) => !scope.startsWith(`${module}:`)),
      ...(choice === 'none' ? [] : [`${module}:${choice}`]),
    ])
  return (
    <div className="scope-table-frame">
      <table className="scope-table" id={id} tabIndex={-1} aria-describedby={rest['aria-describedby']}>
        <thead>
          <tr>
            <th scope="col">模块</th>
            {Object.values(choiceWords).map((word) => (
              <th key={word} scope="col">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {areas.map(({ module, title, rights }) => (
            <tr key={module}>
              <th scope="row">
                {title}
                <code>{module}</code>
              </th>
              {(Object.keys(choiceWords) as Choice[]).map((choice) => (
                <td key={choice}>
                  {(choice === 'none' || rights.includes(choice)) && (
                    <label>
                      <input
                        type="radio"
                        name={`scope-${module}`}
                        aria-label={`${title}：${choiceWords[choice]}`}
                        checked={chosen(module) === choice}
                        onChange={() => choose(module, choice)}
                      />
                    </label>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
