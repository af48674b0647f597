import type { Basis } from '#kernel/pure/verdict.ts'

const regulation = '《山西省机关运行保障条例》'

/** The provisions this module carries; a finding quotes one of these, so the screen can show its ground. */
export const law = {
  tradeUnion: { norm: 'A2-2', citation: `${regulation}第二条第二款` },
  thrift: { norm: 'A8-1', citation: `${regulation}第八条` },
  budgetHolder: { norm: 'A10-1', citation: `${regulation}第十条` },
  equipmentStandard: { norm: 'A22-1', citation: `${regulation}第二十二条` },
  vehicles: { norm: 'A21-1', citation: `${regulation}第二十一条` },
  warehouse: {
    norm: 'A23-2',
    citation: `${regulation}第二十三条；《关于盘活行政事业单位国有资产的指导意见》（财资〔2022〕124号）`,
  },
  planContent: { norm: 'A31-2', citation: `${regulation}第三十一条第二款` },
  needKinds: { norm: 'A31-3', citation: `${regulation}第三十一条第三款` },
  planIsBasis: { norm: 'A31-1', citation: `${regulation}第三十一条第一款、第三十三条第二款` },
  application: { norm: 'A32-1', citation: `${regulation}第三十二条` },
  review: { norm: 'A33-1', citation: `${regulation}第三十三条第一款` },
  centralisedPlan: { norm: 'A33-2', citation: `${regulation}第三十三条第一款` },
  notice: { norm: 'A33-3', citation: `${regulation}第三十三条第一款` },
  budget: { norm: 'A33-4', citation: `${regulation}第三十三条第二款` },
  carryOut: { norm: 'A34-1', citation: `${regulation}第三十四条` },
  notBeyondPlan: { norm: 'A34-2', citation: `${regulation}第三十四条` },
  adjustFirst: { norm: 'A35-1', citation: `${regulation}第三十五条` },
  fileAdjustment: { norm: 'A35-2', citation: `${regulation}第三十五条` },
  executionReport: { norm: 'A36-1', citation: `${regulation}第三十六条第一款` },
  consolidatedReport: { norm: 'A36-2', citation: `${regulation}第三十六条第二款` },
  secrecy: { norm: 'A44-1', citation: `${regulation}第四十四条` },
  economicCodes: { norm: null, citation: '《支出经济分类科目》（财预〔2017〕98号）' },
  budgetYear: { norm: null, citation: '《中华人民共和国预算法》第十八条' },
  carryOver: { norm: null, citation: '《中华人民共和国预算法》第五十四条' },
  budgetTransfer: { norm: null, citation: '《中华人民共和国预算法》第七十二条' },
  threePublic: {
    norm: null,
    citation: '《党政机关厉行节约反对浪费条例》；《地方预决算公开操作规程》（财预〔2016〕143号）',
  },
} as const satisfies Record<string, Basis>
