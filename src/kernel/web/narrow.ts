import { useSyncExternalStore } from 'react'

const query = '(max-width: 720px)'

function subscribe(changed: () => void): () => void {
  const media = matchMedia(query)
  media.addEventListener('change', changed)
  return () => media.removeEventListener('change', changed)
}

/** A phone's width, where a wide sheet gives way to a list; the same width as in the style sheets. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches)
}
