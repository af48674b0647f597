import { allOf, provided, refused, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'
import { yuan } from './facts.ts'

/** A draft may go below what was approved, never above (A33-1: the review's numbers bind). */
export function mayChangeLine(
  approved: { itemName: string; quantity: number; amountFen: number },
  wanted: { quantity: number; amountFen: number; fromMonth: number; toMonth: number },
): Verdict {
  return allOf(
    provided(wanted.amountFen <= approved.amountFen && wanted.quantity <= approved.quantity, {
      code: 'above-approval',
      message: `“${approved.itemName}”的计划数不得高于审核核定数（${approved.quantity}，${yuan(approved.amountFen)}）。`,
      basis: law.review,
      remedy: '请改回核定数以内；确需增加的，由申请机关另行提出申请。',
    }),
    provided(wanted.fromMonth <= wanted.toMonth, {
      code: 'month-order',
      message: `“${approved.itemName}”的开始月晚于结束月。`,
      basis: law.planContent,
      remedy: '请核对起止月。',
    }),
  )
}

/** A31-2: a plan has its four parts and at least one line before it is signed. */
export function maySubmitPlan(plan: { lineCount: number; texts: Record<string, string> }): Verdict {
  return allOf(
    provided(plan.lineCount > 0, {
      code: 'empty-plan',
      message: '计划中没有任何事项。',
      basis: law.needKinds,
      remedy: '请先完成需求审核，再编制计划。',
    }),
    ...Object.entries(partNames).map(([part, label]) =>
      provided((plan.texts[part] ?? '').trim() !== '', {
        code: 'part-missing',
        message: `计划缺少“${label}”部分的说明。`,
        basis: law.planContent,
        remedy: `请填写“${label}”。`,
      }),
    ),
  )
}

const partNames = { present: '资源配置现状', needs: '需求内容', equipping: '配备使用', disposal: '处置利用' }

/** P60: a plan comes into force with the money finance approved; without the reply it waits (A33-4). */
export function mayEnterIntoForce(plan: { totalFen: number; approvedFen: number | null }): Verdict {
  if (plan.approvedFen === null)
    return refused({
      code: 'budget-not-approved',
      message: '该计划的预算尚未获得财政批复，计划不能生效。',
      basis: law.budget,
      remedy: '请先编报预算并等待财政批复。',
    })
  return provided(plan.approvedFen === plan.totalFen, {
    code: 'plan-differs-from-reply',
    message: `计划金额${yuan(plan.totalFen)}与财政批复${yuan(plan.approvedFen)}不一致。`,
    basis: law.budget,
    remedy: '请按批复调整计划后再生效。',
  })
}

/** Splits a total cut over lines in proportion, to the 分: largest remainders get the odd ones, nothing grows. */
export function cutToTotal(amountsFen: readonly number[], totalFen: number): number[] {
  const sum = amountsFen.reduce((a, b) => a + b, 0)
  if (sum <= totalFen) return [...amountsFen]
  const exact = amountsFen.map((amount) => (BigInt(amount) * BigInt(totalFen)) / BigInt(sum))
  const rest = amountsFen.map((amount, index) => ({
    index,
    remainder: (BigInt(amount) * BigInt(totalFen)) % BigInt(sum),
  }))
  let odd = totalFen - Number(exact.reduce((a, b) => a + b, 0n))
  const shares = exact.map(Number)
  for (const { index } of rest.sort((a, b) =>
    a.remainder < b.remainder ? 1 : a.remainder > b.remainder ? -1 : a.index - b.index,
  )) {
    if (odd === 0) break
    if ((shares[index] as number) < (amountsFen[index] as number)) {
      shares[index] = (shares[index] as number) + 1
      odd--
    }
  }
  return shares
}
