import type { Basis } from '#kernel/pure/verdict.ts'

const regulation = '《山西省机关运行保障条例》'

/** The provisions this module carries; a refusal quotes one of these. */
export const law = {
  serviceOptimised: { norm: 'A5-1', citation: `${regulation}第五条` },
  opinionsAsked: { norm: 'A9-1', citation: `${regulation}第九条第一款` },
  askedRegularly: { norm: 'A38-1', citation: `${regulation}第三十八条` },
  ownLevel: { norm: 'A6-1', citation: `${regulation}第六条` },
  secrecy: { norm: 'A44-1', citation: `${regulation}第四十四条` },
} as const satisfies Record<string, Basis>
