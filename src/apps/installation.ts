import { sql } from 'kysely'
import type { ModuleManifest } from '#kernel/module.ts'
import type { Act } from '#kernel/server/context.ts'
import { transaction, type Database } from '#kernel/server/database.ts'
import type { Sealer } from '#kernel/server/audit/sealer.ts'
import { demonstrationSteps } from './demonstration/demonstration.ts'
import type { Settings } from './settings.ts'

export type Mode = 'demo' | 'production'
type InAct = <T>(work: (act: Act) => Promise<T>) => Promise<T>

/** Chosen at the first start and kept with the data: a production system never turns into a demonstration, or back. */
export async function installationMode(
  db: Database,
  settings: Settings,
  chooseMode: () => Promise<Mode>,
): Promise<{ mode: Mode; isNew: boolean }> {
  const known = await transaction(
    db,
    async (tx) =>
      (await sql<{ value: Mode }>`select value from kernel.installation where key = 'mode'`.execute(tx)).rows[0]?.value,
  )
  if (known) {
    if (settings.mode !== undefined && settings.mode !== known)
      throw new Error(
        `数据目录按“${known === 'demo' ? '演示' : '正式'}”模式建立，不能改用 YUNBAO_MODE=${settings.mode}。请用 YUNBAO_DATA_DIR 指定另一个目录。`,
      )
    return { mode: known, isNew: false }
  }
  const mode = settings.mode ?? (await chooseMode())
  await transaction(db, (tx) =>
    sql`insert into kernel.installation (key, value) values ('mode', ${mode}) on conflict do nothing`.execute(tx),
  )
  return { mode, isNew: true }
}

/** What every installation knows: organs and jurisdictions, standards, the Regulation. */
export async function loadReference(modules: readonly ModuleManifest[], act: InAct): Promise<void> {
  for (const module of modules)
    if (module.reference) await act((system) => module.reference?.(system, () => {}) ?? Promise.resolve())
}

/** Each part once and in a transaction of its own; a start that was killed goes on where it stopped. */
export async function loadDemonstration(
  db: Database,
  modules: readonly ModuleManifest[],
  today: string,
  extent: 'all' | 'people',
  act: InAct,
  log: (line: string) => void,
  sealer: Sealer,
): Promise<void> {
  const known = await transaction(
    db,
    async (tx) =>
      (
        await sql<{
          key: string
          value: string
        }>`select key, value from kernel.installation where key like 'demonstration.%'`.execute(tx)
      ).rows,
  )
  const firstDay = known.find(({ key }) => key === 'demonstration.day')?.value ?? today
  const steps = [
    ...modules.flatMap(({ name, title, seed }) =>
      seed ? [{ key: name, title, run: (system: Act) => Promise.resolve(seed(system, () => {})).then(() => '') }] : [],
    ),
    ...(extent === 'all' ? demonstrationSteps(firstDay) : []),
  ]
  const open = steps.filter(({ key }) => !known.some((row) => row.key === `demonstration.${key}`))
  if (open.length === 0) return
  await act(({ tx }) =>
    sql`insert into kernel.installation (key, value) values ('demonstration.day', ${firstDay}) on conflict do nothing`.execute(
      tx,
    ),
  )
  for (const [index, { key, title, run }] of open.entries()) {
    const startedAt = performance.now()
    const said = await act(async (system) => {
      await sql`insert into kernel.installation (key, value) values (${`demonstration.${key}`}, 'loaded')`.execute(
        system.tx,
      )
      return run(system)
    })
    await sealer.round().catch(() => {}) // so that papers of later steps carry a checkpoint; else the next round does it
    log(
      `演示数据 ${index + 1}/${open.length} ${title}${said ? `（${said}）` : ''} ${((performance.now() - startedAt) / 1000).toFixed(1)} 秒`,
    )
  }
}
