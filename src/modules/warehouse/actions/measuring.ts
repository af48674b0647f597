import { pageFrom } from '#kernel/pure/page.ts'
import type { ActionsOf } from '#kernel/server/context.ts'
import { found, permit } from '#kernel/server/errors.ts'
import { beyondScope } from '#kernel/server/scope.ts'
import { isBelow } from '#modules/organs/model.ts'
import { jurisdictions } from '#modules/organs/offers.ts'
import type { contract } from '../contract.ts'
import { can } from '../policy.ts'
import { metricsOf } from '../rules/metrics.ts'
import { figurePage } from '../store/figure.ts'
import { countsOf, type LevelCounts } from '../store/metrics.ts'
import { ownOrgan } from './access.ts'

export const measuringActions: Pick<ActionsOf<typeof contract>, 'metrics' | 'figureRows'> = {
  /** The own level; of the levels below it, sums (Art. 6). */
  async metrics(ctx) {
    const organ = ownOrgan(ctx)
    permit(can.seeMetrics(ctx.actor, organ))
    const { year } = ctx.input
    const below = (await jurisdictions(ctx.tx, ctx.today)).filter(
      ({ code, functionalZone }) => !functionalZone && isBelow(code, organ.jurisdictionCode),
    )
    const [own] = await countsOf(ctx.tx, [organ.jurisdictionCode], year, ctx.today)
    const sums = await beyondScope(ctx, 'sums of the warehouses of lower levels (Art. 6)', () =>
      countsOf(
        ctx.tx,
        below.map(({ code }) => code),
        year,
        ctx.today,
      ),
    )
    const names = new Map(below.map(({ code, name }) => [code, name]))
    return {
      own: shown(year, found(own, '公物仓统计')),
      below: sums
        .filter(({ inItems, outItems, onShelf, lent }) => inItems + outItems + onShelf + lent > 0)
        .map((counts) => ({
          ...shown(year, counts),
          jurisdictionCode: counts.jurisdictionCode,
          jurisdictionName: names.get(counts.jurisdictionCode) ?? counts.jurisdictionCode,
        })),
    }
  },

  /** What a figure of the own level's year counts, thing by thing. */
  async figureRows(ctx) {
    const organ = ownOrgan(ctx)
    permit(can.seeMetrics(ctx.actor, organ))
    const { figure, year, after, limit } = ctx.input
    const asked = { figure, code: organ.jurisdictionCode, year, today: ctx.today }
    return pageFrom(await figurePage(ctx.tx, asked, after, limit + 1), limit, ({ key }) => key)
  },
}

function shown(year: number, counts: LevelCounts) {
  const { inItems, inFen, outItems, outFen, savedFen, onShelf, lent, lateLoans } = counts
  const { outTimes, daysIn, daysOf, returnsDue, returnsInTime, repaired, repairedOut } = counts
  const { repairFen, repairReplacementFen } = counts
  return {
    year,
    counts: { inItems, inFen, outItems, outFen, savedFen, onShelf, lent, lateLoans },
    sums: {
      outTimes,
      daysIn,
      daysOf,
      returnsDue,
      returnsInTime,
      repaired,
      repairedOut,
      repairFen,
      repairReplacementFen,
    },
    metrics: metricsOf(counts),
  }
}
