import type { Basis } from '#kernel/pure/verdict.ts'

/** Provisions of the Regulation that the module's refusals and findings cite. */
export const law = {
  wholeLife: { norm: 'A12-2', citation: '《山西省机关运行保障条例》第十二条第二款' },
  financeConsent: { norm: 'A12-3', citation: '《山西省机关运行保障条例》第十二条第二款' },
  dailyCare: { norm: 'A12-4', citation: '《山西省机关运行保障条例》第十二条第三款' },
  lending: { norm: 'A12-4', citation: '《山西省省级行政单位国有资产出租出借管理办法》（山西省财政厅2014年）' },
  equipmentStandard: { norm: 'A22-1', citation: '《山西省机关运行保障条例》第二十二条' },
  ownLevel: { norm: 'A6-1', citation: '《山西省机关运行保障条例》第六条' },
  secrecy: { norm: 'A44-1', citation: '《山西省机关运行保障条例》第四十四条' },
  depreciation: { norm: 'A12-2', citation: '《〈政府会计准则第3号——固定资产〉应用指南》（财会〔2017〕4号）' },
} as const satisfies Record<string, Basis>
