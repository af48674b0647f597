import { Select } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetchedLater } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { contract } from '../contract.ts'
import { HeadcountInput } from './HeadcountInput.tsx'
import { DocumentField, OrganFields, tellDone } from './OrganFields.tsx'

export type ShownOrgan = OutputOf<(typeof contract)['viewOrgan']>
type Given = { organ: ShownOrgan; onClose: () => void }

/** What the dialog began with; a later answer for the page behind it changes neither the form nor the version it is sent under. */
function useBegun(organ: ShownOrgan): ShownOrgan {
  return useState(organ)[0]
}

export function ChangeDialog({ organ: shown, onClose }: Given) {
  const organ = useBegun(shown)
  const { name, shortName, kind, parts, creditCode, budgetCode, inCompound, secretUnit, tradeUnion } = organ
  return (
    <Dialog title="修改机关登记" wide onClose={onClose}>
      <EntryForm
        operation={contract.changeOrgan}
        fixed={{ organId: organ.id }}
        initial={{ name, shortName, kind, parts, creditCode, budgetCode, inCompound, secretUnit, tradeUnion }}
        submit="保存修改"
        ifMatch={organ.version}
        invalidates={['organs']}
        onDone={({ findings }) => (tellDone('已修改登记。', findings), onClose())}
        onCancel={onClose}
      >
        <OrganFields />
        <Field name="nameFrom" label="新名称启用日期" optional help="改名时填写；不填为今天。">
          <LocalDateInput />
        </Field>
        <DocumentField />
      </EntryForm>
    </Dialog>
  )
}

export function HeadcountDialog({ organ: shown, onClose }: Given) {
  const organ = useBegun(shown)
  return (
    <Dialog title="登记编制和实有人数" wide onClose={onClose}>
      <EntryForm
        operation={contract.setHeadcount}
        fixed={{ organId: organ.id }}
        initial={{ from: todayHere(), headcount: organ.headcount }}
        submit="登记编制"
        ifMatch={organ.version}
        invalidates={['organs']}
        onDone={({ findings }) => (tellDone('已登记编制。', findings), onClose())}
        onCancel={onClose}
      >
        <Field name="from" label="自何日起">
          <LocalDateInput />
        </Field>
        <Field name="headcount" label="各职级人数" help="实物定额按编制内实有人数计算。">
          <HeadcountInput />
        </Field>
        <DocumentField />
      </EntryForm>
    </Dialog>
  )
}

/** Closes an organ; what it still holds is said by the server, all at once. */
export function CloseDialog({ organ: shown, onClose }: Given) {
  const organ = useBegun(shown)
  const [text, setText] = useState('')
  const { data, fetching } = useFetchedLater(contract.organs, {
    jurisdictionCode: organ.jurisdictionCode,
    limit: 50,
    ...(text.trim() ? { text: text.trim() } : {}),
  })
  return (
    <Dialog title="停用机关" onClose={onClose}>
      <EntryForm
        operation={contract.closeOrgan}
        fixed={{ organId: organ.id }}
        initial={{ lastDay: todayHere() }}
        submit="停用机关"
        ifMatch={organ.version}
        invalidates={['organs']}
        onDone={({ findings }) => (tellDone('已停用机关。', findings), onClose())}
        onCancel={onClose}
      >
        <p className="quiet">停用后不能恢复；历史记录保留。尚有未办结事项的机关不能停用。</p>
        <Field name="lastDay" label="最后一日">
          <LocalDateInput />
        </Field>
        <Field name="successorId" label="承接机关" optional help="合并、更名设立时填写，输入名称查找。">
          <Select
            allowClear
            showSearch={{ filterOption: false, onSearch: setText }}
            loading={fetching}
            options={(data?.items ?? [])
              .filter(({ id }) => id !== organ.id)
              .map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
        <DocumentField optional={false} />
      </EntryForm>
    </Dialog>
  )
}
