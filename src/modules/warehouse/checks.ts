import type { VerifyCheck } from '#kernel/module.ts'
import { faultsOf } from './store/check.ts'

/** What `yunbao verify` recomputes of the warehouse: every thing stands where its holds and requests say. */
export const checks: readonly VerifyCheck[] = [
  {
    name: 'warehouse-items',
    title: '公物仓物品与借用、调拨一致',
    check: async (tx) => faultsOf(tx),
  },
]
