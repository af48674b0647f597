import { defineContract } from '#kernel/pure/contract.ts'
import { cardOperations } from './contract/cards.ts'
import { customFieldOperations } from './contract/custom-fields.ts'
import { depreciationOperations } from './contract/depreciation.ts'
import { handoverOperations } from './contract/handovers.ts'
import { importOperations } from './contract/imports.ts'
import { loanOperations } from './contract/loans.ts'
import { regroupingOperations } from './contract/regroupings.ts'
import { scanOperations } from './contract/scanning.ts'

export const contract = defineContract('assets', {
  ...cardOperations,
  ...importOperations,
  ...handoverOperations,
  ...depreciationOperations,
  ...customFieldOperations,
  ...regroupingOperations,
  ...loanOperations,
  ...scanOperations,
})
