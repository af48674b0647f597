import { Input, Select } from 'antd'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'
import { storeKindLabels } from '../model.ts'

/** Opens a store of the level. */
export function StoreDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="设立仓库" onClose={onClose}>
      <EntryForm
        operation={contract.addStore}
        submit="设立"
        onDone={({ name }) => {
          tell(`已设立${name}。`)
          onClose()
        }}
        onCancel={onClose}
      >
        <Field name="name" label="仓库名称">
          <Input maxLength={60} autoComplete="off" />
        </Field>
        <Field name="kind" label="种类" help="虚拟仓的物品留在原机关保管，只在目录中共享。">
          <Select options={Object.entries(storeKindLabels).map(([value, label]) => ({ value, label }))} />
        </Field>
        <Field name="address" label="地址">
          <Input maxLength={120} autoComplete="off" />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
