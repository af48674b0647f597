import type { Basis } from '#kernel/pure/verdict.ts'

/** Provisions that refusals of this module cite. */
export const law = {
  dailyCare: { norm: 'A12-4', citation: '《山西省机关运行保障条例》第十二条第三款' },
  secrecy: { norm: 'A44-1', citation: '《山西省机关运行保障条例》第四十四条' },
} as const satisfies Record<string, Basis>
