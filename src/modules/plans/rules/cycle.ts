import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'
import type { Cycle, CycleCalendar } from '../model.ts'

/** The calendar of a cycle: in order, and the plan ready before the year it is for (A31-1: basis of the budget). */
export function mayOpenCycle(year: number, calendar: CycleCalendar, today: string): Verdict {
  const { demandOpensOn, demandClosesOn, reviewUntil, planUntil } = calendar
  return allOf(
    provided(demandOpensOn <= demandClosesOn, {
      code: 'window-order',
      message: '申报开始日晚于截止日。',
      basis: law.application,
      remedy: '请核对申报窗口。',
    }),
    provided(demandClosesOn <= reviewUntil, {
      code: 'review-order',
      message: '审核截止日早于申报截止日。',
      basis: law.review,
      remedy: '请核对审核期限。',
    }),
    provided(reviewUntil <= planUntil, {
      code: 'plan-order',
      message: '计划编制截止日早于审核截止日。',
      basis: law.planIsBasis,
      remedy: '请核对计划期限。',
    }),
    provided(planUntil < `${year}-01-01`, {
      code: 'plan-late',
      message: `年度计划是编制预算的依据，应在${year}年1月1日前完成。`,
      basis: law.planIsBasis,
      remedy: '请把计划截止日提前。',
    }),
    provided(demandClosesOn >= today, {
      code: 'window-past',
      message: '申报截止日已经过去。',
      basis: law.application,
      remedy: '请给各机关留出填报时间。',
    }),
  )
}

/** Organs are urged and lines proposed while the plan is made; afterwards it changes by adjustment alone (A31-1, A35-1). */
export function stillPlanning({ year, state }: Pick<Cycle, 'year' | 'state'>): Verdict {
  return provided(state === 'open' || state === 'planned', {
    code: 'plan-in-force',
    message: `${year}年度的计划已经生效，不再催报需求和生成审核建议。`,
    basis: law.planIsBasis,
    remedy: '确需增加的，请办理计划调整并备案。',
  })
}

/** A year that was closed is neither planned nor carried out any more. */
export function notClosed({ year, state }: Pick<Cycle, 'year' | 'state'>): Verdict {
  return provided(state !== 'closed', {
    code: 'year-closed',
    message: `${year}年度已经结束，不再办理计划。`,
    basis: law.budgetYear,
    remedy: '请列入以后年度的计划。',
  })
}

/**
 * When a year may be closed (facts 1.3, B80): it is over, its adjustments are filed, and what is still held was settled or is carried
 * over with a reason.
 */
export function mayClose(
  { year, state }: Pick<Cycle, 'year' | 'state'>,
  { openAdjustments, openCount, carryReason }: { openAdjustments: number; openCount: number; carryReason: string },
  today: string,
): Verdict {
  return allOf(
    provided(state === 'in-force', {
      code: 'state',
      message: state === 'closed' ? `${year}年度已经结束。` : `${year}年度的计划还没有生效，没有可以结束的执行。`,
      basis: law.carryOut,
    }),
    provided(today > `${year}-12-31`, {
      code: 'year-not-over',
      message: `${year}年度到${year}年12月31日止，期满后才能结束。`,
      basis: law.budgetYear,
      remedy: `请在${year + 1}年1月1日以后办理。`,
    }),
    provided(openAdjustments === 0, {
      code: 'adjustments-open',
      message: `还有${openAdjustments}件计划调整没有备案。`,
      basis: law.fileAdjustment,
      remedy: '请督促有关机关备案或者撤销调整。',
    }),
    provided(openCount === 0 || carryReason.trim() !== '', {
      code: 'commitments-open',
      message: `还有${openCount}笔占用没有了结。`,
      basis: law.carryOver,
      facts: { 未了结占用: openCount },
      remedy: '请由登记占用的事项付款或者释放；确需结转下年继续支出的，写明结转理由。',
    }),
  )
}
