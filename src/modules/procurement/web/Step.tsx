import type { ReactNode } from 'react'
import type { InputOf, Operation } from '#kernel/pure/contract.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm } from '#kernel/web/form/EntryForm.tsx'
import { tell } from '#kernel/web/notice.tsx'
import type { View } from './PurchasePage.tsx'

export type StepProps = { view: View; onClose: () => void }

/** A dialog over one operation on this purchase. */
export function Step<O extends Operation>({
  view: { purchase },
  onClose,
  title,
  operation,
  initial,
  done,
  wide = false,
  children,
}: StepProps & {
  title: string
  operation: O
  initial: Partial<InputOf<O>>
  done: string
  wide?: boolean
  children: ReactNode
}) {
  return (
    <Dialog title={title} onClose={onClose} wide={wide}>
      <EntryForm
        operation={operation}
        fixed={{ purchaseId: purchase.id, version: purchase.version } as unknown as Partial<InputOf<O>>}
        initial={initial}
        submit="保存"
        onDone={() => {
          tell(done)
          onClose()
        }}
        onCancel={onClose}
      >
        {children}
      </EntryForm>
    </Dialog>
  )
}
