/** The provisions this module carries. */
export const law = {
  carryOut: { norm: 'A34-1', citation: '《山西省机关运行保障条例》第三十四条' },
  notBeyondPlan: { norm: 'A34-2', citation: '《山西省机关运行保障条例》第三十四条' },
  budgetYear: { norm: null, citation: '《中华人民共和国预算法》第十八条' },
} as const
