import { Fragment, useEffect, useRef } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { worstOutcome } from '#kernel/pure/verdict.ts'
import { quantityText, yuanText } from '#kernel/web/money.ts'
import { FindingMark } from '#kernel/web/verdict/FindingMark.tsx'
import { SlotPanels } from '#kernel/web/slots.tsx'
import { needKindLabels } from '#modules/standards/model.ts'
import { opinionLabels, reviewSlots, type Opinion } from '../../model.ts'
import { askedOf, type Order, type ReviewRow } from './draft.ts'

/** Opinions as a narrow column has room for; the whole term stands in the tooltip and in the panel beside. */
const shortOpinions: Record<Opinion, string> = {
  ...opinionLabels,
  O3: '调剂解决',
  O6: '自行制定',
  O8: '暂缓',
}

/** Gives the keys back to the lines after an act by button. */
export function focusSelectedLine(): void {
  document.querySelector<HTMLElement>('.review-lines tr[aria-selected="true"]')?.focus({ preventScroll: true })
}

/** The lines of one organ: marks, asked, proposed, decided. On a phone each line is a card (lines.css). */
export function LineRows({
  rows,
  demand: { cycleId, organId },
  selectedId,
  pending,
  order,
  onOrder,
  onSelect,
  onKey,
  writing,
  beneath,
}: {
  rows: readonly ReviewRow[]
  demand: { cycleId: string; organId: string }
  selectedId: string | undefined
  pending: ReadonlySet<string>
  order: Order
  onOrder: (order: Order) => void
  onSelect: (lineId: string) => void
  onKey: (event: KeyboardEvent) => void
  /** One is writing a decision: the focus stays where it is. */
  writing: boolean
  /** Drawn under the selected line: the editor, and on a phone its ground. */
  beneath: ReactNode
}) {
  const body = useRef<HTMLTableSectionElement>(null)
  useEffect(() => {
    const row =
      selectedId === undefined ? null : body.current?.querySelector<HTMLElement>(`[data-line="${selectedId}"]`)
    if (writing) return
    const elsewhere = document.activeElement?.closest('.review-queue, .review-basis, dialog, input, textarea')
    if (elsewhere === null || elsewhere === undefined) row?.focus({ preventScroll: true })
    row?.scrollIntoView({ block: 'nearest' })
  }, [selectedId, writing])
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a grid by the ARIA pattern: rows take keys
    <table className="review-lines" role="grid" aria-label="需求行" onKeyDown={onKey}>
      <colgroup>
        <col className="review-col-number" />
        <col />
        <col className="review-col-money" />
        <col className="review-col-said" />
        <col className="review-col-said" />
        <col className="review-col-odd" />
      </colgroup>
      <thead>
        <tr>
          <SortHead word="行" on={order === 'number'} direction="ascending" onPress={() => onOrder('number')} />
          <th scope="col">事项</th>
          <th scope="col" className="review-money">
            申请<small>（元）</small>
          </th>
          <th scope="col">建议</th>
          <th scope="col">审核意见</th>
          <SortHead word="异常" on={order === 'odd'} direction="descending" onPress={() => onOrder('odd')} />
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map((row) => {
          const selected = row.line.id === selectedId
          return (
            <Fragment key={row.line.id}>
              <tr
                data-line={row.line.id}
                aria-selected={selected}
                tabIndex={selected ? 0 : -1}
                className={pending.has(row.line.id) ? 'review-sending' : undefined}
                onClick={() => onSelect(row.line.id)}
              >
                <LineCells
                  row={row}
                  more={<SlotPanels of={reviewSlots.row} ids={{ cycleId, organId, lineId: row.line.id }} />}
                />
              </tr>
              {selected && beneath && (
                <tr className="review-editor-row">
                  <td colSpan={6}>{beneath}</td>
                </tr>
              )}
            </Fragment>
          )
        })}
      </tbody>
    </table>
  )
}

function SortHead({
  word,
  on,
  direction,
  onPress,
}: {
  word: string
  on: boolean
  direction: 'ascending' | 'descending'
  onPress: () => void
}) {
  return (
    <th scope="col" aria-sort={on ? direction : undefined}>
      <button type="button" className="review-sort" onClick={onPress}>
        {word}
        <span aria-hidden="true">{on ? (direction === 'ascending' ? '▲' : '▼') : '↕'}</span>
      </button>
    </th>
  )
}

function LineCells({
  row: { line, proposal, decision },
  more,
}: {
  row: ReviewRow
  /** What other modules say of the line. */
  more: ReactNode
}) {
  const asked = askedOf(line)
  return (
    <>
      <td className="number quiet">{line.lineNo}</td>
      <td className="review-item">
        <span className="review-item-name">
          <FindingMark outcome={worstOutcome(proposal?.findings ?? line.findings)} bare />
          {line.itemName}
        </span>
        <small className="quiet">{line.needKind && needKindLabels[line.needKind]}</small>
        {more}
      </td>
      <td className="review-money number" data-label="申请">
        {yuanText(asked.amountFen)}
        <small className="quiet">
          {quantityText(asked.quantity)}
          {line.unit}
        </small>
      </td>
      <td data-label="建议">{proposal ? <Said {...proposal} unit={line.unit} asked={asked} /> : '–'}</td>
      <td data-label="意见">
        {decision ? (
          <span className="review-decided">
            <Said {...decision} unit={line.unit} asked={asked} />
            {decision.deviates && <small className="review-deviates">与建议不同</small>}
          </span>
        ) : (
          <span className="quiet">未审</span>
        )}
      </td>
      <td className="review-money number" data-label="异常">
        {proposal ? Math.round(proposal.oddness) : '–'}
      </td>
    </>
  )
}

const withFigures: readonly Opinion[] = ['O1', 'O2', 'O3', 'O6']

/** An opinion with its figures where it gives any and they differ from what was asked. */
function Said({
  opinion,
  quantity,
  amountFen,
  unit,
  asked,
}: {
  opinion: Opinion
  quantity: number
  amountFen: number
  unit: string
  asked: { quantity: number; amountFen: number }
}) {
  const same = quantity === asked.quantity && amountFen === asked.amountFen
  return (
    <span className={`review-said review-said-${opinion}`} title={opinionLabels[opinion]}>
      {shortOpinions[opinion]}
      {!same && withFigures.includes(opinion) && (
        <small className="number">
          {quantityText(quantity)}
          {unit} · {yuanText(amountFen)}
        </small>
      )}
    </span>
  )
}
