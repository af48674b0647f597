import { Suspense } from 'react'
import { z } from 'zod'
import { useFetched, usePages, useSend } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { wanText } from '#kernel/web/money.ts'
import { Page, Section } from '#kernel/web/Page.tsx'
import { Empty, Skeleton } from '#kernel/web/Panels.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { RunPanel } from '#modules/jobs/web/RunPanel.tsx'
import { contract } from '../../contract.ts'
import { DemandReview } from './DemandReview.tsx'
import { Queue } from './Queue.tsx'
import './review.css'
import './lines.css'

const Filters = z.object({
  demand: z.uuid().optional(),
  line: z.uuid().optional(),
  order: z.enum(['odd', 'number']).optional(),
  scope: z.literal('all').optional(),
  run: z.uuid().optional(),
})

/** Review of a year's demands organ by organ: queue, lines with proposals, and the ground of the selected line. */
export default function ReviewWorkbenchPage({ params: { cycleId } }: PageProps<'/plans/reviews/:cycleId'>) {
  const { cycle, may } = useFetched(contract.viewCycle, { cycleId })
  const [{ demand, line, order = 'odd', scope, run }, change] = useFilters(Filters)
  const openOnly = scope !== 'all'
  const queue = usePages(contract.reviewQueue, { cycleId, ...(openOnly ? { onlyOpen: true } : {}), limit: 200 })
  const propose = useSend(contract.proposeAll, { onDone: ({ runId }) => change({ run: runId }), invalidates: ['jobs'] })
  const first = queue.items.find(({ state }) => state === 'submitted')
  const demandId = demand ?? first?.demandId ?? undefined
  const next = queue.items.find((queued) => queued.state === 'submitted' && queued.demandId !== demandId)?.demandId
  const totals = queue.first?.totals
  return (
    <Page
      title={`${cycle.year}年度需求审核`}
      trail={[
        { label: '年度周期', path: '/plans/cycles' },
        { label: `${cycle.year}年度保障计划`, path: `/plans/cycles/${cycleId}` },
      ]}
      lead={
        totals && (
          <span className="number">
            全级申请 {wanText(totals.askedFen)} 万元，已审定 {wanText(totals.approvedFen)} 万元
            {totals.controlFen !== null && <>，控制数 {wanText(totals.controlFen)} 万元</>}
            。审核截止 {cycle.calendar.reviewUntil}。
          </span>
        )
      }
      actions={
        <ActionButton refusal={may.proposeAll} onClick={() => propose.send({ cycleId })}>
          全部生成审核建议
        </ActionButton>
      }
    >
      <Refusals of={propose.error} onRetry={propose.retry} />
      {run && (
        <Section
          actions={
            <button type="button" className="link-button" onClick={() => change({ run: undefined })}>
              收起
            </button>
          }
        >
          <RunPanel runId={run} />
        </Section>
      )}
      <div className="review">
        <Queue
          cycleId={cycleId}
          pages={queue}
          demandId={demandId}
          openOnly={openOnly}
          onOpenOnly={(open) => change({ scope: open ? undefined : 'all' })}
          onChoose={(id) => change({ demand: id, line: undefined })}
        />
        {demandId ? (
          <Suspense key={demandId} fallback={<Skeleton />}>
            <DemandReview
              demandId={demandId}
              lineId={line}
              order={order}
              onLine={(id) => change({ demand: demandId, line: id })}
              onOrder={(chosen) => change({ order: chosen === 'odd' ? undefined : chosen })}
              onKeep={() => change({ demand: demandId })}
              onNextOrgan={next ? () => change({ demand: next, line: undefined }) : null}
            />
          </Suspense>
        ) : (
          !queue.loading && <Empty title="请从左侧选择一个机关">提交需求申请的机关会自动进入待审队列。</Empty>
        )}
      </div>
    </Page>
  )
}
