import { useState } from 'react'
import { useFetchedLater } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { useKeys } from '#kernel/web/keys.ts'
import { yuanText } from '#kernel/web/money.ts'
import { ErrorPanel, Skeleton } from '#kernel/web/Panels.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { contract } from '../contract.ts'
import { relationLabels, type Allotment } from '../model.ts'
import { AnswerDialog, type Asking, type LineView } from './AnswerDialog.tsx'
import { sum } from './chosen.ts'
import { LineStateTag } from './LineStateTag.tsx'
import { useOrganLines } from './use-organ-lines.ts'
import './review.css'

type Ids = { cycleId: string; organId: string; lineId: string }

/** With the ground of a demand line under review: what could meet it, and the reviewer's answer, without leaving the review. */
export default function ReviewGround({ cycleId, organId, lineId }: Ids) {
  const { data } = useFetchedLater(contract.viewCycle, { cycleId })
  return data?.proposal ? <OfProposal proposalId={data.proposal.id} organId={organId} lineId={lineId} /> : null
}

function OfProposal({ proposalId, organId, lineId }: Omit<Ids, 'cycleId'> & { proposalId: string }) {
  const line = useOrganLines(proposalId, organId).items.find(({ demandLineId }) => demandLineId === lineId)
  return line === undefined ? null : <OfLine key={line.id} lineId={line.id} />
}

function OfLine({ lineId }: { lineId: string }) {
  const { data: view, error, refetch } = useFetchedLater(contract.viewLine, { lineId })
  if (error && !view) return <ErrorPanel error={error} onRetry={refetch} />
  return view === undefined ? <Skeleton lines={3} /> : <Matched view={view} />
}

/** After an answer the keys of the review go on: to the row of the line that is being judged. */
function giveKeysBack(): void {
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('[role="grid"] [aria-selected="true"]')?.focus({ preventScroll: true }),
  )
}

/** Things beside a line under review; the whole of a long list is on the page of the proposal. */
const mostShown = 40

function Matched({ view }: { view: LineView }) {
  const { line, allotments, may } = view
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [asking, setAsking] = useState<Asking | null>(null)
  const answered = line.state === 'accepted'
  const chosen = allotments.filter(({ allotmentId, accepted }) => (answered ? accepted : !left.has(allotmentId)))
  const [pieces, savedFen] = [sum(chosen, 'pieces'), sum(chosen, 'savedFen')]
  const rest = line.needed - pieces
  const listed = answered ? chosen : allotments
  const shown = listed.slice(0, mostShown)
  const keep = (id: string, kept: boolean) =>
    setLeft(new Set(kept ? [...left].filter((one) => one !== id) : [...left, id]))
  const close = () => {
    setAsking(null)
    giveKeysBack()
  }
  useKeys({
    ...(may.accept === null && pieces > 0 ? { m: () => setAsking('accept') } : {}),
    ...(may.refuse === null ? { b: () => setAsking('refuse') } : {}),
  })
  return (
    <section className="matching-ground" aria-label="调剂">
      <h3>
        调剂 <LineStateTag state={line.state} />
      </h3>
      <p className="number">
        {answered ? '已调剂' : '可调剂'} <b>{pieces}</b> {line.unit}，
        {rest > 0 ? `其余 ${rest} ${line.unit}购置（${yuanText(rest * line.priceFen)} 元）` : '不再购置'}；少花{' '}
        <b>{yuanText(savedFen)}</b> 元
      </p>
      {line.reason !== '' && <p className="quiet">{line.reason}</p>}
      <div className="row no-print">
        {!answered && (
          <ActionButton primary refusal={pieces > 0 ? may.accept : nothingChosen} onClick={() => setAsking('accept')}>
            采纳调剂{pieces}
            {line.unit}
            <span className="review-key-hint">(m)</span>
          </ActionButton>
        )}
        {line.state === 'proposed' && (
          <ActionButton refusal={may.refuse} onClick={() => setAsking('refuse')}>
            不采纳<span className="review-key-hint">(b)</span>
          </ActionButton>
        )}
        {answered && (
          <>
            {line.requestId && <Go to={`/warehouse/requests/${line.requestId}`}>{line.requestNumber}</Go>}
            <ActionButton refusal={may.withdraw} onClick={() => setAsking('withdraw')}>
              撤回采纳
            </ActionButton>
          </>
        )}
        <Go to={`/matching/lines/${line.id}`}>依据</Go>
      </div>
      <ul className="matching-things">
        {shown.map((one) => (
          <li key={one.allotmentId}>
            <Thing
              thing={one}
              chosen={chosen.includes(one)}
              onChoose={may.accept === null ? (kept) => keep(one.allotmentId, kept) : null}
            />
          </li>
        ))}
      </ul>
      {listed.length > shown.length && (
        <p className="quiet">
          另有 {listed.length - shown.length} 件，<Go to={`/matching/lines/${line.id}`}>查看全部</Go>
        </p>
      )}
      {asking && <AnswerDialog asking={asking} view={view} chosen={chosen} onClose={close} />}
    </section>
  )
}

const nothingChosen = [
  {
    code: 'none',
    message: '没有选择资产。',
    basis: null,
    facts: {},
    remedy: '请勾选要调剂的资产；都不要的，按“不采纳”。',
  },
]

/** A thing in one glance: where it is, how good, how long it lasts, what taking it costs and spares. */
function Thing({
  thing: {
    name,
    number,
    source,
    own,
    organName,
    place,
    grade,
    remainingMonths,
    repairFen,
    transportFen,
    pieces,
    savedFen,
    level,
  },
  chosen,
  onChoose,
}: {
  thing: Allotment
  chosen: boolean
  /** Null once it is not to be chosen any more. */
  onChoose: ((chosen: boolean) => void) | null
}) {
  const moved = own && source === 'idle' ? 0 : transportFen
  const costs = [repairFen > 0 && `修复 ${yuanText(repairFen)}`, moved > 0 && `搬运 ${yuanText(moved)}`].filter(Boolean)
  return (
    <label className={chosen ? 'matching-thing' : 'matching-thing matching-thing-left'}>
      <input
        type="checkbox"
        checked={chosen}
        disabled={onChoose === null}
        onChange={(event) => onChoose?.(event.target.checked)}
      />
      <span>
        {name} <span className="quiet">{number}</span>
        {pieces > 1 && ` ${pieces}件`}
        <small className="quiet">
          {[
            level
              ? `${organName}（${relationLabels[level.relation]}，须其同意）`
              : source === 'warehouse'
                ? `公物仓 ${place}`
                : own
                  ? '本机关闲置'
                  : `${organName}闲置 ${place}`,
            grade === null ? '未鉴定' : `${grade}级`,
            remainingMonths === null ? null : `剩余${remainingMonths}个月`,
            costs.length === 0 ? '无修复搬运费用' : `${costs.join('、')} 元`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </span>
      <span className="number">省 {yuanText(savedFen)}</span>
    </label>
  )
}
