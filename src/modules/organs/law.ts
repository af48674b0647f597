import type { Basis } from '#kernel/pure/verdict.ts'

const regulation = '《山西省机关运行保障条例》'

/** The provisions this module carries; a refusal quotes one of these, so the screen can show its ground. */
export const law = {
  organKinds: { norm: 'A2-1', citation: `${regulation}第二条第一款` },
  tradeUnion: { norm: 'A2-2', citation: `${regulation}第二条第二款` },
  authority: { norm: 'A6-1', citation: `${regulation}第六条第一款` },
  otherDepartments: { norm: 'A6-3', citation: `${regulation}第六条第三款` },
  sharing: { norm: 'A7-1', citation: `${regulation}第七条` },
  store: { norm: 'A23-1', citation: `${regulation}第二十三条` },
  callUp: { norm: 'A30-2', citation: `${regulation}第三十条` },
  secrecy: { norm: 'A44-1', citation: `${regulation}第四十四条` },
  divisionCodes: { norm: null, citation: '《中华人民共和国行政区划代码》（GB/T 2260）' },
  creditCode: { norm: null, citation: '《法人和其他组织统一社会信用代码编码规则》（GB 32100）' },
  headcount: { norm: null, citation: '机构编制管理规定：实有人员不超过核定编制' },
} as const satisfies Record<string, Basis>
