import type { Basis } from '#kernel/pure/verdict.ts'

/** The provisions this module carries. */
export const law = {
  leastPrivilege: { norm: null, citation: 'GB/T 22239-2019 8.1.4.2 d)' },
  securityAdministrator: { norm: null, citation: 'GB/T 22239-2019 8.1.5（三员分立）' },
  projectDefault: { norm: null, citation: '项目默认值' },
} as const satisfies Record<string, Basis>
