import { Button } from 'antd'
import { periodText } from '#kernel/pure/explanation.ts'
import { factLabel, factText } from '#kernel/pure/fact-text.ts'
import { articleAddress, articleOfNorm } from '#kernel/pure/norm-article.ts'
import type { Basis, Finding, ParameterUsed } from '#kernel/pure/verdict.ts'
import { Go } from '../going.tsx'
import { useNamedPlace } from '../named-place.ts'
import { FindingMark } from './FindingMark.tsx'
import './verdict.css'

/**
 * 依据: for each finding the article, the standard in force with its dates and source, the inputs, the arithmetic line
 * by line and what comes of it. The same content as in the notice, printable.
 * @param anchored each finding has an address of its own on the page (`#PLAN-R02-quantity`): once a page
 */
export function BasisPanel({
  findings,
  printable = true,
  anchored = false,
}: {
  findings: readonly Finding[]
  printable?: boolean
  anchored?: boolean
}) {
  const named = useNamedPlace(anchored && findings.length > 0)
  if (findings.length === 0) return <p className="quiet">按现行标准核对，没有需要提示的事项。</p>
  const anchors = anchored ? anchorsOf(findings) : []
  return (
    <div className="basis">
      {printable && (
        <div className="basis-tools no-print">
          <Button size="small" onClick={() => window.print()}>
            打印
          </Button>
        </div>
      )}
      {findings.map((finding, index) => (
        <FindingBasis
          key={`${finding.rule}${index}`}
          finding={finding}
          anchor={anchors[index]}
          named={named !== '' && named === anchors[index]}
        />
      ))}
    </div>
  )
}

/** Rule and field; a second one of the same gets its count. */
function anchorsOf(findings: readonly Finding[]): string[] {
  const seen = new Map<string, number>()
  return findings.map(({ rule, field }) => {
    const name = [rule, field?.replace(/[^\w-]+/g, '-')].filter(Boolean).join('-')
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name}-${count}`
  })
}

function FindingBasis({ finding, anchor, named }: { finding: Finding; anchor: string | undefined; named: boolean }) {
  const facts = Object.entries(finding.facts)
  return (
    <article id={anchor} className={`basis-finding outcome-edge-${finding.outcome}${named ? ' basis-named' : ''}`}>
      <header>
        <FindingMark outcome={finding.outcome} />
        <h3>{finding.message}</h3>
      </header>
      {finding.remedy && <p>办法：{finding.remedy}</p>}
      <dl>
        <div>
          <dt>条款</dt>
          <dd>
            <Citation basis={finding.basis} />
          </dd>
        </div>
        {finding.parameters.map((parameter) => (
          <Standard key={`${parameter.code}${parameter.version}`} parameter={parameter} />
        ))}
        {facts.length > 0 && (
          <div>
            <dt>输入</dt>
            <dd className="basis-facts">
              {facts.map(([label, value]) => (
                <span key={label}>
                  {factLabel(label)} <b>{factText(label, value)}</b>
                </span>
              ))}
            </dd>
          </div>
        )}
        {finding.steps.length > 0 && (
          <div>
            <dt>计算</dt>
            <dd>
              <table className="basis-steps">
                <tbody>
                  {finding.steps.map((step, line) => (
                    <tr key={line}>
                      <th scope="row">{step.label}</th>
                      <td>{step.expression}</td>
                      <td className="basis-result">{step.result}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </dd>
          </div>
        )}
      </dl>
      <p className="basis-rule quiet">规则 {finding.rule}</p>
    </article>
  )
}

/** The citation leads to the article where it is one of the Regulation. */
function Citation({ basis: { norm, citation } }: { basis: Basis }) {
  const article = articleOfNorm(norm)
  return article === null ? citation : <Go to={articleAddress(article)}>{citation}</Go>
}

/** Leads to the standard; entries of the guidance catalogue are no standards of their own. */
function StandardTitle({ parameter: { code, title } }: { parameter: ParameterUsed }) {
  return code.startsWith('catalogue.') ? title : <Go to={`/standards/${encodeURIComponent(code)}`}>{title}</Go>
}

function Standard({ parameter }: { parameter: ParameterUsed }) {
  return (
    <div>
      <dt>标准</dt>
      <dd>
        <StandardTitle parameter={parameter} />：<b>{parameter.value}</b>
        {parameter.projectDefault && <span className="basis-default">项目默认值</span>}
        <small>
          {parameter.citation}；{periodText(parameter)}
          {parameter.projectDefault && '；法规未定数，由本级主管部门核定后替换'}
        </small>
      </dd>
    </div>
  )
}
