import { useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { awaySince } from '../connection.ts'
import { clockTime, shortInstant } from '../dates.ts'
import { useLatest } from '../latest.ts'
import { keepDraft } from './draft-keeper.ts'
import type { DraftState, SaveDraft } from './draft-keeper.ts'
import { forgetStored, readStored, writeStored } from './draft-store.ts'
import type { StoredDraft } from './draft-store.ts'
import { useOwnKey } from './use-kept.ts'
import './draft.css'

/**
 * What was typed here and never acknowledged (reload, lost session, power cut); null when there is nothing. Read once,
 * when the page opens: `const stored = useStoredDraft<GridRow[]>('plans.demand.42')`.
 */
export function useStoredDraft<T>(key: string): StoredDraft<T> | null {
  const own = useOwnKey(key)
  const [stored] = useState(() => readStored<T>(own))
  return stored
}

export type Draft = {
  state: DraftState
  /** 已保存 14:03 · 未保存 · 离线暂存, for the tools of a grid or the head of a form. */
  words: ReactNode
  /** Saves at once what is not saved; true when the server has everything. Before submitting. */
  flush: () => Promise<boolean>
}

/**
 * Saves `value` by itself a few seconds after it changed, keeps a copy on this machine until the server has it.
 * @param save gets the key to send with: `(rows, attempt) => call(contract.saveDemand, {…}, attempt)`
 * @param basis version of the record typed over
 */
export function useDraft<T>(key: string, value: T, save: SaveDraft<T>, basis: number | null = null): Draft {
  const own = useOwnKey(key)
  const [state, setState] = useState<DraftState>({ kind: 'saved', at: null })
  const [noRoom, setNoRoom] = useState(false)
  const latest = useLatest({ save, basis })
  const [first] = useState(() => ({ value, unsaved: isStored(own, value) }))

  const keeper = useMemo(
    () =>
      keepDraft<T>({
        initial: first.value,
        unsaved: first.unsaved,
        save: (what, options) => latest.current.save(what, options),
        store: (what) =>
          setNoRoom(!writeStored(own, { value: what, at: now().toISOString(), basis: latest.current.basis })),
        forget: () => forgetStored(own),
        changed: setState,
        timers: { now, after },
      }),
    [first, latest, own],
  )
  useEffect(() => keeper.begin(), [keeper])
  useEffect(() => keeper.change(value), [keeper, value])
  useEffect(() => {
    const hidden = () => document.visibilityState === 'hidden' && void keeper.flush()
    const back = awaySince.subscribe(() => awaySince.get() === null && void keeper.flush())
    document.addEventListener('visibilitychange', hidden)
    return () => {
      document.removeEventListener('visibilitychange', hidden)
      back()
      void keeper.flush() // leaving the page waits for nothing
    }
  }, [keeper])
  return { state, words: <DraftWords state={state} noRoom={noRoom} />, flush: keeper.flush }
}

/** Does the page begin with what was kept on this machine (it may have been set aside for a newer state)? */
function isStored<T>(own: string, value: T): boolean {
  const stored = readStored<T>(own)
  return stored !== null && JSON.stringify(stored.value) === JSON.stringify(value)
}

function DraftWords({ state, noRoom }: { state: DraftState; noRoom: boolean }) {
  return (
    <span role="status" className={`draft-words draft-${state.kind}`}>
      {noRoom && state.kind !== 'saved' ? '未保存，本机暂存空间不足。请勿关闭页面' : draftText(state)}
    </span>
  )
}

export function draftText(state: DraftState): string {
  switch (state.kind) {
    case 'saved':
      return state.at === null ? '' : `已保存 ${clockTime(state.at)}`
    case 'unsaved':
      return '未保存'
    case 'saving':
      return '正在保存'
    case 'away':
      return '离线暂存，连上服务器后自动保存'
    case 'refused':
      return `未能保存：${state.error.detail}`
  }
}

/** Tells that typing of an earlier sitting was put back, and offers the server's state instead. */
export function RestoredDraft({ stored, onDiscard }: { stored: StoredDraft<unknown> | null; onDiscard: () => void }) {
  const [open, setOpen] = useState(stored !== null)
  if (!open || stored === null) return null
  return (
    <p className="draft-restored" role="status">
      已恢复本机在 {shortInstant(stored.at)} 暂存、当时尚未保存的内容。
      <button
        type="button"
        className="link-button"
        onClick={() => {
          setOpen(false)
          onDiscard()
        }}
      >
        放弃，改用已保存的内容
      </button>
      <button type="button" className="link-button" onClick={() => setOpen(false)}>
        知道了
      </button>
    </p>
  )
}

function now(): Date {
  return new Date()
}

function after(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}
