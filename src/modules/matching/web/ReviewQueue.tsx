import { useFetchedLater, useSend } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { wanText } from '#kernel/web/money.ts'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { RunPanel } from '#modules/jobs/web/RunPanel.tsx'
import { contract } from '../contract.ts'
import './review.css'

/** Over the queue of a year's review: what matching has spared so far, and what it could still spare. */
export default function ReviewQueue({ cycleId }: { cycleId: string }) {
  const { data: view } = useFetchedLater(contract.viewCycle, { cycleId })
  const propose = useSend(contract.propose, { invalidates: ['matching', 'jobs'] })
  if (view === undefined) return null
  const { totals, proposal, jobId, may } = view
  return (
    <section className="matching-queue" aria-label="调剂">
      <p>
        <span className="quiet">调剂少安排购置资金</span>
        <br />
        <b className="number">{wanText(totals.acceptedFen)}</b> 万元
      </p>
      <p className="quiet number">
        {proposal === null
          ? '尚未测算调剂建议'
          : totals.openLines === 0
            ? `已采纳 ${totals.acceptedLines} 行，没有待定`
            : `待定 ${totals.openLines} 行，可再省 ${wanText(totals.openFen)} 万元`}
      </p>
      {jobId === null ? (
        <div className="row">
          <ActionButton refusal={may.propose} busy={propose.sending} onClick={() => propose.send({ cycleId })}>
            {proposal === null ? '测算调剂' : '重新测算'}
          </ActionButton>
          {proposal !== null && <Go to={`/matching?year=${view.year}`}>全部建议</Go>}
        </div>
      ) : (
        <>
          <RunPanel runId={jobId} />
          <Following cycleId={cycleId} />
        </>
      )}
      <Refusals of={propose.error} onRetry={propose.retry} />
    </section>
  )
}

/** Asks again and again while a job reckons a proposal; everything on the page shows what comes. */
function Following({ cycleId }: { cycleId: string }) {
  useFetchedLater(contract.viewCycle, { cycleId }, { everyMs: 1500 })
  return null
}
