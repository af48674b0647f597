import type { Finding } from '#kernel/pure/verdict.ts'
import { FindingMark } from '#kernel/web/verdict/FindingMark.tsx'
import './warehouse.css'

/** What the rules say, with ground and arithmetic. */
export function FindingList({ of: findings, none }: { of: readonly Finding[]; none: string }) {
  return (
    <ul className="warehouse-findings">
      {findings.map((finding) => (
        <li key={`${finding.rule}${finding.message}`}>
          <FindingMark outcome={finding.outcome} /> {finding.message}
          {finding.remedy && <span> {finding.remedy}</span>}
          {finding.steps.map(({ label, expression, result }) => (
            <small key={label} className="quiet">
              {label}：{expression} = {result}
            </small>
          ))}
          <small className="quiet">
            依据：{finding.basis.citation}（{finding.rule}）
          </small>
        </li>
      ))}
      {findings.length === 0 && <li className="quiet">{none}</li>}
    </ul>
  )
}
