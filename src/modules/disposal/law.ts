import type { Basis } from '#kernel/pure/verdict.ts'

/** Provisions that the module's refusals and findings cite. */
export const law = {
  oversight: { norm: 'A12-1', citation: '《山西省机关运行保障条例》第十二条第一款' },
  financeConsent: { norm: 'A12-3', citation: '《山西省机关运行保障条例》第十二条第二款' },
  wholeLife: { norm: 'A12-2', citation: '《山西省机关运行保障条例》第十二条第二款' },
  proceeds: { norm: 'A12-5', citation: '《山西省机关运行保障条例》第十二条第四款' },
  dailyCare: { norm: 'A12-4', citation: '《山西省机关运行保障条例》第十二条第三款' },
  warehouseFirst: { norm: 'A23-1', citation: '《山西省机关运行保障条例》第二十三条' },
  noInvestment: {
    norm: 'A12-2',
    citation: '《行政事业性国有资产管理条例》（国务院令第738号）第十九条；《山西省机关运行保障条例》第十二条第二款',
  },
  leastLife: {
    norm: 'A12-2',
    citation:
      '《中央行政单位通用办公设备家具配置标准》（财资〔2016〕27号）第五条；《山西省机关运行保障条例》第十二条第二款',
  },
  erasure: {
    norm: 'A12-2',
    citation: '《中华人民共和国保守国家秘密法》（2024年修订）；《山西省机关运行保障条例》第十二条第二款',
  },
  secrecy: { norm: 'A44-1', citation: '《山西省机关运行保障条例》第四十四条' },
} as const satisfies Record<string, Basis>
