import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'
import type { DutyState } from '../model.ts'

/** Art. 39: supervision reminds of what is late or nearly so, once on a day; not of what is done or far off. */
export function mayRemind({ state, remindedToday }: { state: DutyState; remindedToday: boolean }): Verdict {
  return allOf(
    provided(state !== 'done' && state !== 'done-late', {
      code: 'already-done',
      message: '该事项已经办结，不需要提醒。',
      basis: law.supervision,
    }),
    provided(state !== 'coming', {
      code: 'not-near',
      message: '该事项还没有临近期限，暂不提醒。',
      basis: law.supervision,
      remedy: '期限前三个工作日内或者逾期后可以发送督办提醒。',
    }),
    provided(!remindedToday, {
      code: 'reminded-today',
      message: '今天已经对该事项发送过督办提醒。',
      basis: law.supervision,
      remedy: '明天仍未办理的，可以再次提醒。',
    }),
  )
}
