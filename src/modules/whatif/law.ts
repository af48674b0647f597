import type { Basis } from '#kernel/pure/verdict.ts'

const regulation = '《山西省机关运行保障条例》'

/** The provisions this module serves: standards are adjusted in step with what they cost, and costs are analysed. */
export const law = {
  inStep: { norm: 'A5-1', citation: `${regulation}第五条` },
  guidance: { norm: 'A6-1', citation: `${regulation}第六条` },
  adjustment: { norm: 'A9-2', citation: `${regulation}第九条第一款` },
  analysis: { norm: 'A14-1', citation: `${regulation}第十四条` },
} as const satisfies Record<string, Basis>
