import { defineContract } from '#kernel/pure/contract.ts'
import { fulfilmentOperations } from './contract/fulfilment.ts'
import { complaintOperations } from './contract/complaints.ts'
import { purchasingOperations } from './contract/purchasing.ts'
import { questionOperations } from './contract/questions.ts'
import { requestOperations } from './contract/requests.ts'

export const contract = defineContract('procurement', {
  ...requestOperations,
  ...purchasingOperations,
  ...fulfilmentOperations,
  ...questionOperations,
  ...complaintOperations,
})
