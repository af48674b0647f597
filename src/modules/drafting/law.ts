import type { Basis } from '#kernel/pure/verdict.ts'

const regulation = '《山西省机关运行保障条例》'

/** The provisions this module carries; a finding quotes one of these, so the screen can show its ground. */
export const law = {
  provinceWide: { norm: 'A6-2', citation: `${regulation}第六条第二款` },
  ownLevel: { norm: 'A6-1', citation: `${regulation}第六条第一款` },
  consultation: { norm: 'A9-1', citation: `${regulation}第九条第一款` },
  adjustment: { norm: 'A9-2', citation: `${regulation}第九条第一款` },
  expenditure: { norm: 'A9-3', citation: `${regulation}第九条第二款` },
  centralised: { norm: 'A10-1', citation: `${regulation}第十条` },
  commonEquipment: { norm: 'A22-2', citation: `${regulation}第二十二条` },
  needKinds: { norm: 'A31-3', citation: `${regulation}第三十一条第三款` },
  standardsSystem: { norm: 'A15-1', citation: `${regulation}第十五条` },
  secrecy: { norm: 'A44-1', citation: `${regulation}第四十四条` },
} as const satisfies Record<string, Basis>
