import { Button } from 'antd'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { useFetchedLater, useSend } from '#kernel/web/fetching.ts'
import { ErrorPanel, Skeleton } from '#kernel/web/Panels.tsx'
import { StateTag, type Tone } from '#kernel/web/StateTag.tsx'
import { contract, runStateLabels } from '../contract.ts'
import './jobs.css'

type RunView = OutputOf<(typeof contract)['viewRun']>
const tones: Record<RunView['state'], Tone> = {
  waiting: 'waiting',
  running: 'running',
  done: 'done',
  failed: 'refused',
  cancelled: 'draft',
}

/** Progress of long work: bar, remaining time, what was found so far, cancel. Leaving the page does not stop it. */
export function RunPanel({ runId }: { runId: string }) {
  const { data: run, error, refetch } = useFetchedLater(contract.viewRun, { runId }, { everyMs: 1500 })
  if (error && !run) return <ErrorPanel error={error} onRetry={refetch} />
  return run ? <RunProgress run={run} /> : <Skeleton lines={2} />
}

export function RunProgress({ run }: { run: RunView }) {
  const cancel = useSend(contract.cancelRun, { invalidates: ['jobs'] })
  const open = run.state === 'waiting' || run.state === 'running'
  return (
    <div className="run">
      <p className="row">
        <b>{run.title}</b>
        <StateTag tone={tones[run.state]} word={runStateLabels[run.state]} />
        {open && (
          <Button size="small" loading={cancel.sending} onClick={() => void cancel.send({ runId: run.id })}>
            取消
          </Button>
        )}
      </p>
      {run.state === 'running' && (
        <p>
          <progress
            value={run.total === null ? undefined : run.done}
            max={run.total ?? undefined}
            aria-label={run.title}
          />
          <span className="quiet number">
            {' '}
            {run.done}
            {run.total === null ? '' : ` / ${run.total}`}
            {run.secondsLeft !== null &&
              `，约剩 ${run.secondsLeft < 90 ? `${run.secondsLeft} 秒` : `${Math.round(run.secondsLeft / 60)} 分钟`}`}
          </span>
        </p>
      )}
      {run.note && <p className="quiet">{run.note}</p>}
      {run.problem && <p role="alert">{run.problem}</p>}
    </div>
  )
}
