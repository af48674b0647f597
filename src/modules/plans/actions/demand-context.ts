import type { Act } from '#kernel/server/context.ts'
import { found, Missing } from '#kernel/server/errors.ts'
import { headcountOn, organsById } from '#modules/organs/offers.ts'
import { approvedPosts, staffInPost, type Organ } from '#modules/organs/model.ts'
import { standardsInForce } from '#modules/standards/offers.ts'
import { maySeeOfOrgan } from '../policy.ts'
import { indexStandards, type IndexedStandards, type OrganFacts } from '../rules/facts.ts'
import { cycleById, type CycleRow } from '../store/cycle.ts'
import { demandById, lastYearLines, lockDemand, type DemandRow, type LastYearLine } from '../store/demand.ts'
import { holdingsOf, type HoldingOfOrgan } from './holdings.ts'

/** Everything judging a demand needs, loaded in a handful of queries. */
export type DemandContext = {
  cycle: CycleRow
  organ: Organ
  organFacts: OrganFacts
  posts: { staffInPost: number; approvedPosts: number }
  standards: IndexedStandards
  holdings: HoldingOfOrgan[]
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

/** What judging one demand needs. */
export async function demandContext(act: Pick<Act, 'tx'>, demand: DemandRow): Promise<DemandContext> {
  return found((await demandContexts(act, [demand])).get(demand.id), '需求申请')
}

/** As {@link demandContext} for many demands of one cycle by demand id; as many queries as for one. */
export async function demandContexts(
  { tx }: Pick<Act, 'tx'>,
  demands: readonly DemandRow[],
): Promise<Map<string, DemandContext>> {
  const first = demands[0]
  if (first === undefined) return new Map()
  const cycle = found(await cycleById(tx, first.cycleId), '年度周期')
  const standards = indexStandards(await standardsInForce(tx, cycle.jurisdictionCode, cycle.standardsOn, cycle.year))
  const organIds = demands.map(({ organId }) => organId)
  const organs = await organsById(tx, organIds, cycle.standardsOn)
  const headcounts = await headcountOn(tx, organIds, cycle.standardsOn)
  const held = await holdingsOf(tx, organIds, { ...standards, rows: standards.items })
  const holdings = Map.groupBy(held, ({ organId }) => organId)
  const lastYear = Map.groupBy(await lastYearLines(tx, organIds, cycle.year - 1), ({ organId }) => organId)
  return new Map(
    demands.map(({ id, organId }) => {
      const organ = { ...found(organs.get(organId), '机关'), headcount: headcounts.get(organId) ?? [] }
      const posts = { staffInPost: staffInPost(organ.headcount), approvedPosts: approvedPosts(organ.headcount) }
      const { level, secretUnit, inCompound, tradeUnion } = organ
      return [
        id,
        {
          cycle,
          organ,
          organFacts: { level, secretUnit, inCompound, tradeUnion, staffInPost: posts.staffInPost },
          posts,
          standards,
          holdings: holdings.get(organId) ?? [],
          lastYear: lastYear.get(organId) ?? [],
        },
      ]
    }),
  )
}
