import { provided } from '#kernel/pure/verdict.ts'
import type { ActionsOf } from '#kernel/server/context.ts'
import { permit } from '#kernel/server/errors.ts'
import { officeOrgan } from '#kernel/server/office.ts'
import type { contract } from '../contract.ts'
import { law } from '../law.ts'
import { maySeeFigures } from '../policy.ts'
import { levelFigures } from '../store/figures.ts'

type FigureActions = Pick<ActionsOf<typeof contract>, 'levelFigures'>

export const figureActions: FigureActions = {
  /** What finance supervises of the disposals of its level (A12-1). */
  async levelFigures(ctx) {
    const { jurisdictionCode } = officeOrgan(ctx.actor, '国有资产监督')
    permit(
      provided(maySeeFigures(ctx.actor), {
        code: 'not-level',
        message: '本级资产处置汇总由财政、机关事务管理、审计部门查看。',
        basis: law.oversight,
      }),
    )
    const year = Number(ctx.today.slice(0, 4))
    return { year, ...(await levelFigures(ctx.tx, { jurisdictionCode, year, today: ctx.today })) }
  },
}
