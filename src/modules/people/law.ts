import type { Basis } from '#kernel/pure/verdict.ts'

const identity = 'GB/T 22239-2019《网络安全等级保护基本要求》8.1.4.1'

/** The provisions this module carries. */
export const law = {
  sharing: { norm: 'A7-1', citation: '《山西省机关运行保障条例》第七条' },
  authority: { norm: 'A6-1', citation: '《山西省机关运行保障条例》第六条第一款' },
  finance: { norm: 'A6-3', citation: '《山西省机关运行保障条例》第六条第三款' },
  supervisors: { norm: 'A40-1', citation: '《山西省机关运行保障条例》第四十条' },
  passwords: { norm: null, citation: `${identity} a)` },
  failedSignIns: { norm: null, citation: `${identity} b)` },
  secondFactor: { norm: null, citation: `${identity} d)` },
  stepUp: { norm: null, citation: 'OWASP ASVS 5.0 7.5.3' },
  sessions: { norm: null, citation: `${identity} b)；OWASP ASVS 5.0 7.4.5` },
  separation: { norm: null, citation: 'GB/T 22239-2019 8.1.4.2 d)、8.1.5（三员分立）' },
  leastPrivilege: { norm: null, citation: 'GB/T 22239-2019 8.1.4.2 d)' },
  accounts: { norm: null, citation: 'GB/T 22239-2019 8.1.4.2 b)、c)' },
  leastData: { norm: null, citation: '《中华人民共和国个人信息保护法》第六条；GB/T 22239-2019 8.1.4.11' },
  strictProtection: { norm: null, citation: '《中华人民共和国个人信息保护法》第二十八条、第五十一条' },
  ownData: { norm: null, citation: '《中华人民共和国个人信息保护法》第四十五条、第四十六条' },
  projectDefault: { norm: null, citation: '项目默认值' },
} as const satisfies Record<string, Basis>
