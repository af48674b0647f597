import type { Basis } from '#kernel/pure/verdict.ts'

/** What this module carries; a refusal quotes one of these. */
export const law = {
  supervision: { norm: 'A39-1', citation: '《山西省机关运行保障条例》第三十九条' },
} as const satisfies Record<string, Basis>
