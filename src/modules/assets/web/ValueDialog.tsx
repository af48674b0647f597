import { Input } from 'antd'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'
import type { Card } from '../model.ts'
import { CardFieldEntry } from './CardFieldEntry.tsx'

/** A changed value goes on over the months that are left. */
export function ValueDialog({ card, onClose }: { card: Card; onClose: () => void }) {
  const { costFen, fiscalFen, depreciationMonths } = card
  return (
    <Dialog title="价值变动" onClose={onClose}>
      <EntryForm
        operation={contract.changeValue}
        fixed={{ cardId: card.id, version: card.version }}
        initial={{ costFen, fiscalFen, depreciationMonths, effectiveOn: todayHere() }}
        submit="保存"
        onDone={() => {
          tell('已保存，折旧按变动后的价值在剩余年限内计提。')
          onClose()
        }}
        onCancel={onClose}
      >
        <p className="quiet">用于改扩建、加装、部分拆除等引起的价值变动。登记有误的，请在“变动历史”中更正。</p>
        <CardFieldEntry name="costFen" label="变动后原值" />
        <CardFieldEntry name="fiscalFen" label="其中：财政资金" />
        {depreciationMonths !== null && (
          <CardFieldEntry name="depreciationMonths" label="变动后折旧年限" help="自入账起的总月数。" />
        )}
        <Field name="effectiveOn" label="变动日期">
          <LocalDateInput max={todayHere()} />
        </Field>
        <Field name="document" label="批准文号" optional>
          <Input maxLength={200} />
        </Field>
        <Field name="reason" label="原因">
          <Input.TextArea rows={2} maxLength={500} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
