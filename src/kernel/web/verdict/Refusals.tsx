import { Button } from 'antd'
import { useState } from 'react'
import type { Refusal } from '#kernel/pure/verdict.ts'
import { Mark } from '../marks.tsx'
import { ErrorPanel } from '../Panels.tsx'
import { ProblemError, Unreachable } from '../problem.ts'
import './verdict.css'

/**
 * Why an act was refused, all reasons at once: what, on what ground, how to mend it. Takes the error of `useSend`
 * (anything that is no refusal is shown as an error panel; an uncertain attempt gets its 重试) or a list of refusals.
 */
export function Refusals({
  of,
  title,
  onRetry,
}: {
  of: ProblemError | Unreachable | Error | readonly Refusal[] | null | undefined
  title?: string
  /** `send.retry`: repeats an uncertain attempt under its own key. */
  onRetry?: () => Promise<unknown>
}) {
  if (of === null || of === undefined) return null
  if (of instanceof ProblemError && of.refusals.length > 0)
    return <RefusalList refusals={of.refusals} title={title || of.title || '不能办理'} instance={of.instance} />
  if (of instanceof Error) return <Retriable error={of} onRetry={onRetry} />
  return of.length === 0 ? null : <RefusalList refusals={of} title={title ?? '不能办理'} />
}

function RefusalList({
  refusals,
  title,
  instance,
}: {
  refusals: readonly Refusal[]
  title: string
  instance?: string
}) {
  return (
    <section className="refusals" role="alert">
      <h3>
        <Mark shape="block" />
        {title}
        {refusals.length > 1 && <span className="refusals-count">{refusals.length} 条原因</span>}
      </h3>
      <ol>
        {refusals.map((refusal) => (
          <li key={`${refusal.code}${refusal.message}`}>
            <p>{refusal.message}</p>
            {refusal.basis && <p className="quiet">依据：{refusal.basis.citation}</p>}
            {refusal.remedy && <p>办法：{refusal.remedy}</p>}
          </li>
        ))}
      </ol>
      {instance && <p className="quiet refusals-instance">求助时请提供编号 {instance}</p>}
    </section>
  )
}

function Retriable({ error, onRetry }: { error: Error; onRetry: (() => Promise<unknown>) | undefined }) {
  const [busy, setBusy] = useState(false)
  if (!(error instanceof Unreachable) || onRetry === undefined) return <ErrorPanel error={error} />
  const retry = () => {
    setBusy(true)
    void onRetry().finally(() => setBusy(false))
  }
  return (
    <div className="error-panel" role="alert">
      <p className="error-title">连接中断</p>
      <p>{error.message}</p>
      <Button loading={busy} onClick={retry}>
        重试
      </Button>
    </div>
  )
}
