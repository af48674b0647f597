import { defineContract } from '#kernel/pure/contract.ts'
import { countingOperations } from './contract/counting.ts'
import { countOperations } from './contract/counts.ts'
import { differenceOperations } from './contract/differences.ts'

export const contract = defineContract('stocktaking', {
  ...countOperations,
  ...countingOperations,
  ...differenceOperations,
})
