import { useEffect, useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { call } from '#kernel/web/client.ts'
import { useDraft, useStoredDraft } from '#kernel/web/draft/use-draft.tsx'
import { contract } from '../contract.ts'
import type { OpinionDraft, Stance } from '../model.ts'
import { blankItem, draftOf, entryOf, itemOf, sameDraft, type ItemEntry } from './answer-entry.ts'

export type OpinionView = OutputOf<(typeof contract)['viewOpinion']>
type Value = { stance: Stance | null; items: readonly ItemEntry[] }

/** What an organ types: kept on this machine at once, saved by itself, sent by one act. */
export function useAnswer(view: OpinionView) {
  const key = `consultation.opinion.${view.opinion.id}`
  const kept = useStoredDraft<Value>(key)
  const [seen] = useState(() => versionSeen(view.opinion.version))
  const [restored] = useState(() =>
    kept !== null && kept.basis === view.opinion.version && !sameDraft(draftOf(kept.value), view.draft) ? kept : null,
  )
  const [value, setValue] = useState<Value>(
    () => restored?.value ?? { stance: view.draft.stance, items: view.draft.items.map(entryOf) },
  )
  // A newer state of the server (sent by this page) counts; an older one that arrives late does not.
  useEffect(() => seen.saw(view.opinion.version), [seen, view.opinion.version])
  const save = async (now: Value, attempt: { idempotencyKey: string }) => {
    const saved = await call(
      contract.saveOpinion,
      { opinionId: view.opinion.id, version: seen.version(), draft: draftOf(now) },
      attempt,
    )
    seen.saw(saved.opinion.version)
  }
  const draft = useDraft(key, value, save, seen.version())

  const change = (keyOfItem: string, changes: Partial<ItemEntry>) =>
    setValue((before) => ({
      ...before,
      items: before.items.map((item) => (item.key === keyOfItem ? { ...item, ...changes } : item)),
    }))
  return {
    value,
    draft,
    restored,
    /** The version of the record that what is typed stands on. */
    version: seen.version,
    /** What would be sent. */
    sent: (): OpinionDraft => ({
      stance: value.stance,
      items: value.stance === 'agrees' ? [] : value.items.map(itemOf),
    }),
    setStance: (stance: Stance) =>
      setValue(({ items }) => ({
        stance,
        items: stance === 'comments' && items.length === 0 ? [blankItem('')] : items,
      })),
    /** Begins an opinion on a place of the draft; an untouched one is used first. @returns its key */
    add: (place: string): string => {
      const untouched = value.items.find((item) => item.opinion === '' && item.suggestion === '' && item.reason === '')
      const added = untouched ? { ...untouched, place } : blankItem(place)
      setValue(({ items }) => ({
        stance: 'comments',
        items: untouched ? items.map((item) => (item.key === added.key ? added : item)) : [...items, added],
      }))
      return added.key
    },
    change,
    remove: (keyOfItem: string) =>
      setValue(({ stance, items }) => ({ stance, items: items.filter((item) => item.key !== keyOfItem) })),
    putBack: () => setValue({ stance: view.draft.stance, items: view.draft.items.map(entryOf) }),
  }
}
/** The newest version this page has seen; asked for when something is sent, which may be before the page is drawn anew. */
function versionSeen(first: number) {
  let newest = first
  return {
    version: () => newest,
    saw: (version: number) => {
      newest = Math.max(newest, version)
    },
  }
}

export type Answer = ReturnType<typeof useAnswer>
