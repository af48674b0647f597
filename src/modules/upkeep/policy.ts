import { holds, type Actor } from '#kernel/pure/actor.ts'
import { provided, type Verdict } from '#kernel/pure/verdict.ts'

export const can = {
  /** Running and backing up are the system administrator's, and nobody else's. */
  lookAfter: (actor: Actor): Verdict =>
    provided(holds(actor, 'system-administrator'), {
      code: 'not-system-administrator',
      message: '运行状态由系统管理员查看。',
      basis: { norm: null, citation: 'GB/T 22239-2019 8.1.5.1' },
    }),
}
