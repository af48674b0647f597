import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { call } from '#kernel/web/client.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { useDraft, useStoredDraft } from '#kernel/web/draft/use-draft.tsx'
import type { GridColumn } from '#kernel/web/grid/cell-kinds.ts'
import { isBlank } from '#kernel/web/grid/grid-state.ts'
import type { GridRow } from '#kernel/web/grid/grid-state.ts'
import { useGrid } from '#kernel/web/grid/use-grid.ts'
import type { StandardsInForce } from '#modules/standards/model.ts'
import { contract } from '../../contract.ts'
import type { DemandLine } from '../../model.ts'
import { fillIn } from './fill-in.ts'
import { judgeRows, judgingGround } from './judged.ts'
import type { DemandView } from './judged.ts'
import { lineBook } from './line-book.ts'
import { lineOf, rowOf, sheetColumns } from './sheet.ts'

export type DemandHead = { contact: string; declaredNotSecret: boolean }
export type SheetValue = { rows: readonly GridRow[] } & DemandHead

/** The sheet of a demand with everything that keeps it: rows, findings while typing, the saving by itself. */
export function useDemandSheet(view: DemandView, onSaved: (view: DemandView) => void) {
  const { demand } = view
  const key = `plans.demand.${demand.id}`
  const kept = useStoredDraft<SheetValue>(key)
  const [book] = useState(() => lineBook(view))
  const savedLine = useMemo(() => {
    book.seen(view)
    return (rowKey: string) => book.line(rowKey)
  }, [book, view])

  const standards = view.standards as StandardsInForce
  const [columns] = useState(() =>
    sheetColumns(standards, {
      storeQuery: (row) => queryText(book.line(row.key)),
      carriedFrom: (row) => book.line(row.key)?.carriedFrom ?? '',
    }),
  )
  // What reached the server though its answer did not reach the page is no unsaved typing.
  const [stored] = useState(() => (kept !== null && isSaved(kept.value, view, columns) ? null : kept))
  const [restored] = useState(() => (stored !== null && stored.basis === demand.version ? stored : null))
  const grid = useGrid(columns, () => restored?.value.rows ?? view.lines.map((line) => rowOf(line, columns, line.id)))
  const [head, setHead] = useState<DemandHead>({
    contact: restored?.value.contact ?? demand.contact,
    declaredNotSecret: restored?.value.declaredNotSecret ?? demand.declaredNotSecret,
  })
  const value = useMemo<SheetValue>(() => ({ rows: grid.rows, ...head }), [grid.rows, head])

  const save = async ({ rows, contact, declaredNotSecret }: SheetValue, attempt: { idempotencyKey: string }) => {
    const filled = rows.filter((row) => !isBlank(row))
    const lines = filled.map((row) => ({ ...lineOf(row, columns).draft, id: book.line(row.key)?.id ?? null }))
    const input = { demandId: demand.id, contact, declaredNotSecret, lines, version: book.version() }
    const saved = await call(contract.saveDemand, input, attempt)
    book.saved(filled, saved)
    onSaved(saved)
  }
  /** Puts the state of the server back in place of what was typed; can be undone. */
  const putBack = () => {
    grid.send({ type: 'replace-rows', rows: book.view().lines.map((line) => rowOf(line, columns, line.id)) })
    setHead({ contact: book.view().demand.contact, declaredNotSecret: book.view().demand.declaredNotSecret })
  }
  const draft = useDraft(key, value, save, book.version())

  // What the system knows is written by itself, but never while somebody goes back through the changes.
  const before = useRef(grid.rows)
  const { rows, send, state } = grid
  useEffect(() => {
    const was = new Map(before.current.map((row) => [row.key, row]))
    const sameSheet = before.current === rows
    before.current = rows
    if (sameSheet || state.future.length > 0) return
    const known = { items: standards.items, holdings: view.holdings }
    const changes = rows.flatMap((row) => fillIn(was.get(row.key), row, columns, known))
    if (changes.length > 0) send({ type: 'set', changes })
  }, [rows]) // eslint-disable-line react-hooks/exhaustive-deps -- only when rows change

  const ground = useMemo(() => judgingGround(view), [view])
  const shownRows = useDeferredValue(grid.rows)
  const judged = useMemo(
    () => judgeRows(shownRows, columns, savedLine, ground, todayHere()),
    [shownRows, columns, savedLine, ground],
  )
  return {
    columns,
    grid,
    head,
    setHead,
    draft,
    judged,
    savedLine,
    book,
    putBack,
    setAside: restored === null ? stored : null,
    restored,
  }
}

/** Does the server have exactly this? */
function isSaved(
  { rows, contact, declaredNotSecret }: SheetValue,
  view: DemandView,
  columns: readonly GridColumn[],
): boolean {
  const mine = rows.filter((row) => !isBlank(row)).map((row) => lineOf(row, columns).draft)
  const theirs = view.lines.map((line) => lineOf(rowOf(line, columns, line.id), columns).draft)
  const { demand } = view
  return (
    contact === demand.contact &&
    declaredNotSecret === demand.declaredNotSecret &&
    JSON.stringify(mine) === JSON.stringify(theirs)
  )
}

export type DemandSheet = ReturnType<typeof useDemandSheet>

function queryText(line: DemandLine | null): string {
  if (line === null || line.needKind !== 'N09' || line.standardCode === null) return ''
  return line.storeQuery === null
    ? '未查询'
    : `${line.storeQuery.askedOn.slice(5)} 可调剂 ${line.storeQuery.usableQuantity}`
}
