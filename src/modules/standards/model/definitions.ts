import { definitionsOf, type StandardDefinition } from './definition.ts'
import { consultationDefinitions } from './definitions/consultation.ts'
import { equipmentDefinitions } from './definitions/equipment.ts'
import { planDefinitions } from './definitions/plans.ts'
import { vehicleDefinitions } from './definitions/vehicles.ts'

/** Every code the system knows, with the form its rows must have. */
export const standardDefinitions: ReadonlyMap<string, StandardDefinition> = new Map(
  [...equipmentDefinitions, ...vehicleDefinitions, ...planDefinitions, ...consultationDefinitions].map((definition) => [
    definition.code,
    definition,
  ]),
)

/**
 * Families in which an authority or a finance department may open codes of its own (Art. 9): things by number and
 * price, services by their content, money by its amount. Rules know the codes of the registry only.
 */
const families: readonly StandardDefinition[] = [
  ...definitionsOf('equipment', ['A9-1'], [{ code: 'item.', title: '', kind: 'physical-quota', form: 'item' }]),
  ...definitionsOf('services', ['A9-1'], [{ code: 'service.', title: '', kind: 'service-standard', form: 'texts' }]),
  ...definitionsOf(
    'services',
    ['A9-3'],
    [
      {
        code: 'quota.',
        title: '',
        kind: 'expenditure-quota',
        form: 'amount',
        dimensions: ['level', 'rank'],
        growsWithRank: true,
      },
      {
        code: 'spending.',
        title: '',
        kind: 'spending-standard',
        form: 'amount',
        dimensions: ['level', 'rank'],
        growsWithRank: true,
      },
    ],
  ),
]

/** How rows of a code must look; null for a code outside the registry and its open families. */
export function definitionOf(code: string): StandardDefinition | null {
  const known = standardDefinitions.get(code)
  if (known) return known
  const family = families.find((candidate) => code.startsWith(candidate.code))
  return family && /^[a-z]+\.[a-z0-9][a-z0-9-]{0,50}$/.test(code) ? { ...family, code } : null
}
