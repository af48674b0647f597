import { provided } from '#kernel/pure/verdict.ts'
import type { ActionsOf } from '#kernel/server/context.ts'
import { permit } from '#kernel/server/errors.ts'
import type { contract } from '../contract.ts'
import { law } from '../law.ts'
import { maySeeFigures } from '../policy.ts'
import { levelFigures } from '../store/figures.ts'
import { ownOrgan } from './access.ts'

type FigureActions = Pick<ActionsOf<typeof contract>, 'levelFigures'>

export const figureActions: FigureActions = {
  /** What finance supervises of the purchases of its level (A12-1). */
  async levelFigures(ctx) {
    const { jurisdictionCode } = ownOrgan(ctx)
    permit(
      provided(maySeeFigures(ctx.actor), {
        code: 'not-level',
        message: '本级采购汇总由财政、机关事务管理、审计部门查看。',
        basis: law.oversight,
      }),
    )
    const year = Number(ctx.today.slice(0, 4))
    return { year, ...(await levelFigures(ctx.tx, { jurisdictionCode, year })) }
  },
}
