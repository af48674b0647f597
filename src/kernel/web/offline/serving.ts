/* What the service worker does with a request, as plain functions. */

export type Asked = Readonly<{ method: string; mode: string; url: string }>

/**
 * `file`: a built file, whose name changes with its content, so that what is kept is right for ever. `page`: the shell, asked
 * for anew whenever there is a network. `none`: left to the browser; above all every answer of the interface, which belongs
 * to who asked for it.
 * @param origin of the application, e.g. `https://yunbao.example`
 */
export function wayOf({ method, mode, url }: Asked, origin: string): 'file' | 'page' | 'none' {
  const address = new URL(url)
  if (method !== 'GET' || address.origin !== origin) return 'none'
  if (/^\/(?:api|health|metrics)(?:\/|$)/.test(address.pathname)) return 'none'
  if (mode === 'navigate') return 'page'
  return address.pathname.startsWith('/assets/') ? 'file' : 'none'
}

const prefix = 'yunbao-'

/** Where the files of one build are kept. */
export const cacheOf = (version: string): string => prefix + version

/** Caches of former builds, which the new one throws away. */
export const formerCaches = (names: readonly string[], version: string): string[] =>
  names.filter((name) => name.startsWith(prefix) && name !== cacheOf(version))

/** Answers of a proxy whose server is away: the shell is shown, as without a network. */
export const awayStatuses: readonly number[] = [502, 503, 504]
