import type { Basis } from '#kernel/pure/verdict.ts'

const regulation = '《山西省机关运行保障条例》'
const reuse = '《关于盘活行政事业单位国有资产的指导意见》（财资〔2022〕124号）'

/** The provisions this module carries: what is there already is used before anything is bought. */
export const law = {
  guidance: { norm: 'A6-1', citation: `${regulation}第六条` },
  equipmentStandard: { norm: 'A22-1', citation: `${regulation}第二十二条` },
  sharing: { norm: 'A23-2', citation: `${regulation}第二十三条；${reuse}` },
  adjustment: { norm: 'A35-1', citation: `${regulation}第三十五条` },
  review: { norm: 'A33-1', citation: `${regulation}第三十三条第一款` },
} as const satisfies Record<string, Basis>
