import type { Basis } from '#kernel/pure/verdict.ts'

const regulation = '《山西省机关运行保障条例》'

/** The provisions this module carries; a finding quotes one of these, so the screen can show its ground. */
export const law = {
  ownLevel: { norm: 'A6-1', citation: `${regulation}第六条` },
  budgetHolder: { norm: 'A10-1', citation: `${regulation}第十条` },
  planIsBasis: { norm: 'A31-1', citation: `${regulation}第三十一条第一款、第三十三条第二款` },
  budgetFromPlan: { norm: 'A33-4', citation: `${regulation}第三十三条第二款` },
  economicCodes: { norm: null, citation: '《支出经济分类科目》（财预〔2017〕98号）' },
  budgetTransfer: { norm: null, citation: '《中华人民共和国预算法》第七十二条' },
  threePublic: {
    norm: null,
    citation: '《党政机关厉行节约反对浪费条例》；《地方预决算公开操作规程》（财预〔2016〕143号）',
  },
} as const satisfies Record<string, Basis>
