import { useState } from 'react'
import { Popup } from '../Popup.tsx'

type Choosable = { key: string; title: string; optional?: boolean }

/** Which columns are shown, remembered on this machine under the table's name. */
export function useColumnChoice<C extends Choosable>(table: string, columns: readonly C[]) {
  const storageKey = `yunbao.columns.${table}`
  const [choice, setChoice] = useState<Record<string, boolean>>(() => {
    try {
      return JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Record<string, boolean>
    } catch {
      return {}
    }
  })
  const isShown = (column: Choosable) => choice[column.key] ?? !column.optional
  const choose = (key: string, shown: boolean) => {
    const next = { ...choice, [key]: shown }
    setChoice(next)
    localStorage.setItem(storageKey, JSON.stringify(next))
  }
  return { shown: columns.filter((column, index) => index === 0 || isShown(column)), isShown, choose }
}

export function ColumnChooser({
  columns,
  isShown,
  choose,
}: {
  columns: readonly Choosable[]
  isShown: (column: Choosable) => boolean
  choose: (key: string, shown: boolean) => void
}) {
  return (
    <Popup className="table-tool" button="列">
      {() => (
        <fieldset className="column-chooser">
          <legend>显示的列</legend>
          {columns.slice(1).map((column) => (
            <label key={column.key}>
              <input
                type="checkbox"
                checked={isShown(column)}
                onChange={(event) => choose(column.key, event.target.checked)}
              />
              {column.title}
            </label>
          ))}
        </fieldset>
      )}
    </Popup>
  )
}
