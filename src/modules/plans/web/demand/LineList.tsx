import { quantityText, yuanText } from '#kernel/web/money.ts'
import { FindingMark } from '#kernel/web/verdict/FindingMark.tsx'
import { needKindLabels } from '#modules/standards/model.ts'
import { opinionLabels } from '../../model.ts'
import { DecisionLink } from '../DecisionLink.tsx'
import type { JudgedRow } from './judged.ts'
import type { LineDecision } from './LinePanel.tsx'

/** The lines to read, for a phone: what is asked, what the rules say of it, what was decided and why. */
export function LineList({
  rows,
  decisions,
}: {
  rows: readonly JudgedRow[]
  decisions: ReadonlyMap<string, LineDecision>
}) {
  return (
    <ol className="line-list">
      {rows.map((row) => {
        const { line, findings } = row
        const decision = decisions.get(row.key)?.decision
        const said = findings.filter(({ outcome }) => outcome !== 'ok')
        return (
          <li key={row.key}>
            <p className="line-head">
              <b>{line.itemName || '未填事项名称'}</b>
              <span className="number">{line.amountFen === null ? '未填金额' : `${yuanText(line.amountFen)} 元`}</span>
            </p>
            <p className="quiet">
              第 {row.index + 1} 行 · {line.needKind === null ? '未填类别' : needKindLabels[line.needKind]}
              {line.quantity !== null && ` · ${quantityText(line.quantity)} ${line.unit}`}
            </p>
            {decision && (
              <div className={`line-decision line-decision-${decision.opinion}`}>
                <b>
                  {opinionLabels[decision.opinion]}：审定 {yuanText(decision.amountFen)} 元
                </b>
                {decision.reason && <p>{decision.reason}</p>}
                <DecisionLink decision={decision} />
              </div>
            )}
            {said.map((finding, index) => (
              <p key={index} className="line-finding">
                <FindingMark outcome={finding.outcome} />
                <span>
                  {finding.message}
                  <small className="quiet"> {finding.basis.citation}</small>
                </span>
              </p>
            ))}
          </li>
        )
      })}
    </ol>
  )
}
