import type { Basis } from '#kernel/pure/verdict.ts'

/** Provisions of the Regulation that the module's refusals and findings cite. */
export const law = {
  dailyCare: { norm: 'A12-4', citation: '《山西省机关运行保障条例》第十二条第三款' },
  wholeLife: { norm: 'A12-2', citation: '《山西省机关运行保障条例》第十二条第二款' },
  withinPlan: { norm: 'A34-2', citation: '《山西省机关运行保障条例》第三十四条' },
  secrecy: { norm: 'A44-1', citation: '《山西省机关运行保障条例》第四十四条' },
  budgetYear: { norm: 'A34-2', citation: '《中华人民共和国预算法》第十八条' },
} as const satisfies Record<string, Basis>
