import type { Act } from '#kernel/server/context.ts'
import { found, Missing } from '#kernel/server/errors.ts'
import { organById } from '#modules/organs/offers.ts'
import { approvedPosts, staffInPost, type Organ } from '#modules/organs/model.ts'
import { standardsInForce } from '#modules/standards/offers.ts'
import type { Holding } from '../model.ts'
import { maySeeOfOrgan } from '../policy.ts'
import { indexStandards, type IndexedStandards, type OrganFacts } from '../rules/facts.ts'
import { cycleById, type CycleRow } from '../store/cycle.ts'
import {
  demandById,
  holdingsOf,
  lastYearLines,
  lockDemand,
  type DemandRow,
  type LastYearLine,
} from '../store/demand.ts'

/** Everything judging a demand needs, loaded in a handful of queries. */
export type DemandContext = {
  cycle: CycleRow
  organ: Organ
  organFacts: OrganFacts
  posts: { staffInPost: number; approvedPosts: number }
  standards: IndexedStandards
  holdings: Holding[]
  lastYear: LastYearLine[]
}

/** The demand, if the actor may know of it; locked when it is about to change. */
export async function seenDemand(
  { tx, actor }: Pick<Act, 'tx' | 'actor'>,
  demandId: string,
  lock = false,
): Promise<DemandRow> {
  const demand = found(await (lock ? lockDemand : demandById)(tx, demandId), '需求申请')
  if (!maySeeOfOrgan(actor, demand)) throw new Missing('需求申请')
  return demand
}

export async function demandContext({ tx }: Pick<Act, 'tx'>, demand: DemandRow): Promise<DemandContext> {
  const cycle = found(await cycleById(tx, demand.cycleId), '年度周期')
  const organ = found(await organById(tx, demand.organId, cycle.standardsOn), '机关')
  const posts = { staffInPost: staffInPost(organ.headcount), approvedPosts: approvedPosts(organ.headcount) }
  const { level, secretUnit, inCompound, tradeUnion } = organ
  return {
    cycle,
    organ,
    organFacts: { level, secretUnit, inCompound, tradeUnion, staffInPost: posts.staffInPost },
    posts,
    standards: indexStandards(await standardsInForce(tx, demand.jurisdictionCode, cycle.standardsOn, cycle.year)),
    holdings: await holdingsOf(tx, [demand.organId]),
    lastYear: await lastYearLines(tx, [demand.organId], demand.year - 1),
  }
}
