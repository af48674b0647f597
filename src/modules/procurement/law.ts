import type { Basis } from '#kernel/pure/verdict.ts'

const regulation = '《山西省机关运行保障条例》'
const act = '《中华人民共和国政府采购法》'
const rules = '《中华人民共和国政府采购法实施条例》（国务院令第658号）'

/** Provisions that the module's refusals and findings cite. */
export const law = {
  soundPurchasing: { norm: 'A11-1', citation: `${regulation}第十一条第一款` },
  purchasingLaw: { norm: 'A11-2', citation: `${regulation}第十一条第二款` },
  openSelection: { norm: 'A13-1', citation: `${regulation}第十三条` },
  oversight: { norm: 'A12-1', citation: `${regulation}第十二条第一款` },
  centralProvision: { norm: 'A22-2', citation: `${regulation}第二十二条` },
  wholeLife: { norm: 'A12-2', citation: `${regulation}第十二条第二款` },
  warehouseFirst: { norm: 'A23-2', citation: `${regulation}第二十三条；财资〔2022〕124号` },
  withinPlan: { norm: 'A34-2', citation: `${regulation}第三十四条` },
  budgetYear: { norm: 'A34-2', citation: '《中华人民共和国预算法》第十八条' },
  secrecy: { norm: 'A44-1', citation: `${regulation}第四十四条` },
  centralised: { norm: 'A11-2', citation: `${act}第十八条` },
  openTender: { norm: 'A11-2', citation: `${act}第二十七条` },
  singleSource: { norm: 'A11-2', citation: `${act}第三十一条` },
  notice: { norm: 'A11-2', citation: `${act}第三十五条` },
  suppliers: { norm: 'A11-2', citation: `${act}第三十六条、第三十八条、第四十条` },
  lowestPrice: { norm: 'A11-2', citation: '《政府采购非招标采购方式管理办法》（财政部令第74号）第四十八条' },
  acceptance: { norm: 'A11-1', citation: `${act}第四十一条` },
  contract: { norm: 'A11-2', citation: `${act}第四十六条` },
  performanceBond: { norm: 'A11-2', citation: `${rules}第四十八条` },
  publicity: { norm: 'A11-2', citation: `${rules}第三十八条` },
  question: { norm: 'A11-2', citation: `${act}第五十二条` },
  answer: { norm: 'A11-2', citation: `${act}第五十一条、第五十三条` },
  holdContract: { norm: 'A11-2', citation: `${rules}第五十四条` },
  complaint: { norm: 'A11-2', citation: `${act}第五十五条` },
  decision: { norm: 'A11-2', citation: `${act}第五十六条；《政府采购质疑和投诉办法》（财政部令第94号）` },
  suspension: { norm: 'A11-2', citation: `${act}第五十七条` },
  payment: { norm: 'A11-1', citation: '《保障中小企业款项支付条例》（国务院令第728号）' },
} as const satisfies Record<string, Basis>
