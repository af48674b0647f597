import type { ReactNode } from 'react'
import { selectionOf } from './grid-state.ts'
import type { GridHandle } from './use-grid.ts'

/** The grid's own buttons; each has its key as well, but rows, which Excel gives no key a browser leaves free. */
export function GridTools({
  grid: { state, send },
  readOnly,
  tools,
  status,
}: {
  grid: GridHandle
  readOnly: boolean
  tools: ReactNode
  status: ReactNode
}) {
  const { from, to } = selectionOf(state)
  const count = to.row - from.row + 1
  const rowWord = count === 1 ? '行' : ` ${count} 行`
  return (
    <div className="grid-tools no-print">
      {!readOnly && (
        <div className="row" role="toolbar" aria-label="表格操作">
          <button
            type="button"
            disabled={state.past.length === 0}
            onClick={() => send({ type: 'undo' })}
            title="Ctrl+Z"
          >
            撤销
          </button>
          <button
            type="button"
            disabled={state.future.length === 0}
            onClick={() => send({ type: 'redo' })}
            title="Ctrl+Y"
          >
            重做
          </button>
          <button type="button" onClick={() => send({ type: 'fill-down' })} title="Ctrl+D">
            向下填充
          </button>
          {!state.fixedRows && (
            <>
              <button type="button" onClick={() => send({ type: 'insert-rows' })}>
                插入{rowWord}
              </button>
              <button type="button" onClick={() => send({ type: 'remove-rows' })}>
                删除{rowWord}
              </button>
            </>
          )}
        </div>
      )}
      {tools && <div className="row grid-own-tools">{tools}</div>}
      {status && <div className="grid-status">{status}</div>}
    </div>
  )
}
