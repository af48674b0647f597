import type { VerifyCheck } from '#kernel/module.ts'
import { stockDiffers } from './store/stock.ts'

/** What `yunbao verify` recomputes of the stock: it is the sum of its ledger. */
export const checks: readonly VerifyCheck[] = [
  {
    name: 'consumables-stock',
    title: '低值易耗品库存与收发明细',
    check: async (tx) => {
      const { checked, numbers } = await stockDiffers(tx)
      return { checked, faults: numbers.map((number) => `物品 ${number} 的库存与收发明细之和不符`) }
    },
  },
]
