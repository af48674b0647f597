import { defineContract } from '#kernel/pure/contract.ts'
import { adjustmentOperations } from './contract/adjustment.ts'
import { closingOperations } from './contract/closing.ts'
import { cycleOperations } from './contract/cycle.ts'
import { demandOperations } from './contract/demand.ts'
import { planOperations } from './contract/plan.ts'
import { reportOperations } from './contract/report.ts'
import { reviewOperations } from './contract/review.ts'

/** The HTTP surface of the annual plan 年度保障计划, one file a subject. */
export const contract = defineContract('plans', {
  ...cycleOperations,
  ...closingOperations,
  ...demandOperations,
  ...reviewOperations,
  ...planOperations,
  ...adjustmentOperations,
  ...reportOperations,
})
