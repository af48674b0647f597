import { officeScope, type Actor } from '#kernel/pure/actor.ts'
import { provided, type Verdict } from '#kernel/pure/verdict.ts'

export const can = {
  /** Anybody who handles cases sees the overdue ones within reach. */
  seeOverdue: (actor: Actor): Verdict =>
    provided(officeScope(actor) !== null, {
      code: 'no-office-role',
      message: '只有办理运行保障事项的人员可以查看逾期事项。',
      remedy: '确需查看的，请由本单位系统管理员授予相应角色。',
    }),
}
