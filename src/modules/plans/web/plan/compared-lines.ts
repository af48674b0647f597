import type { PlanLine } from '../../model.ts'

type Figures = Pick<PlanLine, 'quantity' | 'amountFen'>
export type ComparedLine = {
  id: string
  itemName: string
  servedOrganName: string
  what: '新增' | '取消' | '调整'
  before: Figures | null
  now: Figures | null
  differenceFen: number
}

/** Lines that differ between two versions of a plan, told by their plan number, in the order of the present one. */
export function comparedLines(before: readonly PlanLine[], now: readonly PlanLine[]): ComparedLine[] {
  const earlier = new Map(before.map((line) => [line.number, line]))
  const present = new Set(now.map(({ number }) => number))
  return [
    ...now.flatMap((line) => comparedLine(earlier.get(line.number) ?? null, line) ?? []),
    ...before.filter(({ number }) => !present.has(number)).flatMap((line) => comparedLine(line, null) ?? []),
  ]
}

function comparedLine(before: PlanLine | null, now: PlanLine | null): ComparedLine | null {
  const line = now ?? before
  if (line === null) return null
  if (before && now && before.quantity === now.quantity && before.amountFen === now.amountFen) return null
  const { id, itemName, servedOrganName } = line
  const what = before === null ? '新增' : now === null ? '取消' : '调整'
  return {
    id,
    itemName,
    servedOrganName,
    what,
    before,
    now,
    differenceFen: (now?.amountFen ?? 0) - (before?.amountFen ?? 0),
  }
}
