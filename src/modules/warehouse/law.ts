import type { Basis } from '#kernel/pure/verdict.ts'

/** Provisions of the Regulation and the rules that the module's refusals and findings cite. */
export const law = {
  warehouse: { norm: 'A23-1', citation: '《山西省机关运行保障条例》第二十三条' },
  sharing: { norm: 'A23-2', citation: '《山西省机关运行保障条例》第二十三条' },
  equipmentStandard: { norm: 'A22-1', citation: '《山西省机关运行保障条例》第二十二条' },
  financeConsent: { norm: 'A12-3', citation: '《山西省机关运行保障条例》第十二条第二款' },
  ownLevel: { norm: 'A6-1', citation: '《山西省机关运行保障条例》第六条' },
  secrecy: { norm: 'A44-1', citation: '《山西省机关运行保障条例》第四十四条' },
  intakePapers: { norm: 'A23-1', citation: '《行政事业单位公物仓入仓管理规范》（DB3713/T 204—2020）' },
} as const satisfies Record<string, Basis>
