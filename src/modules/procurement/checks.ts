import type { VerifyCheck } from '#kernel/module.ts'
import { faultyPurchases } from './store/deadline.ts'

export const checks: readonly VerifyCheck[] = [
  {
    name: 'procurement-money',
    title: '采购的占用、验收与支付',
    check: async (tx) => {
      const { checked, faults } = await faultyPurchases(tx)
      return { checked, faults: faults.map(({ number, what }) => `采购 ${number}：${what}`) }
    },
  },
]
