import { Select } from 'antd'
import { useEffect } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import type { Pages } from '#kernel/web/fetching.ts'
import { wanText } from '#kernel/web/money.ts'
import { useNarrow } from '#kernel/web/narrow.ts'
import { Empty, ErrorPanel, Skeleton } from '#kernel/web/Panels.tsx'
import type { contract } from '../../contract.ts'
import { demandStateLabels, reviewSlots } from '../../model.ts'
import { SlotPanels } from '#kernel/web/slots.tsx'
import { DemandStateTag } from '../state-tags.tsx'

type QueuePage = OutputOf<(typeof contract)['reviewQueue']>
export type Queued = QueuePage['items'][number]

const reviewable = ({ demandId, state }: Queued) => demandId !== null && (state === 'submitted' || state === 'reviewed')

/** The organs that wait for review with progress and money; a choice box on a phone. */
export function Queue({
  cycleId,
  pages,
  demandId,
  openOnly,
  onOpenOnly,
  onChoose,
}: {
  cycleId: string
  pages: Pages<Queued, QueuePage>
  demandId: string | undefined
  openOnly: boolean
  onOpenOnly: (openOnly: boolean) => void
  onChoose: (demandId: string) => void
}) {
  const narrow = useNarrow()
  const { hasMore, fetching, more, items } = pages
  useEffect(() => {
    if (hasMore && !fetching) more() // the whole queue is here: its order and count are what one works by
  }, [hasMore, fetching, more])
  return (
    <nav className="review-queue no-print" aria-label="待审机关">
      <SlotPanels of={reviewSlots.queue} ids={{ cycleId }} />
      <div className="review-queue-scope" role="group" aria-label="显示范围">
        <button type="button" aria-pressed={openOnly} onClick={() => onOpenOnly(true)}>
          待审核
        </button>
        <button type="button" aria-pressed={!openOnly} onClick={() => onOpenOnly(false)}>
          全部
        </button>
        <span className="quiet number">{items.length} 个机关</span>
      </div>
      {pages.error && items.length === 0 ? (
        <ErrorPanel error={pages.error} onRetry={pages.refetch} />
      ) : pages.loading ? (
        <Skeleton lines={5} />
      ) : items.length === 0 ? (
        <Empty title={openOnly ? '没有待审核的需求申请' : '本年度还没有需求申请'}>
          {openOnly && '已提交的都已审结。按“全部”查看各机关情况。'}
        </Empty>
      ) : narrow ? (
        <Select
          aria-label="选择机关"
          className="review-queue-select"
          showSearch={{ optionFilterProp: 'label' }}
          value={demandId ?? null}
          onChange={onChoose}
          options={items.flatMap((queued) =>
            queued.demandId === null
              ? []
              : [
                  {
                    value: queued.demandId,
                    label: `${queued.organName} ${queued.decidedCount}/${queued.lineCount}`,
                    disabled: !reviewable(queued),
                  },
                ],
          )}
        />
      ) : (
        <ol className="review-queue-list">
          {items.map((queued) => (
            <li key={queued.organId}>
              <QueuedOrgan queued={queued} current={queued.demandId === demandId} onChoose={onChoose} />
            </li>
          ))}
        </ol>
      )}
    </nav>
  )
}

function QueuedOrgan({
  queued,
  current,
  onChoose,
}: {
  queued: Queued
  current: boolean
  onChoose: (demandId: string) => void
}) {
  const { demandId, organName, state, decidedCount, lineCount, findingCount, askedFen, approvedFen, late } = queued
  return (
    <button
      type="button"
      className="review-organ"
      aria-current={current || undefined}
      disabled={!reviewable(queued)}
      title={reviewable(queued) ? undefined : `${state ? demandStateLabels[state] : '未提交'}，不能审核`}
      onClick={() => demandId !== null && onChoose(demandId)}
    >
      <span className="review-organ-name">{organName}</span>
      <span className="review-organ-line">
        {state && <DemandStateTag state={state} />}
        {late && <span className="review-late">逾期提交</span>}
        {findingCount > 0 && <span className="quiet">有提示 {findingCount} 行</span>}
      </span>
      <span className="review-organ-line">
        <progress value={decidedCount} max={Math.max(1, lineCount)} aria-label={`${organName}审核进度`} />
        <span className="number quiet">
          {decidedCount}/{lineCount} 行
        </span>
      </span>
      <span className="review-organ-money number quiet">
        申请 {wanText(askedFen)}
        {approvedFen !== null && <> 审定 {wanText(approvedFen)}</>}
        {state === 'reviewed' && approvedFen !== null && <> 核减 {wanText(askedFen - approvedFen)}</>} 万元
      </span>
    </button>
  )
}
