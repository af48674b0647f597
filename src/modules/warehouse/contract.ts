import { defineContract } from '#kernel/pure/contract.ts'
import { bodyOperations } from './contract/bodies.ts'
import { clearanceOperations } from './contract/clearances.ts'
import { figureOperations } from './contract/figures.ts'
import { intakeOperations } from './contract/intakes.ts'
import { itemOperations } from './contract/items.ts'
import { levelOperations } from './contract/levels.ts'
import { overStandardOperations } from './contract/over-standard.ts'
import { requestOperations } from './contract/requests.ts'

export const contract = defineContract('warehouse', {
  ...itemOperations,
  ...intakeOperations,
  ...requestOperations,
  ...bodyOperations,
  ...clearanceOperations,
  ...levelOperations,
  ...overStandardOperations,
  ...figureOperations,
})
