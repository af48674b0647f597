import type { DecisionKind } from '#kernel/pure/decision.ts'
import { daysBetween } from '#kernel/pure/local-date.ts'
import { finding } from '#kernel/pure/verdict.ts'
import type { StandardsInForce } from '#modules/standards/model.ts'
import { law } from '../../law.ts'
import type { CycleCalendar } from '../../model.ts'
import { checkWindow } from '../demand.ts'

/** The window of the cycle, the day of the handing in, how much was handed in. */
export type DemandAcceptanceInputs = { calendar: CycleCalendar; submittedOn: string; lines: number; askedFen: number }

/** Art. 32: an application handed in within the set time is taken; after it it is marked late (norm A32-1, PLAN-R10). */
export const demandAcceptanceKind: DecisionKind<DemandAcceptanceInputs, StandardsInForce | null> = {
  kind: 'plans.demand-acceptance',
  title: '需求受理',
  rulesVersion: 1,
  labels: {
    calendar: '周期日程',
    demandOpensOn: '申报开始',
    demandClosesOn: '申报截止',
    reviewUntil: '审核截止',
    planUntil: '计划截止',
    submittedOn: '提交日',
    lines: '行数',
    askedFen: '申请金额（分）',
  },
  evaluate: ({ calendar, submittedOn, lines, askedFen }) => {
    const late = checkWindow(calendar, submittedOn)
    const { demandOpensOn, demandClosesOn } = calendar
    const inTime = finding(
      'PLAN-R10',
      'ok',
      law.application,
      `在申报期（${demandOpensOn}至${demandClosesOn}）内提交。`,
      {
        facts: { 申报开始: demandOpensOn, 截止日: demandClosesOn, 提交日: submittedOn },
      },
    )
    const daysLate = Math.max(0, daysBetween(demandClosesOn, submittedOn))
    return {
      findings: late.length > 0 ? late : [inTime],
      conclusion: {
        says: daysLate > 0 ? `逾期${daysLate}天提交，标记逾期。` : '按期提交，予以受理。',
        values: { 逾期: daysLate > 0, 逾期天数: daysLate, 行数: lines, '申请金额（分）': askedFen },
      },
    }
  },
}
