import { transaction } from '#kernel/server/database.ts'
import { systemScope } from '#kernel/server/scope.ts'
import type { World } from './doing.ts'
import { queries } from './found-objects.ts'
import { given } from './given.ts'
import { makeObjects } from './made-objects.ts'
import type { Places } from './places.ts'

/** What is asked for: the value of a path parameter or a field, by `<module>.<name>` or `<module>.<operation>.<name>`. */
export type Objects = Map<string, unknown>

/** Finds or makes an object for everything the operations ask for. */
export async function objectsOf(world: World, places: Places): Promise<Objects> {
  const objects: Objects = new Map(Object.entries(given))
  await makeObjects(world, places, objects)
  await transaction(
    world.parts.db,
    async (tx) => {
      for (const [name, query] of Object.entries(queries)) {
        const { rows } = (await query.execute(tx)) as { rows: { id: unknown; version?: number }[] }
        const [row] = rows
        if (!row) throw new Error(`the demonstration has nothing for ${name}`)
        if (!objects.has(name)) objects.set(name, String(row.id))
        if (row.version !== undefined) objects.set(`${name}.version`, row.version)
      }
    },
    { scope: systemScope },
  )
  objects.set('content', objects.get('record.content'))
  objects.set('warehouse.takeOffThings.cardIds', [objects.get('warehouse.used')])
  for (const name of ['handInThings', 'keepThings'])
    objects.set(`warehouse.${name}.cardIds`, [objects.get('warehouse.left')])
  objects.set('warehouse.fileRequest.itemIds', [objects.get('warehouse.itemId')])
  const scenarioId = objects.get('whatif.scenarioId')
  objects.set('whatif.compareScenarios.scenarioIds', [scenarioId, scenarioId])
  objects.set('procurement.supplementContract.items', [{ itemId: objects.get('procurement.itemId'), quantity: 1 }])
  const listed = { applicationId: objects.get('disposal.listedId'), version: objects.get('disposal.listedId.version') }
  objects.set('disposal.consentByList.applications', [listed])
  for (const name of ['consentClosing', 'returnClosing'])
    objects.set(`plans.${name}.version`, objects.get(`plans.${name}.cycleId.version`))
  objects.set('organs.ifMatch', objects.get('organs.organId.version'))
  objects.set('cases.askSignature.organId', places.other.organ.id)
  return objects
}
