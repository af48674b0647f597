import { Input } from 'antd'
import type { ComponentProps } from 'react'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { tell } from '#kernel/web/notice.tsx'
import type { contract } from '../contract.ts'

type Consent = typeof contract.consentRequest | typeof contract.consentLevel

/** Finance consents to things going over to another organ, by the number of its paper (Art. 12, 23). */
export function ConsentDialog<O extends Consent>({
  title,
  operation,
  fixed,
  done,
  onClose,
}: {
  title: string
  operation: O
  fixed: NonNullable<ComponentProps<typeof EntryForm<O>>['fixed']>
  /** What is told once it is done. */
  done: string
  onClose: () => void
}) {
  return (
    <Dialog title={title} onClose={onClose}>
      <EntryForm
        operation={operation}
        fixed={fixed}
        submit={title}
        onDone={() => {
          tell(done)
          onClose()
        }}
        onCancel={onClose}
      >
        <Field name="document" label="同意的文号">
          <Input maxLength={120} autoComplete="off" />
        </Field>
        <Field name="opinion" label="意见" optional>
          <Input.TextArea rows={2} maxLength={300} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
