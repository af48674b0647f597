import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { inject } from 'vitest'
import { localDateOf } from '#kernel/pure/local-date.ts'
import { freshDatabase, preparedDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import { openGround } from '../application.ts'
import { demonstrationSteps } from '../demonstration/demonstration.ts'
import { readSettings } from '../settings.ts'

/**
 * How much of the demonstration: organs and accounts, everything, or the plan years of one level on top of organs and accounts
 * (`140121`; one of them: `140121-2026`).
 */
export type DemonstrationExtent = 'people' | 'all' | { planYears: string }

/**
 * A database of its own with the demonstration, and what belongs to it in `dataDirectory` (keys, files, anchors). Each extent is
 * made once in a run for each day, upon the smaller one, and copied: making all of it takes half a minute.
 * @param now the clock of the demonstration
 */
export async function demonstrationDatabase(
  extent: DemonstrationExtent,
  now: () => Date,
  dataDirectory: string,
): Promise<FreshDatabase> {
  const template = await prepared(extent, now)
  await copyFiles(filesOf(template), dataDirectory)
  return freshDatabase({ template })
}

async function prepared(extent: DemonstrationExtent, now: () => Date): Promise<string> {
  const day = localDateOf(now())
  const before = extent === 'people' ? null : await prepared('people', now)
  const part = typeof extent === 'string' ? extent : `plans_${extent.planYears}`
  const name = `demonstration_${part}_${day}`.replaceAll('-', '_')
  const directory = filesOf(name)
  const fill = async ({ url, appUrl }: FreshDatabase) => {
    await rm(directory, { recursive: true, force: true }) // of one that failed half-way
    if (before) await copyFiles(filesOf(before), directory)
    const env = { DATABASE_URL: url, DATABASE_APP_URL: appUrl, YUNBAO_DATA_DIR: directory, YUNBAO_MODE: 'demo' }
    const ground = await openGround(
      { ...readSettings(env), clock: now },
      async () => 'demo',
      () => {},
      { demonstration: extent === 'all' ? 'all' : 'people' },
    )
    try {
      if (typeof extent === 'object')
        for (const { key, run } of demonstrationSteps(day)) if (key.startsWith(extent.planYears)) await ground.act(run)
    } finally {
      await ground.close()
    }
  }
  return preparedDatabase(name, fill, before ? { template: before } : {})
}

/** With the cluster of the run, and gone with it. */
function filesOf(template: string): string {
  return join(inject('testCluster').directory, template)
}

function copyFiles(from: string, to: string): Promise<void> {
  return cp(from, to, { recursive: true, preserveTimestamps: true })
}
