/** The provisions this module carries. */
export const law = {
  carryOut: { norm: 'A34-1', citation: '《山西省机关运行保障条例》第三十四条' },
  notBeyondPlan: { norm: 'A34-2', citation: '《山西省机关运行保障条例》第三十四条' },
} as const
