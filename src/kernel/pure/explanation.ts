import type { Conclusion, Judged, Taken } from './decision.ts'
import { factLabel, factText } from './fact-text.ts'
import { outcomeLabels, type Finding, type Outcome, type ParameterUsed } from './verdict.ts'

/**
 * Why a decision was taken, in Chinese, made only from its findings and its conclusion: every article, standard, input
 * and step stands in it, and no figure that is not in the data (norms A8-1, A33-1).
 */
export type Explanation = { paragraphs: readonly ExplanationParagraph[] }

export type ExplanationParagraph = {
  /** 决定, 结论, or the outcome of a finding in words. */
  heading: string
  title: string
  outcome: Outcome | null
  lines: readonly ExplanationLine[]
}

export type ExplanationLine = { label: string; text: string }

/**
 * Explains what was decided: what a person took where one did, what the rules concluded, then finding by finding.
 * @param taken null where the rules' conclusion is the decision
 */
export function explain({ findings, conclusion }: Judged, taken: Taken | null = null): Explanation {
  return {
    paragraphs: [
      ...(taken === null ? [] : [tookThat(taken)]),
      concluded(taken === null ? '结论' : '规则的建议', conclusion),
      ...findings.map(explainFinding),
    ],
  }
}

function tookThat({ reason, ...conclusion }: Taken): ExplanationParagraph {
  const said = concluded('决定', conclusion)
  return reason === '' ? said : { ...said, lines: [{ label: '理由', text: reason }, ...said.lines] }
}

function concluded(heading: string, { says, values }: Conclusion): ExplanationParagraph {
  return { heading, title: says, outcome: null, lines: Object.entries(values).map(factLine) }
}

function explainFinding(finding: Finding): ExplanationParagraph {
  const { message, outcome, basis, parameters, facts, steps, remedy, rule } = finding
  return {
    heading: outcomeLabels[outcome],
    title: message,
    outcome,
    lines: [
      { label: '条款', text: `${basis.citation}${basis.norm === null ? '' : `（规范${basis.norm}）`}` },
      ...parameters.map((parameter) => ({ label: '标准', text: parameterText(parameter) })),
      ...Object.entries(facts).map(([label, value]) => ({
        label: '输入',
        text: `${factLabel(label)}：${factText(label, value)}`,
      })),
      ...steps.map(({ label, expression, result }) => ({
        label: '计算',
        text: `${label}：${expression} ＝ ${result}`,
      })),
      ...(remedy === null ? [] : [{ label: '办法', text: remedy }]),
      { label: '规则', text: rule },
    ],
  }
}

function factLine([label, value]: [string, string | number | boolean | null]): ExplanationLine {
  return { label: factLabel(label), text: factText(label, value) }
}

/** The standard with its figure, its source, the days it is in force and whether the project chose the figure. */
function parameterText(parameter: ParameterUsed): string {
  const { title, value, citation, projectDefault } = parameter
  const chosen = projectDefault ? '；项目默认值：法规未定数，由本级主管部门核定后替换' : ''
  return `${title}：${value}（${citation}；${periodText(parameter)}${chosen}）`
}

/** `自 2021-01-01 起施行`, `2021-01-01 至 2026-12-31 施行`. */
export function periodText({ from, until }: Pick<ParameterUsed, 'from' | 'until'>): string {
  return until === null ? `自 ${from} 起施行` : `${from} 至 ${until} 施行`
}

/** The explanation as lines of text, for a terminal, a document or a message. */
export function explanationLines({ paragraphs }: Explanation): string[] {
  return paragraphs.flatMap(({ heading, title, lines }) => [
    `${heading}：${title}`,
    ...lines.map(({ label, text }) => `  ${label}：${text}`),
  ])
}
