import { Button } from 'antd'
import { useId, useState } from 'react'
import type { ReactNode } from 'react'
import { Dialog } from '../Dialog.tsx'
import type { ProblemError, Unreachable } from '../problem.ts'
import { Refusals } from '../verdict/Refusals.tsx'
import { OpinionBox } from './inputs.tsx'
import './form.css'

/**
 * Asks for the opinion that goes with an act (退回补正, 不予同意, 撤回) and sends it. Stays open, with everything typed,
 * when the act is refused; the page closes it when done.
 */
export function OpinionDialog({
  title,
  lead,
  label = '意见',
  required = false,
  phrases,
  submit,
  onSend,
  error,
  onRetry,
  onClose,
  children,
}: {
  title: string
  lead?: ReactNode
  label?: string
  required?: boolean
  phrases?: readonly string[]
  /** The verb: 退回补正. */
  submit: string
  onSend: (opinion: string) => Promise<unknown>
  error?: ProblemError | Unreachable | null
  onRetry?: () => Promise<unknown>
  onClose: () => void
  /** Further fields above the opinion. */
  children?: ReactNode
}) {
  const id = useId()
  const [opinion, setOpinion] = useState('')
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState(false)
  const press = () => {
    if (required && opinion.trim() === '') return setMissing(true)
    setMissing(false)
    setBusy(true)
    void onSend(opinion.trim()).finally(() => setBusy(false))
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button type="primary" loading={busy} onClick={press}>
            {submit}
          </Button>
          <Button onClick={onClose}>取消</Button>
        </>
      }
    >
      <div className="stack">
        {lead && <p>{lead}</p>}
        <Refusals of={error} {...(onRetry ? { onRetry } : {})} />
        {children}
        <div>
          <label htmlFor={id}>
            {label}
            {!required && <span className="field-optional">（选填）</span>}
          </label>
          <OpinionBox
            id={id}
            value={opinion}
            onChange={(text) => setOpinion(text ?? '')}
            {...(phrases ? { phrases } : {})}
            aria-invalid={missing}
            aria-describedby={`${id}missing`}
          />
          <p id={`${id}missing`} className="field-error" role="alert">
            {missing && `请填写${label}。`}
          </p>
        </div>
      </div>
    </Dialog>
  )
}
