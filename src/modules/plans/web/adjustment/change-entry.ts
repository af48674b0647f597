import type { LedgerLine } from '#modules/ledger/model.ts'
import type { NeedKind } from '#modules/standards/model.ts'
import type { AdjustmentChange } from '../../model.ts'

/** A figure as a field holds it: the number, what was typed when it could not be read, or nothing. */
type Entered = number | string | null

/** One change while it is typed. Money in 分. */
export type ChangeEntry = {
  key: string
  lineId: string | null
  needKind: NeedKind | null
  itemName: string
  economicCode: string | null
  unit: string
  beforeFen: number
  beforeQuantity: number
  afterFen: Entered
  afterQuantity: Entered
  /** Spent and committed on the line: it cannot go below. */
  usedFen: number
}

/** A ledger line as a change that changes nothing yet. */
export function entryOfLine(line: LedgerLine): ChangeEntry {
  const { id, needKind, itemName, economicCode, unit, plannedFen, plannedQuantity } = line
  return {
    key: id,
    lineId: id,
    needKind,
    itemName,
    economicCode,
    unit,
    beforeFen: plannedFen,
    beforeQuantity: plannedQuantity,
    afterFen: plannedFen,
    afterQuantity: plannedQuantity,
    usedFen: line.committedFen + line.executedFen,
  }
}

export function entryOfChange(change: AdjustmentChange, index: number): ChangeEntry {
  return { ...change, key: change.lineId ?? `new-${index}`, usedFen: 0 }
}

/** A matter that was not in the plan. */
export function newEntry(key: string): ChangeEntry {
  return {
    key,
    lineId: null,
    needKind: null,
    itemName: '',
    economicCode: null,
    unit: '',
    beforeFen: 0,
    beforeQuantity: 0,
    afterFen: null,
    afterQuantity: null,
    usedFen: 0,
  }
}

/** Why an entry cannot be sent yet; null when it can. Whether it may be made is judged by the rules on the server. */
export function entryProblem(entry: ChangeEntry): string | null {
  const { afterFen, afterQuantity } = entry
  if (entry.lineId === null) {
    if (entry.itemName.trim() === '') return '请填写事项名称。'
    if (entry.needKind === null) return '请选择需求类别。'
    if (entry.economicCode === null) return '请选择经济科目。'
    if (entry.unit.trim() === '') return '请填写计量单位。'
  }
  if (typeof afterQuantity !== 'number' || afterQuantity < 0) return '调整后数量应为不小于零的数字。'
  if (typeof afterFen !== 'number' || afterFen < 0) return '调整后金额应为不小于零的金额。'
  return null
}

/** The change as it is sent; null while something is missing. */
export function changeOf(entry: ChangeEntry): AdjustmentChange | null {
  const { lineId, needKind, economicCode, beforeFen, beforeQuantity, afterFen, afterQuantity } = entry
  if (entryProblem(entry) !== null || needKind === null || economicCode === null) return null
  if (typeof afterFen !== 'number' || typeof afterQuantity !== 'number') return null
  return {
    lineId,
    needKind,
    itemName: entry.itemName.trim(),
    economicCode,
    unit: entry.unit.trim(),
    beforeFen,
    afterFen,
    beforeQuantity,
    afterQuantity,
  }
}

/** Change of the total of all entries, in 分. */
export function differenceFen(changes: readonly Pick<AdjustmentChange, 'beforeFen' | 'afterFen'>[]): number {
  return changes.reduce((sum, { beforeFen, afterFen }) => sum + afterFen - beforeFen, 0)
}

/** Money moved: what was added or taken, whichever is more. */
export function movedFen(changes: readonly Pick<AdjustmentChange, 'beforeFen' | 'afterFen'>[]): number {
  const differences = changes.map(({ beforeFen, afterFen }) => afterFen - beforeFen)
  const added = differences.filter((one) => one > 0).reduce((sum, one) => sum + one, 0)
  return Math.max(added, added - differences.reduce((sum, one) => sum + one, 0))
}
