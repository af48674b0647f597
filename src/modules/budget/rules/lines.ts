import { formatYuan } from '#kernel/pure/money.ts'
import { finding, type Finding } from '#kernel/pure/verdict.ts'
import { needKindLabels, type EconomicCode, type NeedKind } from '#modules/standards/model.ts'
import { law } from '../law.ts'
import { type BudgetFacts, type LineFacts, type PlanLineFacts } from './facts.ts'

/** PLAN-R22: every line pays for a plan line, and all that pay for one never pass it (A31-1, A33-4). */
export function checkPlanTie({ lines, planLines }: Pick<BudgetFacts, 'lines' | 'planLines'>): Finding[] {
  const findings: Finding[] = []
  const paid = new Map<string, number>()
  for (const line of lines) {
    paid.set(line.planLineId, (paid.get(line.planLineId) ?? 0) + line.amountFen)
    if (!planLines.has(line.planLineId))
      findings.push(
        finding('PLAN-R22', 'block', law.planIsBasis, `预算行“${line.itemName}”没有对应的计划事项，不得列入预算。`, {
          field: line.id,
          remedy: '请删去此行，或先将事项列入计划。',
        }),
      )
  }
  for (const planLine of planLines.values())
    findings.push(...checkAgainstPlanLine(planLine, paid.get(planLine.id) ?? 0))
  return findings
}

function checkAgainstPlanLine({ id, itemName, amountFen }: PlanLineFacts, paidFen: number): Finding[] {
  if (paidFen === amountFen) return []
  const above = paidFen > amountFen
  const difference = formatYuan(Math.abs(paidFen - amountFen))
  const [message, remedy] = above
    ? [
        `“${itemName}”的预算数${formatYuan(paidFen)}元高于计划数${formatYuan(amountFen)}元，超出${difference}元。`,
        '请改到计划数以内。',
      ]
    : [
        `“${itemName}”的预算数${formatYuan(paidFen)}元低于计划数${formatYuan(amountFen)}元，少${difference}元。`,
        '批复后计划将按预算调减。',
      ]
  return [
    finding('PLAN-R22', above ? 'block' : 'warn', law.planIsBasis, message, {
      field: id,
      remedy,
      facts: { '计划（分）': amountFen, '预算（分）': paidFen },
      steps: [
        {
          label: itemName,
          expression: `${formatYuan(paidFen)} − ${formatYuan(amountFen)}`,
          result: formatYuan(paidFen - amountFen),
        },
      ],
    }),
  ]
}

/** PLAN-R21: the code is in the table of the budget year, and usually serves this kind of need. */
export function checkEconomicCodes({ lines, economicCodes }: Pick<BudgetFacts, 'lines' | 'economicCodes'>): Finding[] {
  return lines.flatMap((line) => {
    const code = economicCodes.get(line.economicCode)
    if (!code)
      return [
        finding(
          'PLAN-R21',
          'block',
          law.economicCodes,
          `“${line.itemName}”的部门经济科目“${line.economicCode}”不在本年度科目表中。`,
          {
            field: line.id,
            remedy: '请从科目表中选择。',
          },
        ),
      ]
    if (fits(code, line.needKind)) return []
    return [
      finding(
        'PLAN-R21',
        'warn',
        law.economicCodes,
        `科目${code.code}${code.title}一般不用于“${needKindLabels[line.needKind]}”，请确认。`,
        {
          field: line.id,
          remedy: '请核对需求类别和科目。',
        },
      ),
    ]
  })
}

/** Codes without a kind of need in the table serve any (e.g. 31008 物资储备). */
function fits(code: EconomicCode, needKind: NeedKind): boolean {
  return code.needKinds.length === 0 || code.needKinds.includes(needKind)
}

/** The code a plan line is budgeted under: its own where the table has it, else the first of the table for its kind of need. */
export function economicCodeFor(
  planLine: { economicCode: string; needKind: NeedKind },
  codes: ReadonlyMap<string, EconomicCode>,
): string {
  if (codes.has(planLine.economicCode)) return planLine.economicCode
  const usual = [...codes.values()].filter((code) => code.needKinds.includes(planLine.needKind)).map(({ code }) => code)
  return usual.sort()[0] ?? planLine.economicCode
}

/** PLAN-R07: money of centralised matters is in the authority's budget, never in the organ's own (A10-1). */
export function checkHolder({
  kind,
  lines,
  planLines,
  catalogue,
  inCompound,
}: Omit<BudgetFacts, 'economicCodes'>): Finding[] {
  if (kind === 'authority') return []
  return lines
    .filter((line) => planLines.get(line.planLineId)?.centralised || isCentralised(line))
    .map((line) =>
      finding(
        'PLAN-R07',
        'block',
        law.budgetHolder,
        `“${line.itemName}”（${needKindLabels[line.needKind]}）属于集中统一管理事项，经费应列入机关事务管理部门预算，不得列入本机关预算。`,
        {
          field: line.id,
          remedy: '请删去此行，由机关事务管理部门编列。',
          facts: { 目录依据: catalogue.get(line.needKind)?.citation ?? '' },
        },
      ),
    )

  /** Important receptions, and things provided one by one, are told apart by the review alone, which marked the plan line. */
  function isCentralised({ needKind }: LineFacts): boolean {
    const entry = catalogue.get(needKind)
    if (entry?.centralised === 'where-provided') return entry.provided && entry.items.length === 0
    return entry?.centralised === 'yes' || (entry?.centralised === 'in-compound' && inCompound)
  }
}
