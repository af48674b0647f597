import { awayStatuses, cacheOf, formerCaches, wayOf } from './serving.ts'

/*
 * Keeps the application's own files, so that a page one counts with opens without a network. It holds nothing of anybody:
 * answers of the interface never come near it, and what was counted lies in the browser's database. It is registered by
 * pages that open without a network, and by no other.
 */

/** Written in by the build (src/apps/offline-build.ts): what this build is, and which files those pages are made of. */
declare const BUILD: { version: string; files: readonly string[] }

type Waiting = Event & { waitUntil: (work: Promise<unknown>) => void }
type Fetching = Event & { request: Request; respondWith: (answer: Promise<Response>) => void }
/** What the worker's own global offers; the library of types for it does not go together with the page's. */
type Worker = {
  addEventListener: {
    (name: 'install' | 'activate', listener: (event: Waiting) => void): void
    (name: 'fetch', listener: (event: Fetching) => void): void
  }
  skipWaiting: () => Promise<void>
  clients: { claim: () => Promise<void> }
}
const worker = globalThis as unknown as Worker
const shell = '/'
/** A line so bad that the shell does not come in this time counts as none; the next opening asks anew. */
const patienceMs = 5000

// A new build takes over at once: pages ask the server first, so nobody is kept on a former one.
worker.addEventListener('install', (event) =>
  event.waitUntil(
    caches
      .open(cacheOf(BUILD.version))
      .then((cache) => cache.addAll([new Request(shell, { cache: 'reload' }), ...BUILD.files]))
      .then(() => worker.skipWaiting()),
  ),
)

worker.addEventListener('activate', (event) =>
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(formerCaches(names, BUILD.version).map((name) => caches.delete(name))))
      .then(() => worker.clients.claim()),
  ),
)

worker.addEventListener('fetch', (event) => {
  const way = wayOf(event.request, location.origin)
  if (way === 'page') event.respondWith(page(event.request))
  if (way === 'file') event.respondWith(file(event.request))
})

/** The server's word where it can be had; else the shell of this build, which finds its data in the browser's database. */
async function page(request: Request): Promise<Response> {
  const kept = async () => (await caches.open(cacheOf(BUILD.version))).match(shell)
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), patienceMs)
  try {
    const answer = await fetch(request, { signal: stop.signal })
    return awayStatuses.includes(answer.status) ? ((await kept()) ?? answer) : answer
  } catch (error) {
    const answer = await kept()
    if (answer === undefined) throw error
    return answer
  } finally {
    clearTimeout(timer)
  }
}

/** Kept as it is first asked for: another content would have another name. */
async function file(request: Request): Promise<Response> {
  const cache = await caches.open(cacheOf(BUILD.version))
  const kept = await cache.match(request)
  if (kept !== undefined) return kept
  const answer = await fetch(request)
  if (answer.ok && answer.type === 'basic') await cache.put(request, answer.clone()).catch(() => {}) // no room: as before
  return answer
}
