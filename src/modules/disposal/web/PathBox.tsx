import type { OutputOf } from '#kernel/pure/contract.ts'
import { yuanText } from '#kernel/web/money.ts'
import { FindingMark } from '#kernel/web/verdict/FindingMark.tsx'
import type { contract } from '../contract.ts'
import './disposal.css'

export type Judgement = OutputOf<(typeof contract)['previewApplication']>['judgement']

/** The path an application takes and why, step by step, with what still stands against it. */
export function PathBox({ judgement, items }: { judgement: Judgement; items: number }) {
  const { title, path, findings, costFen } = judgement
  const said = findings.filter(({ outcome }) => outcome !== 'ok')
  const always = findings.some(({ facts }) => facts['逐件同意'] === true)
  return (
    <section className="path-box" aria-label="办理程序" aria-live="polite">
      <p className="path-sum">
        {items} 项，原值 <b className="number">{yuanText(costFen)}</b> 元，按{title}办理
        {always && <span className="quiet">（此类处置不论金额，逐件报财政部门同意）</span>}
      </p>
      <ol className="path-steps">
        {path.split('→').map((step) => (
          <li key={step}>{step.trim()}</li>
        ))}
      </ol>
      <ul className="path-findings">
        {said.map((finding) => (
          <li key={`${finding.rule}${finding.field ?? ''}${finding.message}`}>
            <FindingMark outcome={finding.outcome} /> {finding.message}
            {finding.remedy && <span className="quiet"> {finding.remedy}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}
