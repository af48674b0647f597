import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openApplication, type Application } from '#apps/application.ts'
import { readSettings } from '#apps/settings.ts'
import { freshDatabase } from '#kernel/testing/database.ts'

export type StageForTest = {
  application: Application
  address: string
  /** Moves its clock; who was signed in before is signed out by time. */
  goTo: (instant: string) => void
  close: () => Promise<void>
}

/**
 * The whole application on a database of its own, as it runs for people: HTTP, jobs, built pages.
 * @param options.demonstration `people`: organs and accounts only; `all`: with the plan years; none: production
 * @param options.clock where its clock starts, e.g. `2026-11-23T09:00:00+08:00`
 */
export async function openStage(options: {
  demonstration: 'none' | 'people' | 'all'
  clock?: string
  port?: number
}): Promise<StageForTest> {
  const fresh = await freshDatabase({ empty: true })
  const dataDirectory = await mkdtemp(join(tmpdir(), 'yunbao-stage-'))
  let offset = options.clock ? Date.parse(options.clock) - Date.now() : 0
  const settings = {
    ...readSettings({
      PORT: String(options.port ?? 0),
      DATABASE_URL: fresh.url,
      DATABASE_APP_URL: fresh.appUrl,
      YUNBAO_DATA_DIR: dataDirectory,
      YUNBAO_MODE: options.demonstration === 'none' ? 'production' : 'demo',
      YUNBAO_PUBLIC_REQUESTS_PER_MINUTE: '100000',
    }),
    clock: () => new Date(Date.now() + offset),
  }
  const application = await openApplication(settings, {
    chooseMode: async () => 'production',
    log: () => {},
    web: async () => join(import.meta.dirname, '..', 'dist', 'web'),
    version: 'test',
    logger: false,
    demonstration: options.demonstration === 'people' ? 'people' : 'all',
  })
  return {
    application,
    address: application.address,
    goTo: (instant) => {
      offset = Date.parse(instant) - Date.now()
    },
    close: async () => {
      await application.close()
      await fresh.drop()
      await rm(dataDirectory, { recursive: true, force: true })
    },
  }
}
