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
