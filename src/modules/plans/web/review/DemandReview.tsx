import { useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useFetched, usePutAnswer } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { wanText } from '#kernel/web/money.ts'
import { useNarrow } from '#kernel/web/narrow.ts'
import { Empty } from '#kernel/web/Panels.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../../contract.ts'
import { mayDecide } from '../../rules/review.ts'
import { DemandStateTag } from '../state-tags.tsx'
import { DecisionEditor, type EditorField } from './DecisionEditor.tsx'
import {
  askedOf,
  draftFor,
  inOrder,
  nextOpen,
  opinionKeys,
  owesReason,
  proposalDraft,
  sumsOf,
  type Draft,
  type Order,
  type ReviewRow,
} from './draft.ts'
import { LineBasis } from './LineBasis.tsx'
import { LineRows } from './LineRows.tsx'
import { ReviewActs } from './ReviewActs.tsx'
import { useDecisions } from './use-decisions.ts'

/** Lines of one organ in the middle, the ground of the selected one beside them, everything by keys. */
export function DemandReview({
  demandId,
  lineId,
  order,
  onLine,
  onOrder,
  onNextOrgan,
  onKeep,
}: {
  demandId: string
  lineId: string | undefined
  order: Order
  onLine: (lineId: string) => void
  onOrder: (order: Order) => void
  /** Goes on to the next organ of the queue; null when there is none. */
  onNextOrgan: (() => void) | null
  /** Stays with this organ though it leaves the queue: its notice is to be seen. */
  onKeep: () => void
}) {
  const narrow = useNarrow()
  const view = useFetched(contract.viewReview, { demandId })
  const put = usePutAnswer(contract.viewReview, { demandId })
  const { demand, lines, holdings, may } = view
  const decisions = useDecisions(view, (decided) =>
    put({ ...view, lines: lines.map((row) => (row.line.id === decided.line.id ? decided : row)) }),
  )
  const [editing, setEditing] = useState<{ initial: Draft; focus: EditorField } | null>(null)
  const rows = inOrder(lines, order)
  const selected = rows.find(({ line }) => line.id === lineId) ?? rows[0]
  const sums = sumsOf(lines)

  const select = (row: ReviewRow | undefined) => {
    if (row === undefined || row === selected) return
    setEditing(null)
    decisions.forget()
    onLine(row.line.id)
  }
  const step = (by: number) => selected && select(rows[rows.indexOf(selected) + by])
  const decide = (row: ReviewRow, draft: Draft) => {
    if (!decisions.decide(row, draft)) return
    setEditing(null)
    select(nextOpen(rows, row.line.id))
  }
  /** A line a person has decided is left as it is; Enter then only goes on. */
  const accept = (row: ReviewRow) => {
    if (row.decision !== null) return select(nextOpen(rows, row.line.id))
    if (row.proposal !== null && may.decide === null) decide(row, proposalDraft(row.proposal))
  }
  const edit = (initial: Draft, focus: EditorField) => may.decide === null && setEditing({ initial, focus })
  const rewrite = ({ decision, proposal }: ReviewRow, focus: EditorField) => {
    const written = decision ?? proposal
    if (written) edit(proposalDraft(written), focus)
  }
  /** An opinion by its number; the editor opens where it owes figures or a reason that are not there yet. */
  const choose = (row: ReviewRow, opinion: (typeof opinionKeys)[number]) => {
    if (row.proposal === null) return
    const draft = draftFor(opinion, row.line, row.proposal)
    const ready = mayDecide(askedOf(row.line), draft, row.proposal).ok && !(owesReason(opinion) && draft.reason === '')
    if (ready && may.decide === null) decide(row, draft)
    else edit(draft, opinion === 'O2' ? 'quantity' : 'reason')
  }
  const pressed = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input, textarea, select, dialog')) return
    if (selected === undefined || (event.key === 'Enter' && target.closest('a, button'))) return
    const opinion = opinionKeys[Number(event.key) - 1]
    if (event.key === 'j' || event.key === 'ArrowDown') step(1)
    else if (event.key === 'k' || event.key === 'ArrowUp') step(-1)
    else if (event.key === 'n') select(nextOpen(inOrder(lines, 'odd'), selected.line.id))
    else if (event.key === 'Enter') accept(selected)
    else if (event.key === 'e') rewrite(selected, 'quantity')
    else if (event.key === 'r') rewrite(selected, 'reason')
    else if (opinion) choose(selected, opinion)
    else return
    event.preventDefault()
  }
  const proposal = selected?.proposal
  const editor = editing && selected && proposal && (
    <DecisionEditor
      key={`${selected.line.id}${editing.initial.opinion}${editing.focus}`}
      row={selected}
      proposal={proposal}
      initial={editing.initial}
      focus={editing.focus}
      onDecide={(draft) => decide(selected, draft)}
      onClose={() => setEditing(null)}
    />
  )
  const ground = selected && (
    <LineBasis
      row={selected}
      holding={holdings.find(({ standardCode }) => standardCode === selected.line.standardCode)}
      cycleId={demand.cycleId}
      organId={demand.organId}
      mayDecide={may.decide}
      onAccept={() => accept(selected)}
      onRewrite={() => rewrite(selected, 'quantity')}
      onUndo={() => decisions.undo([selected.line.id])}
    />
  )
  return (
    <>
      <section className="review-demand" aria-label={`${demand.organName}的需求行`}>
        <header className="review-head">
          <div className="row">
            <h2>{demand.organName}</h2>
            <DemandStateTag state={demand.state} />
            <Go to={`/plans/demands/${demandId}`}>{demand.number || '申请全文'}</Go>
          </div>
          <p className="review-sums number">
            <span>
              已审 <b>{sums.decided}</b>/{sums.lines} 行
            </span>
            <span>
              申请 <b>{wanText(sums.askedFen)}</b>
            </span>
            <span>
              审定 <b>{wanText(sums.approvedFen)}</b>
            </span>
            <span>
              核减 <b>{wanText(sums.cutFen)}</b> 万元
            </span>
          </p>
          <ReviewActs view={view} decisions={decisions} onNextOrgan={onNextOrgan} onKeep={onKeep} />
        </header>
        <Refusals of={decisions.refusals} title="不能这样审核" />
        <Refusals of={decisions.decideSend.error} onRetry={decisions.decideSend.retry} />
        {rows.length === 0 ? (
          <Empty title="申请没有需求行" />
        ) : (
          <>
            <LineRows
              rows={rows}
              demand={demand}
              selectedId={selected?.line.id}
              pending={decisions.pending}
              order={order}
              onOrder={onOrder}
              onSelect={(id) => select(rows.find(({ line }) => line.id === id))}
              onKey={pressed}
              writing={editing !== null}
              beneath={narrow ? (editor ?? ground) : editor}
            />
            <KeyHelp />
          </>
        )}
      </section>
      {!narrow && (
        <aside className="review-basis" aria-label="所选行的依据">
          {ground}
        </aside>
      )}
    </>
  )
}

function KeyHelp() {
  const keys: [string, string][] = [
    ['Enter', '采纳建议'],
    ['1–8', '选择意见'],
    ['e', '改数量金额'],
    ['r', '写理由'],
    ['n', '下一个异常未审行'],
    ['j k', '下移 上移'],
  ]
  return (
    <p className="review-keys no-print quiet">
      {keys.map(([key, what]) => (
        <span key={key}>
          <kbd>{key}</kbd> {what}
        </span>
      ))}
    </p>
  )
}
