import type { OutputOf } from '#kernel/pure/contract.ts'
import type { contract } from '../contract.ts'

export type Areas = OutputOf<typeof contract.areas>['items']

/** `保障计划（读写）、计划台账（读）`; an area that is gone keeps its name in code. */
export function scopeWords(scopes: readonly string[], areas: Areas): string {
  const modules = [...new Set(scopes.map((scope) => scope.slice(0, scope.indexOf(':'))))]
  return modules
    .map((module) => {
      const title = areas.find((area) => area.module === module)?.title ?? module
      return `${title}（${scopes.includes(`${module}:write`) ? '读写' : '读'}）`
    })
    .join('、')
}
