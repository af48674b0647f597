import { createHash } from 'node:crypto'
import type { ModuleManifest } from '#kernel/module.ts'
import { transaction } from '#kernel/server/database.ts'
import { testAct } from '#kernel/testing/act.ts'
import { freshDatabase, preparedDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import { directory } from '../offers.ts'

/**
 * A database of its own with reference and demonstration of some modules, in this order, as of nine in the morning of a day.
 * Made once in a run for each day and order, and copied.
 */
export async function seededDatabase(
  today: string,
  modules: readonly Pick<ModuleManifest, 'name' | 'reference' | 'seed'>[],
  options: { max?: number } = {},
): Promise<FreshDatabase> {
  const order = [today, ...modules.map(({ name, reference, seed }) => `${name} ${!!reference} ${!!seed}`)].join()
  const name = `seeded_${createHash('sha256').update(order).digest('hex').slice(0, 20)}`
  const template = await preparedDatabase(name, ({ db }) =>
    transaction(db, async (tx) => {
      for (const { reference, seed } of modules) {
        await reference?.(testAct({ tx, today, directory }), () => {})
        await seed?.(testAct({ tx, today, directory }), () => {})
      }
    }),
  )
  return freshDatabase({ ...options, template })
}
