import type { CountScope } from '../model.ts'

type Placed = { place: string; department: string; custodianName: string; classCode: string }

/** Whether a card belongs to what is counted; the same as the condition of `freezeBook` in store/item.ts. */
export function inScope(scope: CountScope, card: Placed): boolean {
  const begins = (words: readonly string[], said: string) =>
    words.length === 0 || words.some((word) => said.startsWith(word))
  return (
    begins(scope.places, card.place) &&
    begins(scope.departments, card.department) &&
    begins(scope.custodians, card.custodianName) &&
    (scope.classPrefix === null || card.classCode.startsWith(scope.classPrefix))
  )
}

/** True where nothing narrows the count: the whole register, as the year asks (AST-R06). */
export function isWhole(scope: CountScope): boolean {
  return scope.places.length + scope.departments.length + scope.custodians.length === 0 && scope.classPrefix === null
}

/** The scope in words: `存放地点 主楼3；分类 A02`. */
export function scopeText(scope: CountScope): string {
  const parts = [
    ['存放地点', scope.places.join('、')],
    ['使用部门', scope.departments.join('、')],
    ['保管人', scope.custodians.join('、')],
    ['分类', scope.classPrefix ?? ''],
  ].filter(([, words]) => words !== '')
  return parts.length === 0 ? '本机关全部资产' : parts.map((part) => part.join('：')).join('；')
}
