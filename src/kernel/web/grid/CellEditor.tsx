import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import type { ClipboardEvent, KeyboardEvent } from 'react'
import { matchingChoices } from './cell-kinds.ts'
import type { GridColumn } from './cell-kinds.ts'
import { keyEvent } from './grid-keys.ts'
import { copiedBlock, textAt } from './grid-state.ts'
import type { GridEvent } from './grid-model.ts'
import type { GridRow, GridState } from './grid-state.ts'
import { readTsv, writeTsv } from './tsv.ts'

const pageRows = 20
const shownChoices = 200

/**
 * The one control of the grid: it stands in the active cell, invisible until something is typed, so that an input
 * method begins in it at the first key and a screen reader finds a named field. Its text is selected: typing replaces.
 */
export function CellEditor({
  state,
  send,
  column,
  label,
  describedBy,
  show,
  readOnly,
  takesFocus,
}: {
  state: GridState
  send: (event: GridEvent) => void
  column: GridColumn
  label: string
  describedBy: string
  show: (row: GridRow, columnKey: string) => string | undefined
  readOnly: boolean
  takesFocus: boolean
}) {
  const id = useId()
  const box = useRef<HTMLTextAreaElement>(null)
  const leaving = useRef(false)
  const [chosen, setChosen] = useState(0)
  const { edit, anchor } = state
  const row = state.rows[anchor.row]
  const text = edit?.text ?? (row && show(row, column.key)) ?? textAt(state, anchor)
  const choices =
    edit !== null && column.kind === 'choice'
      ? matchingChoices(
          column.choices ?? [],
          edit.mode === 'editing' && edit.text === textAt(state, anchor) ? '' : edit.text,
        )
      : []
  const option = Math.min(chosen, choices.length - 1)

  useLayoutEffect(() => {
    if (takesFocus) box.current?.focus({ preventScroll: true })
  }, [takesFocus, anchor])
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    if (edit === null) element.select()
    else if (edit.mode === 'editing') element.setSelectionRange(element.value.length, element.value.length)
  }, [edit?.mode, edit === null, text, anchor]) // eslint-disable-line react-hooks/exhaustive-deps -- not at each key typed
  useEffect(() => setChosen(0), [edit?.text])

  const choose = (label: string, then: GridEvent) => {
    send({ type: 'type', text: label })
    send(then)
  }
  const pressed = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (leaving.current && event.key === 'Tab') return // Escape, then Tab leaves the grid
    leaving.current = event.key === 'Escape' && edit === null
    if (choices.length > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      setChosen(Math.max(0, Math.min(choices.length - 1, option + (event.key === 'ArrowDown' ? 1 : -1))))
      return event.preventDefault()
    }
    const meant = keyEvent(event, edit?.mode ?? null, pageRows)
    if (event.altKey && event.key === 'Enter' && edit !== null) {
      insertLineBreak(event.currentTarget, (next) => send({ type: 'type', text: next }))
      return event.preventDefault()
    }
    if (meant === null || (readOnly && changes(meant))) return
    event.preventDefault()
    const taken = choices[option]
    const typedSomething = edit !== null && (edit.text.trim() !== '' || option > 0)
    if (taken && typedSomething && (meant.type === 'enter' || meant.type === 'tab')) choose(taken.label, meant)
    else send(meant)
  }
  const copied = (event: ClipboardEvent) => {
    if (edit !== null) return
    event.preventDefault()
    event.clipboardData.setData('text/plain', writeTsv(copiedBlock(state, show)))
    if (event.type === 'cut' && !readOnly) send({ type: 'clear' })
  }
  const pasted = (event: ClipboardEvent) => {
    if (edit !== null || readOnly) return
    event.preventDefault()
    send({ type: 'paste', block: readTsv(event.clipboardData.getData('text/plain')) })
  }
  return (
    <>
      <textarea
        ref={box}
        className={edit === null ? 'cell-editor' : 'cell-editor cell-editor-open'}
        aria-label={label}
        aria-describedby={describedBy}
        aria-readonly={readOnly || column.kind === 'readonly'}
        aria-autocomplete={column.kind === 'choice' ? 'list' : undefined}
        aria-controls={choices.length > 0 ? `${id}list` : undefined}
        aria-activedescendant={choices.length > 0 ? `${id}${option}` : undefined}
        inputMode={column.kind === 'number' || column.kind === 'money' ? 'decimal' : 'text'}
        rows={edit === null ? 1 : Math.min(6, text.split('\n').length)}
        spellCheck={false}
        autoComplete="off"
        readOnly={readOnly}
        value={text}
        onChange={(event) => send({ type: 'type', text: event.target.value })}
        onKeyDown={pressed}
        onCopy={copied}
        onCut={copied}
        onPaste={pasted}
      />
      {choices.length > 0 && (
        <div id={`${id}list`} role="listbox" aria-label={column.title} className="cell-choices">
          {choices.slice(0, shownChoices).map((choice, index) => (
            <div
              key={choice.value}
              id={`${id}${index}`}
              role="option"
              aria-selected={index === option}
              ref={index === option ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
              onPointerDown={(event) => {
                event.preventDefault()
                event.stopPropagation()
                choose(choice.label, { type: 'commit' })
              }}
            >
              {choice.label}
            </div>
          ))}
        </div>
      )}
    </>
  )
}

const harmless = [
  'select',
  'move',
  'jump',
  'tab',
  'enter',
  'cancel',
  'commit',
  'select-all',
  'select-rows',
  'select-column',
]

function changes({ type }: GridEvent): boolean {
  return !harmless.includes(type)
}

function insertLineBreak(box: HTMLTextAreaElement, type: (text: string) => void): void {
  const { value, selectionStart, selectionEnd } = box
  type(`${value.slice(0, selectionStart)}\n${value.slice(selectionEnd)}`)
  requestAnimationFrame(() => box.setSelectionRange(selectionStart + 1, selectionStart + 1))
}
