import { Button } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useSend } from '#kernel/web/fetching.ts'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { Go } from '#kernel/web/going.tsx'
import { wanText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../../contract.ts'
import { mayAcceptUnseen } from '../../rules/review.ts'
import { focusSelectedLine } from './LineRows.tsx'
import { sumsOf, type DemandUnderReview } from './draft.ts'
import type { Decisions } from './use-decisions.ts'

type Closure = OutputOf<(typeof contract)['closeReview']>

/** What is done with the whole application: take over what is unsuspicious, send back, close. */
export function ReviewActs({
  view,
  decisions,
  onNextOrgan,
  onKeep,
}: {
  view: DemandUnderReview
  decisions: Decisions
  onNextOrgan: (() => void) | null
  onKeep: () => void
}) {
  const { demand, lines, may } = view
  const [asking, setAsking] = useState<'return' | 'close' | null>(null)
  const [closure, setClosure] = useState<Closure | null>(null)
  const plain = lines.filter(
    ({ decision, proposal }) => decision === null && proposal && mayAcceptUnseen(proposal),
  ).length
  const done = lines.length > 0 && lines.every(({ decision }) => decision !== null)
  if (demand.state === 'reviewed')
    return <Closed demandCycleId={demand.cycleId} closure={closure} onNextOrgan={onNextOrgan} />
  return (
    <>
      <div className="row no-print">
        <ActionButton
          primary={!done && plain > 0}
          refusal={may.decide}
          onClick={() => decisions.accept().then(focusSelectedLine)}
        >
          批量采纳无问题行（{plain}）
        </ActionButton>
        <ActionButton refusal={may.returnForCorrection} onClick={() => setAsking('return')}>
          退回补正
        </ActionButton>
        <ActionButton primary={done} refusal={may.close} onClick={() => (onKeep(), setAsking('close'))}>
          审结
        </ActionButton>
      </div>
      <Refusals of={decisions.acceptSend.error} onRetry={decisions.acceptSend.retry} />
      <Refusals of={decisions.undoSend.error} onRetry={decisions.undoSend.retry} />
      {asking === 'return' && <ReturnDialog view={view} onClose={() => setAsking(null)} onNextOrgan={onNextOrgan} />}
      {asking === 'close' && (
        <CloseDialog
          view={view}
          onClose={() => setAsking(null)}
          onDone={(output) => (setClosure(output), setAsking(null))}
        />
      )}
    </>
  )
}

function ReturnDialog({
  view: { demand, lines },
  onClose,
  onNextOrgan,
}: {
  view: DemandUnderReview
  onClose: () => void
  onNextOrgan: (() => void) | null
}) {
  const send = useSend(contract.returnDemand, {
    onDone: () => {
      tell(`已退回${demand.organName}补正。`)
      onClose()
      onNextOrgan?.()
    },
  })
  const marked = lines.filter(({ decision }) => decision?.opinion === 'O4')
  const reasons = marked.map(
    ({ line, decision }) => `第${line.lineNo}行“${line.itemName}”：${decision?.reason || '请补正'}`,
  )
  const all = reasons.join('\n')
  return (
    <OpinionDialog
      title={`退回${demand.organName}补正`}
      lead="整个申请退回申请机关；已作的审核意见不再保留，补正后重新审核。"
      label="需要补正的内容"
      required
      phrases={[
        ...(reasons.length > 1 && all.length <= 1000 ? [all] : reasons),
        '请补充测算依据和现有资产情况。',
        '请核对数量、单价和金额。',
      ]}
      submit="退回补正"
      onSend={(opinion) => send.send({ demandId: demand.id, opinion, version: demand.version })}
      error={send.error}
      onRetry={send.retry}
      onClose={onClose}
    />
  )
}

function CloseDialog({
  view: { demand, lines },
  onClose,
  onDone,
}: {
  view: DemandUnderReview
  onClose: () => void
  onDone: (output: Closure) => void
}) {
  const send = useSend(contract.closeReview, { onDone })
  const sums = sumsOf(lines)
  const own = lines.filter(({ decision }) => decision?.opinion === 'O6').length
  return (
    <Dialog
      title={`审结${demand.organName}的申请`}
      onClose={onClose}
      actions={
        <>
          <ActionButton primary onClick={() => send.send({ demandId: demand.id, version: demand.version })}>
            审结
          </ActionButton>
          <Button onClick={onClose}>取消</Button>
        </>
      }
    >
      <div className="stack">
        <Refusals of={send.error} onRetry={send.retry} />
        <p className="number">
          {sums.lines} 行，申请 {wanText(sums.askedFen)} 万元，审定 {wanText(sums.approvedFen)} 万元，核减{' '}
          {wanText(sums.cutFen)} 万元。
        </p>
        <p>
          {own > 0
            ? `${own} 行由申请机关自行制定计划，审结时发出书面通知；其余进入集中统一管理事项计划。`
            : '没有由申请机关自行制定计划的行，不发书面通知。'}
        </p>
        <p className="quiet">审结后审核意见不能再改。</p>
      </div>
    </Dialog>
  )
}

function Closed({
  demandCycleId,
  closure,
  onNextOrgan,
}: {
  demandCycleId: string
  closure: Closure | null
  onNextOrgan: (() => void) | null
}) {
  const notice = closure?.notice
  return (
    <div className="row review-closed" role="status">
      {closure && <span>已审结。</span>}
      {notice ? (
        <Go to={`/plans/notices/${notice.id}`}>{notice.number}</Go>
      ) : (
        <Go to={`/plans/notices?cycleId=${demandCycleId}`}>本年度书面通知</Go>
      )}
      {onNextOrgan && <ActionButton onClick={onNextOrgan}>审核下一个机关</ActionButton>}
    </div>
  )
}
