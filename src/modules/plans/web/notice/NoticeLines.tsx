import { Fragment } from 'react'
import { z } from 'zod'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { quantityText, yuanText } from '#kernel/web/money.ts'
import { useNarrow } from '#kernel/web/narrow.ts'
import { Empty } from '#kernel/web/Panels.tsx'
import { needKindLabels } from '#modules/standards/model.ts'
import type { contract } from '../../contract.ts'
import { opinionLabels } from '../../model.ts'
import { DecisionLink } from '../DecisionLink.tsx'
import { ReviewGround } from '../review/ReviewGround.tsx'

type NoticeLine = OutputOf<(typeof contract)['viewNotice']>['lines'][number]

const LineInAddress = z.object({ line: z.uuid().optional() })

/** The decided lines; a press shows the ground of one beside them, under it on a phone. */
export function NoticeLines({ lines }: { lines: readonly NoticeLine[] }) {
  const [{ line: openId }, change] = useFilters(LineInAddress)
  const narrow = useNarrow()
  if (lines.length === 0) return <Empty title="通知没有明细" />
  const open = lines.find(({ line }) => line.id === openId)
  const ground = open && <Ground row={open} onClose={() => change({ line: undefined })} />
  return (
    <div className={open && !narrow ? 'notice-split' : undefined}>
      <div className="notice-frame">
        <table className="notice-lines">
          <thead>
            <tr>
              <th scope="col">事项</th>
              <th scope="col" className="notice-money">
                申请<small>（元）</small>
              </th>
              <th scope="col">审核意见</th>
              <th scope="col" className="notice-money">
                审定<small>（元）</small>
              </th>
              <th scope="col" className="notice-money">
                核减<small>（元）</small>
              </th>
              <th scope="col">理由</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((row) => (
              <Fragment key={row.line.id}>
                <Line
                  row={row}
                  open={row === open}
                  onPress={() => change({ line: row === open ? undefined : row.line.id })}
                />
                {narrow && row === open && (
                  <tr className="notice-ground-row">
                    <td colSpan={6}>{ground}</td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
          <Totals lines={lines} />
        </table>
      </div>
      {open && !narrow && (
        <aside className="notice-ground" aria-label="所选行的依据">
          {ground}
        </aside>
      )}
    </div>
  )
}

function Line({ row, open, onPress }: { row: NoticeLine; open: boolean; onPress: () => void }) {
  const { line, decision } = row
  const asked = line.amountFen ?? 0
  return (
    <tr className={open ? 'notice-open' : undefined} onClick={onPress}>
      <td>
        <button
          type="button"
          className="notice-line-button"
          aria-expanded={open}
          onClick={(event) => (event.stopPropagation(), onPress())}
        >
          {line.lineNo}. {line.itemName}
        </button>
        <small className="quiet">{line.needKind && needKindLabels[line.needKind]}</small>
      </td>
      <td className="notice-money number" data-label="申请">
        <Amount fen={asked} quantity={line.quantity} unit={line.unit} />
      </td>
      <td className="notice-opinion" data-label="意见">
        {decision ? opinionLabels[decision.opinion] : '–'}
      </td>
      <td className="notice-money number" data-label="审定">
        {decision ? <Amount fen={decision.amountFen} quantity={decision.quantity} unit={line.unit} /> : '–'}
      </td>
      <td className="notice-money number" data-label="核减">
        {decision && asked > decision.amountFen ? yuanText(asked - decision.amountFen) : '–'}
      </td>
      <td className="notice-reason" data-label="理由">
        <div>
          {decision?.reason || '–'}
          {decision && <DecisionLink decision={decision} />}
        </div>
      </td>
    </tr>
  )
}

function Amount({ fen, quantity, unit }: { fen: number; quantity: number | null; unit: string }) {
  return (
    <span>
      {yuanText(fen)}
      {quantity !== null && (
        <small className="quiet">
          {quantityText(quantity)}
          {unit}
        </small>
      )}
    </span>
  )
}

function Totals({ lines }: { lines: readonly NoticeLine[] }) {
  const asked = lines.reduce((sum, { line }) => sum + (line.amountFen ?? 0), 0)
  const approved = lines.reduce((sum, { decision }) => sum + (decision?.amountFen ?? 0), 0)
  return (
    <tfoot>
      <tr>
        <th scope="row">合计 {lines.length} 行</th>
        <td className="notice-money number" data-label="申请">
          {yuanText(asked)}
        </td>
        <td aria-label="审核意见">&nbsp;</td>
        <td className="notice-money number" data-label="审定">
          {yuanText(approved)}
        </td>
        <td className="notice-money number" data-label="核减">
          {yuanText(asked - approved)}
        </td>
        <td aria-label="理由">&nbsp;</td>
      </tr>
    </tfoot>
  )
}

function Ground({ row: { line, proposal, decision }, onClose }: { row: NoticeLine; onClose: () => void }) {
  return (
    <>
      <header className="notice-ground-head">
        <h3>
          {line.lineNo}. {line.itemName} 的依据
        </h3>
        <button type="button" className="link-button no-print" onClick={onClose}>
          收起
        </button>
      </header>
      <ReviewGround findings={proposal?.findings ?? line.findings} opinion={decision?.opinion ?? null} />
    </>
  )
}
