import { define, type StandardDefinition } from './definition.ts'
import { assetDefinitions } from './definitions/assets.ts'
import { constructionDefinitions } from './definitions/construction.ts'
import { consultationDefinitions } from './definitions/consultation.ts'
import { equipment2014Definitions, equipmentDefinitions } from './definitions/equipment.ts'
import { oversightDefinitions } from './definitions/oversight.ts'
import { planDefinitions } from './definitions/plans.ts'
import { premisesDefinitions } from './definitions/premises.ts'
import { procurementDefinitions } from './definitions/procurement.ts'
import { rankDefinitions } from './definitions/ranks.ts'
import { settingDefinitions } from './definitions/setting.ts'
import { vehicleDefinitions } from './definitions/vehicles.ts'
import { warehouseDefinitions } from './definitions/warehouse.ts'

/** Every code the system knows, with the form its rows must have. */
export const standardDefinitions: ReadonlyMap<string, StandardDefinition> = new Map(
  [
    ...equipmentDefinitions,
    ...equipment2014Definitions,
    ...premisesDefinitions,
    ...constructionDefinitions,
    ...vehicleDefinitions,
    ...assetDefinitions,
    ...warehouseDefinitions,
    ...procurementDefinitions,
    ...rankDefinitions,
    ...planDefinitions,
    ...oversightDefinitions,
    ...consultationDefinitions,
    ...settingDefinitions,
  ].map((definition) => [definition.code, definition]),
)

const byLevelAndRank = { dimensions: ['level', 'rank'], growsWithRank: true } as const
/**
 * Families in which an authority or a finance department may open codes of its own (Art. 9): things by number and
 * price, services by their content, money by its amount. Rules know the codes of the registry only.
 */
const families: readonly StandardDefinition[] = [
  ...define('equipment', 'physical-quota', ['A9-1'], [['item.', '', 'item']]),
  ...define('services', 'service-standard', ['A9-1'], [['service.', '', 'texts']]),
  ...define('services', 'expenditure-quota', ['A9-3'], [['quota.', '', 'amount', byLevelAndRank]]),
  ...define('services', 'spending-standard', ['A9-3'], [['spending.', '', 'amount', byLevelAndRank]]),
]

/** How rows of a code must look; null for a code outside the registry and its open families. */
export function definitionOf(code: string): StandardDefinition | null {
  const known = standardDefinitions.get(code)
  if (known) return known
  const family = families.find((candidate) => code.startsWith(candidate.code))
  return family && /^[a-z]+\.[a-z0-9][a-z0-9-]{0,50}$/.test(code) ? { ...family, code } : null
}
