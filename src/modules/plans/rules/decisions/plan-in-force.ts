import type { DecisionKind } from '#kernel/pure/decision.ts'
import { formatYuan } from '#kernel/pure/money.ts'
import { finding } from '#kernel/pure/verdict.ts'
import type { StandardsInForce } from '#modules/standards/model.ts'
import { law } from '../../law.ts'
import { fen } from '../facts.ts'
import { mayEnterIntoForce } from '../plan.ts'

/** The plan's money and finance's reply. */
export type PlanInForceInputs = { totalFen: number; approvedFen: number | null; lines: number }

/** Art. 33 para 2: a plan comes into force with exactly the money finance approved (norm A33-4). */
export const planInForceKind: DecisionKind<PlanInForceInputs, StandardsInForce | null> = {
  kind: 'plans.plan-in-force',
  title: '计划生效核对',
  rulesVersion: 1,
  labels: { totalFen: '计划金额（分）', approvedFen: '财政批复（分）', lines: '事项数' },
  evaluate: ({ totalFen, approvedFen, lines }) => {
    const verdict = mayEnterIntoForce({ totalFen, approvedFen })
    const messages = verdict.ok ? [] : verdict.refusals.map(({ message }) => message)
    return {
      findings: [
        finding(
          'A33-4',
          verdict.ok ? 'ok' : 'block',
          law.budget,
          verdict.ok ? `计划金额与财政批复一致，均为${formatYuan(totalFen)}元。` : messages.join(''),
          {
            facts: { '计划金额（分）': totalFen, '财政批复（分）': approvedFen },
            steps:
              approvedFen === null
                ? []
                : [
                    {
                      label: '计划与批复',
                      expression: `${formatYuan(totalFen)} − ${formatYuan(approvedFen)}`,
                      result: formatYuan(totalFen - approvedFen),
                      operands: [fen('计划金额', totalFen), fen('财政批复', approvedFen)],
                    },
                  ],
          },
        ),
      ],
      conclusion: {
        says: verdict.ok ? `计划可以生效：${lines}项，${formatYuan(totalFen)}元。` : '计划不能生效。',
        values: { 可以生效: verdict.ok, 事项数: lines, '计划金额（分）': totalFen },
      },
    }
  },
}
