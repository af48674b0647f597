import type { Rank } from '#modules/organs/model.ts'
import type { FurnitureColumn } from '../model/value.ts'
import { projectDefault, rowsOf, type StandardSeed } from './seed.ts'

const law = rowsOf('《中华人民共和国公务员法》第十八条、第十九条', '2019-06-01', 'A')
const ladder: readonly [Rank, number, string, readonly string[], FurnitureColumn][] = [
  ['province-chief', 3, '8—4级', [], 'separate'],
  ['province-deputy', 4, '10—6级', [], 'separate'],
  ['bureau-chief', 5, '13—8级', ['一级巡视员'], 'bureau'],
  ['bureau-deputy', 6, '15—10级', ['二级巡视员'], 'bureau'],
  ['division-chief', 7, '18—12级', ['一级调研员', '二级调研员'], 'division'],
  ['division-deputy', 8, '20—14级', ['三级调研员', '四级调研员'], 'division'],
  ['section-chief', 9, '22—16级', ['一级主任科员', '二级主任科员'], 'division'],
  ['section-deputy', 10, '24—17级', ['三级主任科员', '四级主任科员'], 'division'],
  ['clerk', 11, '27—18级', ['一级科员', '二级科员'], 'division'],
]

/** The ladder of the Civil Servants Law as entitlements read it. */
export const rankStandards: readonly StandardSeed[] = [
  ...ladder.map(([rank, sequence, grades, zhiji, furniture]) =>
    law('rank.ladder', { form: 'ladder', sequence, grades, zhiji: [...zhiji], furniture }, '', {
      rank,
      ...(rank === 'section-deputy' ? { note: '四级主任科员级别跨度各本不一（24—18或24—17级）。' } : {}),
    }),
  ),
  projectDefault('rank.entitlement-by-zhiji', { form: 'switch', on: false }, '', {
    confidence: 'C',
    note: '默认按领导职务层次；只有职级的按“以下”一档，一、二级巡视员各地做法不一。',
  }),
]
