import { defineContract } from '#kernel/pure/contract.ts'
import { fulfilmentOperations } from './contract/fulfilment.ts'
import { purchasingOperations } from './contract/purchasing.ts'
import { requestOperations } from './contract/requests.ts'

export const contract = defineContract('procurement', {
  ...requestOperations,
  ...purchasingOperations,
  ...fulfilmentOperations,
})
