import { define } from '../definition.ts'

/** The ladder of leadership tiers that entitlements follow. */
export const rankDefinitions = define(
  'ranks',
  'parameter',
  ['A8-1', 'A18-1', 'A22-1'],
  [
    ['rank.ladder', '职务层次与职级对应', 'ladder', { dimensions: ['rank'] }],
    ['rank.entitlement-by-zhiji', '无领导职务人员按职级享受配置标准', 'switch'],
  ],
)
