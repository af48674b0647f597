import { formatYuan } from '#kernel/pure/money.ts'
import { finding, allOf, provided, type Finding, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'
import { sumFen, type BudgetFacts, type LineFacts } from './facts.ts'

type Proposed = { id: string; itemName: string; amountFen: number }
/** Splits a total over amounts in proportion, to the 分; never raises one. */
export type Cut = (amountsFen: readonly number[], totalFen: number) => number[]

/**
 * Control figures by line: what finance set for a line stands, the other lines are cut in proportion to what is left.
 * No kind of need is exempt by law; finance holds a line by naming its figure.
 */
export function controlByLine(
  lines: readonly Proposed[],
  totalFen: number,
  set: ReadonlyMap<string, number>,
  cut: Cut,
): Map<string, number> {
  const others = lines.filter(({ id }) => !set.has(id))
  const left = Math.max(0, totalFen - lines.reduce((sum, { id }) => sum + (set.get(id) ?? 0), 0))
  const shares = cut(
    others.map(({ amountFen }) => amountFen),
    left,
  )
  const cutById = new Map(others.map(({ id }, index) => [id, shares[index] as number]))
  return new Map(lines.map(({ id }) => [id, set.get(id) ?? (cutById.get(id) as number)]))
}

/** A33-4: control figures stay within what was proposed, line by line, and add up to their total. */
export function mayControl(
  lines: readonly Proposed[],
  totalFen: number,
  set: ReadonlyMap<string, number>,
  cut: Cut,
): Verdict {
  const proposedFen = sumFen(lines)
  const known = new Set(lines.map(({ id }) => id))
  const reachedFen = [...controlByLine(lines, totalFen, set, cut).values()].reduce((a, b) => a + b, 0)
  return allOf(
    provided(
      [...set.keys()].every((id) => known.has(id)),
      { code: 'unknown-line', message: '控制数中有不属于本预算的行。', remedy: '请刷新后核对。' },
    ),
    provided(totalFen <= proposedFen, {
      code: 'above-proposal',
      message: `控制数${formatYuan(totalFen)}元高于建议数${formatYuan(proposedFen)}元。`,
      basis: law.planIsBasis,
      facts: { '控制数（分）': totalFen, '建议数（分）': proposedFen },
      remedy: '预算应依据计划编制，请改到建议数以内。',
    }),
    ...lines.map(({ id, itemName, amountFen }) =>
      provided((set.get(id) ?? 0) <= amountFen, {
        code: 'above-proposal',
        message: `“${itemName}”的控制数${formatYuan(set.get(id) ?? 0)}元高于建议数${formatYuan(amountFen)}元。`,
        basis: law.planIsBasis,
        remedy: '请改到建议数以内。',
      }),
    ),
    provided(totalFen > proposedFen || reachedFen === totalFen, {
      code: 'sum-differs',
      message: `各行控制数之和${formatYuan(reachedFen)}元与总数${formatYuan(totalFen)}元不符。`,
      basis: law.budgetFromPlan,
      facts: { '各行之和（分）': reachedFen, '总数（分）': totalFen },
      remedy: '请核对总数和各行的数字。',
    }),
  )
}

/** The draft, and the reply to it, keep within the control total. */
export function checkControlTotal({ lines, control }: Pick<BudgetFacts, 'lines' | 'control'>): Finding[] {
  const totalFen = sumFen(lines)
  if (control === null || totalFen <= control.totalFen) return []
  const beyond = totalFen - control.totalFen
  return [
    finding(
      'A33-4',
      'block',
      law.budgetFromPlan,
      `预算数${formatYuan(totalFen)}元超出控制数${formatYuan(control.totalFen)}元，多${formatYuan(beyond)}元。`,
      {
        remedy: '请压减到控制数以内。',
        facts: { '预算数（分）': totalFen, '控制数（分）': control.totalFen },
        steps: [
          {
            label: '超出控制数',
            expression: `${formatYuan(totalFen)} − ${formatYuan(control.totalFen)}`,
            result: formatYuan(beyond),
          },
        ],
      },
    ),
  ]
}

/** PLAN-R15 on the way from control figures to draft: money moved between 302 and 310 or into 三公 is finance's to approve. */
export function checkTransfers({
  lines,
  economicCodes,
  control,
}: Pick<BudgetFacts, 'lines' | 'economicCodes' | 'control'>): Finding[] {
  if (control === null) return []
  const riseOf = (where: (line: LineFacts) => boolean) =>
    lines.filter(where).reduce((sum, line) => sum + line.amountFen - (control.byLine.get(line.id) ?? 0), 0)
  const consumption = riseOf(({ economicCode }) => economicCode.startsWith('302'))
  const capital = riseOf(({ economicCode }) => economicCode.startsWith('310'))
  const threePublic = riseOf(({ economicCode }) => (economicCodes.get(economicCode)?.threePublic ?? null) !== null)
  const reasons = [
    ...(consumption > 0 && capital < 0 ? [`310类调入302类${formatYuan(Math.min(consumption, -capital))}元`] : []),
    ...(capital > 0 && consumption < 0 ? [`302类调入310类${formatYuan(Math.min(capital, -consumption))}元`] : []),
    ...(threePublic > 0 ? [`调入“三公”经费${formatYuan(threePublic)}元`] : []),
  ]
  if (reasons.length === 0) return []
  return [
    finding(
      'PLAN-R15',
      'needs-approval',
      law.budgetTransfer,
      `草案与控制数相比涉及预算调剂（${reasons.join(';')}），须经财政部门批准。`,
      {
        remedy: '请改回控制数的结构；确需调剂的，财政批复时须在意见中写明批准依据。',
        facts: { '302类变动（分）': consumption, '310类变动（分）': capital, '三公变动（分）': threePublic },
      },
    ),
  ]
}

/** What needs finance's approval is approved in words (PLAN-R15, R16); the day of the reply has come. */
export function mayApprove(
  findings: readonly Finding[],
  reply: { opinion: string | undefined; repliedOn: string; today: string },
): Verdict {
  const open = findings.filter(({ outcome }) => outcome === 'needs-approval')
  return allOf(
    provided(reply.repliedOn <= reply.today, {
      code: 'future-reply',
      message: '批复日期不能晚于今天。',
      remedy: '请填写批复文件的日期。',
    }),
    ...open.map(({ rule, message, basis, facts }) =>
      provided((reply.opinion ?? '').trim().length >= 4, {
        code: rule,
        message,
        basis,
        facts,
        remedy: '同意的，请在意见中写明批准依据（文件名称、文号）。',
      }),
    ),
  )
}
