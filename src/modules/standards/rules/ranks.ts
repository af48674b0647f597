import type { Level } from '#kernel/pure/actor.ts'
import type { Step } from '#kernel/pure/verdict.ts'
import { rankLabels, type Rank } from '#modules/organs/model.ts'
import type { FurnitureColumn } from '../model/value.ts'
import { figureFor, hasForm, type StandardTable } from './in-force.ts'

/** A person as standards see one. */
export type Official = Readonly<{
  /** Level of the organ the person serves in. */
  level: Level
  /** 领导职务层次; null for those without a leading post. */
  rank: Rank | null
  /** 职级, e.g. 一级调研员; null where there is none. */
  zhiji: string | null
}>

/** Old names of non-leading posts in older papers and the 职级 they became in 2019. */
const formerNames: Readonly<Record<string, string>> = {
  巡视员: '一级巡视员',
  副巡视员: '二级巡视员',
  调研员: '二级调研员',
  副调研员: '四级调研员',
  主任科员: '二级主任科员',
  副主任科员: '四级主任科员',
  科员: '一级科员',
  办事员: '二级科员',
}

/** 职级 in its present name. */
export function presentZhiji(name: string): string {
  return formerNames[name] ?? name
}

/**
 * The rank that entitlements follow: the leading post; for those with a 职级 only the lowest row, unless
 * `rank.entitlement-by-zhiji` is on. 职级 alone brings no 待遇 of the matching tier.
 */
export function entitledRank(table: StandardTable, official: Official): { rank: Rank; step: Step } {
  const said = (rank: Rank, expression: string) => ({
    rank,
    step: { label: '适用职务层次', expression, result: rankLabels[rank] },
  })
  if (official.rank !== null) return said(official.rank, '领导职务层次')
  const byZhiji = figureFor(table, 'rank.entitlement-by-zhiji', 'switch').value.on
  if (official.zhiji === null) return said('clerk', '无领导职务')
  if (!byZhiji) return said('clerk', `${official.zhiji}，无领导职务，不按职级`)
  const zhiji = presentZhiji(official.zhiji)
  const row = table.rows
    .filter((row) => row.code === 'rank.ladder' && hasForm(row, 'ladder'))
    .find((row) => hasForm(row, 'ladder') && row.value.zhiji.includes(zhiji))
  return said(row?.rank ?? 'clerk', `${official.zhiji}，按职级对应`)
}

/** Column of the furniture table that a rank falls into. */
export function furnitureColumn(table: StandardTable, rank: Rank): FurnitureColumn {
  return figureFor(table, 'rank.ladder', 'ladder', { rank }).value.furniture
}
