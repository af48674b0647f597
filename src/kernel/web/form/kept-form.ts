import { useMemo, useState } from 'react'
import { forgetStored, readStored, writeStored } from '../draft/draft-store.ts'
import { useOwnKey } from '../draft/use-kept.ts'

type Values = Readonly<Record<string, unknown>>

/** What was typed into a form and not sent, on this machine alone; for `EntryForm`'s `keep`. */
export type KeptForm = {
  /** From before a reload, a lost session or a closed window; null where there is nothing. */
  values: Values | null
  save: (values: Values) => void
  forget: () => void
}

/** @param key names the form and the record it is about: `assets.register`. Not for forms with secrets. */
export function useKeptForm(key: string): KeptForm {
  const own = useOwnKey(`form.${key}`)
  const [values] = useState(() => readStored<Values>(own)?.value ?? null)
  return useMemo(
    () => ({
      values,
      save: (now) => void writeStored(own, { value: now, at: new Date().toISOString(), basis: null }),
      forget: () => forgetStored(own),
    }),
    [own, values],
  )
}
