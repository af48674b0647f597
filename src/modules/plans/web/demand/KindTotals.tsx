import { wanText } from '#kernel/web/money.ts'
import { FindingMark } from '#kernel/web/verdict/FindingMark.tsx'
import { needKindLabels } from '#modules/standards/model.ts'
import { totalsByKind } from './judged.ts'
import type { JudgedRow } from './judged.ts'

/** Totals by kind of need; pressing one leads to its first line. */
export function KindTotals({ rows, onPick }: { rows: readonly JudgedRow[]; onPick?: (rowKey: string) => void }) {
  const totals = totalsByKind(rows)
  const sum = totals.reduce((all, { amountFen }) => all + amountFen, 0)
  return (
    <ul className="kind-totals" aria-label="按需求类别合计">
      {totals.map(({ kind, lines, amountFen, outcome, first, blocked }) => (
        <li key={kind}>
          <button type="button" onClick={() => onPick?.(first)} title="转到第一行">
            <span>{kind === null ? '未填类别' : needKindLabels[kind]}</span>
            <span className="number">{lines} 行</span>
            <b className="number">{wanText(amountFen)} 万元</b>
            {outcome !== 'ok' && (
              <span className="kind-finding">
                <FindingMark outcome={outcome} bare />
                {blocked > 0 && <span className="number">{blocked}</span>}
              </span>
            )}
          </button>
        </li>
      ))}
      <li className="kind-sum">
        <span>合计</span>
        <span className="number">{rows.length} 行</span>
        <b className="number">{wanText(sum)} 万元</b>
      </li>
    </ul>
  )
}
