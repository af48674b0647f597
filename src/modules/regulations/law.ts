import type { Basis } from '#kernel/pure/verdict.ts'

const regulation = '《山西省机关运行保障条例》'

/** The provisions this module carries; a refusal quotes one of these, so the screen can show its ground. */
export const law = {
  authority: { norm: 'A6-1', citation: `${regulation}第六条第一款` },
  carriedOut: { norm: 'A8-1', citation: `${regulation}第八条` },
  standardsSystem: { norm: 'A15-1', citation: `${regulation}第十五条` },
  secrecy: { norm: 'A44-1', citation: `${regulation}第四十四条` },
} as const satisfies Record<string, Basis>
