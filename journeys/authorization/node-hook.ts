import { registerHooks } from 'node:module'
import { underBoard } from './switchboard.ts'

/** For commands run by Node itself: `node --import ./journeys/authorization/node-hook.ts …`. */
registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context)
    if (!url.startsWith('file:') || loaded.source === undefined || loaded.source === null) return loaded
    const source =
      typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source as Uint8Array)
    return { ...loaded, source: underBoard(new URL(url).pathname, source) ?? source }
  },
})
