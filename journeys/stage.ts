import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openApplication, type Application } from '#apps/application.ts'
import { readSettings, type Settings } from '#apps/settings.ts'
import { demonstrationDatabase } from '#apps/testing/demonstration-database.ts'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'

export type StageForTest = {
  application: Application
  address: string
  dataDirectory: string
  /** For tests that take a wall away or look behind it. */
  superuserUrl: string
  /** Moves its clock; who was signed in before is signed out by time. */
  goTo: (instant: string) => void
  close: () => Promise<void>
}

type Extent = 'none' | 'people' | 'all'

export type StageOptions = {
  demonstration: Extent
  clock?: string
  port?: number
  log?: (line: string) => void
  publicRequestsPerMinute?: number
  trustedProxies?: string[]
  oidc?: Settings['oidc']
  /** Where the application is told that its database is, instead of its own address: a wire that can be cut. */
  wire?: (url: string) => string
  filesPerMinute?: number
  clamd?: string
  /** What the application is told of its volume, instead of the real one. */
  space?: Settings['space']
}

/**
 * The whole application on a database of its own, as it runs for people: HTTP, jobs, built pages.
 * @param options.demonstration `people`: organs and accounts only; `all`: with the plan years; none: production
 * @param options.clock where its clock starts, e.g. `2026-11-23T09:00:00+08:00`
 */
export async function openStage(options: StageOptions): Promise<StageForTest> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'yunbao-stage-'))
  let offset = offsetOf(options.clock)
  const clock = () => new Date(Date.now() + offset)
  const { demonstration } = options
  const fresh = await (demonstration === 'none'
    ? freshDatabase({ empty: true })
    : demonstrationDatabase(demonstration, clock, dataDirectory))
  offset = offsetOf(options.clock) // making it took time
  const { wire = (url: string) => url } = options
  const application = await opened(
    { url: wire(fresh.url), appUrl: wire(fresh.appUrl) },
    dataDirectory,
    options.demonstration,
    clock,
    options,
  )
  return {
    application,
    address: application.address,
    dataDirectory,
    superuserUrl: fresh.superuserUrl,
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

function offsetOf(clock: string | undefined): number {
  return clock ? Date.parse(clock) - Date.now() : 0
}

function opened(
  { url, appUrl }: Pick<FreshDatabase, 'url' | 'appUrl'>,
  dataDirectory: string,
  extent: Extent,
  clock: () => Date,
  {
    port,
    log,
    publicRequestsPerMinute,
    oidc,
    filesPerMinute,
    clamd,
    trustedProxies,
    space,
  }: Omit<StageOptions, 'demonstration' | 'clock' | 'wire'> = {},
): Promise<Application> {
  const settings = {
    ...readSettings({
      PORT: String(port ?? 0),
      DATABASE_URL: url,
      DATABASE_APP_URL: appUrl,
      YUNBAO_DATA_DIR: dataDirectory,
      YUNBAO_MODE: extent === 'none' ? 'production' : 'demo',
      YUNBAO_FORGETFUL_DATABASE: 'true', // the databases of tests are quick
      YUNBAO_PUBLIC_REQUESTS_PER_MINUTE: String(publicRequestsPerMinute ?? 100_000),
      YUNBAO_CLAMD: clamd,
      YUNBAO_TRUSTED_PROXIES: trustedProxies?.join(),
      YUNBAO_FILES_PER_MINUTE: String(filesPerMinute ?? 100_000),
    }),
    clock,
    ...(oidc === undefined ? {} : { oidc }),
    ...(space === undefined ? {} : { space }),
  }
  return openApplication(settings, {
    chooseMode: async () => 'production',
    log: log ?? (() => {}),
    web: async () => join(import.meta.dirname, '..', 'dist', 'web'),
    version: 'test',
    logger: false,
    demonstration: extent === 'people' ? 'people' : 'all',
  })
}
