import { holds, levelLabels, type Actor, type Level } from '#kernel/pure/actor.ts'
import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'

const basis = { norm: null, citation: 'GB/T 22239-2019 8.1.5.1' }

export const can = {
  /**
   * Running and backing up are the system administrator's, and nobody else's; the installation is one for all levels, so it
   * is looked after at the highest of them.
   * @param highestLevel the highest level that has a system administrator
   */
  lookAfter: (actor: Actor, highestLevel: Level | null): Verdict =>
    allOf(
      provided(holds(actor, 'system-administrator'), {
        code: 'not-system-administrator',
        message: '运行状态由系统管理员查看。',
        basis,
      }),
      provided(!holds(actor, 'system-administrator') || actor.organ?.level === highestLevel, {
        code: 'not-highest-level',
        message: `系统由各级共用，运行状态由最高一级（${highestLevel === null ? '' : levelLabels[highestLevel]}）的系统管理员查看。`,
        basis,
        remedy: '发现运行问题的，请告知该级系统管理员。',
      }),
    ),
}
