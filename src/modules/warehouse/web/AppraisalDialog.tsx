import { Input, Select } from 'antd'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetchedLater } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { MoneyInput, YesBox } from '#kernel/web/form/inputs.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'
import { gradeLabels, storeKindLabels, type Item } from '../model.ts'

/** What repair would cost against a new one: the grade follows from it (GWC-R09). */
export function AppraisalDialog({ item, onClose }: { item: Item; onClose: () => void }) {
  const stores = useFetchedLater(contract.stores, {})
  return (
    <Dialog title={`鉴定：${item.name}`} onClose={onClose}>
      <EntryForm
        operation={contract.appraiseItem}
        fixed={{ itemId: item.id, version: item.version }}
        initial={{
          repairFen: item.repairFen,
          ...(item.replacementFen > 0 ? { replacementFen: item.replacementFen } : {}),
          place: item.place,
          unsafe: item.unsafe,
          note: item.appraisalNote,
          ...(item.storeId ? { storeId: item.storeId } : {}),
        }}
        submit="保存鉴定"
        onDone={({ item: { grade } }) => {
          tell(`鉴定为 ${grade ? gradeLabels[grade] : ''}。`)
          onClose()
        }}
        onCancel={onClose}
      >
        <p className="quiet">
          不用修复的 A；要修复的，按修复费用占重置价的比例定为 B（轻修）、C（大修，须批准）或 D（处置）。
        </p>
        <Field name="replacementFen" label="重置价" help="现在买同样一件的价格。">
          <MoneyInput />
        </Field>
        <Field name="repairFen" label="修复费用" help="不用修复的填 0。">
          <MoneyInput />
        </Field>
        <Field name="unsafe" label="安全" optional>
          <YesBox>存在安全隐患，不能再用</YesBox>
        </Field>
        <Field name="storeId" label="仓库">
          <Select
            loading={stores.data === undefined}
            options={(stores.data?.items ?? []).map(({ id, name, kind }) => ({
              value: id,
              label: `${name}（${storeKindLabels[kind]}）`,
            }))}
          />
        </Field>
        <Field name="place" label="存放地点" help="虚拟仓的留在原处。">
          <Input maxLength={120} autoComplete="off" />
        </Field>
        <Field name="transportFen" label="搬运费用">
          <MoneyInput />
        </Field>
        <Field name="note" label="鉴定说明">
          <Input.TextArea rows={2} maxLength={300} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
