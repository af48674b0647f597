import type { GridRow } from '#kernel/web/grid/grid-state.ts'
import type { DemandLine } from '../../model.ts'
import type { DemandView } from './judged.ts'

/**
 * Which line of the server each row of the sheet became, and the version typing stands on. A row keeps its key; its
 * line's id is learnt when it is first saved. Only an own save moves the version on: what others saved is a conflict.
 */
export function lineBook(first: DemandView) {
  const ids = new Map<string, string>()
  let view = first
  let version = first.demand.version
  let lines = new Map(first.lines.map((line) => [line.id, line]))
  return {
    /** The answer to the last save, or what the page began with. */
    view: () => view,
    version: () => version,
    line: (rowKey: string): DemandLine | null => lines.get(ids.get(rowKey) ?? rowKey) ?? null,
    /** The same state told again, with what the register has answered since. */
    seen: (again: DemandView) => {
      if (again.demand.version !== version) return
      view = again
      lines = new Map(again.lines.map((line) => [line.id, line]))
    },
    /** The server has these rows, in this order. */
    saved: (rows: readonly GridRow[], answer: DemandView) => {
      view = answer
      version = answer.demand.version
      lines = new Map(answer.lines.map((line) => [line.id, line]))
      for (const [index, { key }] of rows.entries()) {
        const id = answer.lines[index]?.id
        if (id !== undefined) ids.set(key, id)
      }
    },
  }
}
