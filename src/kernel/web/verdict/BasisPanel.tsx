import { Button } from 'antd'
import type { Finding, ParameterUsed } from '#kernel/pure/verdict.ts'
import { yuanText } from '../money.ts'
import { FindingMark } from './FindingMark.tsx'
import './verdict.css'

/**
 * 依据: for each finding the article, the standard in force with its dates and source, the inputs, the arithmetic line
 * by line and what comes of it. The same content as in the notice, printable.
 */
export function BasisPanel({ findings, printable = true }: { findings: readonly Finding[]; printable?: boolean }) {
  if (findings.length === 0) return <p className="quiet">按现行标准核对，没有需要提示的事项。</p>
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
        <FindingBasis key={`${finding.rule}${index}`} finding={finding} />
      ))}
    </div>
  )
}

function FindingBasis({ finding }: { finding: Finding }) {
  const facts = Object.entries(finding.facts)
  return (
    <article className={`basis-finding outcome-edge-${finding.outcome}`}>
      <header>
        <FindingMark outcome={finding.outcome} />
        <h3>{finding.message}</h3>
      </header>
      {finding.remedy && <p>办法：{finding.remedy}</p>}
      <dl>
        <div>
          <dt>条款</dt>
          <dd>{finding.basis.citation}</dd>
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
                  {inYuan(label)} <b>{factText(label, value)}</b>
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

function Standard({ parameter }: { parameter: ParameterUsed }) {
  return (
    <div>
      <dt>标准</dt>
      <dd>
        {parameter.title}：<b>{parameter.value}</b>
        {parameter.projectDefault && <span className="basis-default">项目默认值</span>}
        <small>
          {parameter.citation}；{periodText(parameter)}
          {parameter.projectDefault && '；法规未定数，由本级主管部门核定后替换'}
        </small>
      </dd>
    </div>
  )
}

function periodText({ from, until }: ParameterUsed): string {
  return until === null ? `自 ${from} 起施行` : `${from} 至 ${until} 施行`
}

/** Rules reckon in 分; people read yuan. */
function inYuan(label: string): string {
  return label.replace('（分）', '（元）')
}

function factText(label: string, value: string | number | boolean | null): string {
  if (value === null) return '无'
  if (typeof value === 'number' && label.includes('（分）')) return yuanText(value)
  if (typeof value === 'boolean') return value ? '是' : '否'
  return typeof value === 'number' ? value.toLocaleString('zh-CN', { maximumFractionDigits: 4 }) : value
}
