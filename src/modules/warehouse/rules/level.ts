import { provided, type Verdict } from '#kernel/pure/verdict.ts'
import { isBelow } from '#modules/organs/model.ts'
import { lineage } from '#modules/standards/rules/in-force.ts'
import { law } from '../law.ts'
import type { Relation } from '../model/level.ts'

/** How the level there stands to the level here; null where they have nothing to do with one another, or are the same. */
export function relationOf(here: string, there: string): Relation | null {
  if (here === there) return null
  if (isBelow(here, there)) return 'above'
  if (isBelow(there, here)) return 'below'
  return lineage(here)[1] !== undefined && lineage(here)[1] === lineage(there)[1] ? 'beside' : null
}

/**
 * How far another level is: levels that a thing goes up and down between the two (county to its city 1, to its province 2,
 * to the county beside it 2). What moving it costs follows from it.
 */
export function levelsApart(here: string, there: string): number {
  const [ups, downs] = [lineage(here), lineage(there)]
  const shared = ups.findIndex((code) => downs.includes(code))
  return shared < 0 ? ups.length + downs.length : shared + downs.indexOf(ups[shared] as string)
}

/** Levels that may ask one another: above, below, and beside under the same level above. */
export function mayAskLevel(here: string, there: string): Verdict {
  return provided(relationOf(here, there) !== null, {
    code: 'other-level',
    message: '只能向上级、下级或者同属一个上级的同级公物仓商请。',
    basis: law.ownLevel,
    remedy: '请改选有隶属或同级关系的公物仓。',
  })
}

/**
 * Another level's is the second choice (A23-2): what the own warehouse has of the kind is given first.
 * @param wanted pieces asked for by standard item
 * @param own pieces that are free in the own warehouse
 */
export function ownLevelFirst(
  wanted: ReadonlyMap<string, number>,
  own: ReadonlyMap<string, number>,
  titleOf: (code: string) => string,
): Verdict {
  const there = [...wanted.keys()].filter((code) => (own.get(code) ?? 0) > 0)
  return provided(there.length === 0, {
    code: 'own-level-first',
    message: `本级公物仓还有在架的同类物品：${there.map((code) => `${titleOf(code)}${own.get(code) ?? 0}件`).join('、')}。`,
    basis: law.sharing,
    remedy: '请先从本级公物仓调拨，不足部分再商请其他层级。',
  })
}
