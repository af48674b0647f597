import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, mayOf, provided } from '#kernel/pure/verdict.ts'
import type { ActionsOf } from '#kernel/server/context.ts'
import { found, insist, permit } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import { beyondScope } from '#kernel/server/scope.ts'
import { jurisdictions } from '#modules/organs/offers.ts'
import type { contract } from '../contract.ts'
import { law } from '../law.ts'
import { can, listScope, maySeeSums, prefixOf } from '../policy.ts'
import { classNameOf } from '../model/classes.ts'
import { monthOf } from '../rules/depreciation.ts'
import { bookOf, lockBook } from '../store/card.ts'
import { chargeMonth, chargesOf, closedMonths, previewOf } from '../store/depreciation.ts'
import { sumsBelow, sumsByClass } from '../store/summary.ts'
import { askedOrgan, ownOrgan, subjectOf } from './access.ts'
import { idCursor, monthCursor } from './cursors.ts'
import { openMonthOf } from './reading.ts'

type DepreciationActions = Pick<
  ActionsOf<typeof contract>,
  'depreciation' | 'charges' | 'closeMonth' | 'summary' | 'levelSums'
>

export const depreciationActions: DepreciationActions = {
  async depreciation(ctx) {
    const organ = await askedOrgan(ctx, ctx.input.organId)
    const { after, limit } = ctx.input
    const rows = await closedMonths(ctx.tx, organ.organId, monthCursor(after), limit + 1)
    const page = pageFrom(rows, limit, ({ month }) => month)
    const open = openMonthOf(await bookOf(ctx.tx, organ.organId))
    return {
      ...page,
      open: open === null ? null : { month: open, ...(await previewOf(ctx.tx, organ.organId, open)) },
      may: {
        close: mayOf(allOf(can.closeMonth(ctx.actor, organ), mayClose(open, open ?? '', monthOf(ctx.today)))),
      },
    }
  },

  async charges(ctx) {
    const organ = await askedOrgan(ctx, ctx.input.organId)
    const { month, after, limit } = ctx.input
    const rows = await chargesOf(ctx.tx, organ.organId, month, idCursor(after), limit + 1)
    return pageFrom(rows, limit, ({ cardId }) => cardId)
  },

  /** One month after the other, each once (AST-R04, AST-R05); whoever comes second meets a closed month. */
  async closeMonth(ctx) {
    const organ = ownOrgan(ctx)
    permit(can.closeMonth(ctx.actor, subjectOf(organ)))
    const book = await lockBook(ctx.tx, subjectOf(organ), monthOf(ctx.today), 'update')
    insist(mayClose(openMonthOf(book), ctx.input.month, monthOf(ctx.today)))
    await chargeMonth(ctx.tx, ctx.input.month, [organ.id], { name: ctx.actor.name, at: ctx.now })
    const [closed] = await closedMonths(ctx.tx, organ.id, undefined, 1)
    const month = found(closed, '折旧月份')
    await record(ctx, 'assets.month-closed', {
      subject: { kind: 'assets.book', id: organ.id },
      organId: organ.id,
      after: month,
    })
    return month
  },

  async summary(ctx) {
    ownOrgan(ctx)
    const scope = found(listScope(ctx.actor), '资产台账')
    const asked = ctx.input.organId
    const organ = asked === undefined ? null : await askedOrgan(ctx, asked)
    const rows = await sumsByClass(ctx.tx, {
      jurisdictionCode: scope.jurisdictionCode,
      organId: organ?.organId ?? scope.organId,
    })
    return {
      items: rows.map((row) => ({ ...row, className: classNameOf(row.classEdition, row.classCode) })),
      wholeLevel: organ === null && scope.organId === null,
    }
  },

  /** Higher levels read sums of lower ones, never their cards (Art. 6). */
  async levelSums(ctx) {
    const organ = ownOrgan(ctx)
    permit(
      provided(maySeeSums(ctx.actor, organ.jurisdictionCode), {
        code: 'not-level',
        message: '下级汇总由本级机关事务管理、财政、审计部门查看。',
        basis: law.ownLevel,
      }),
    )
    const rows = await beyondScope(ctx, 'sums over lower levels (Art. 6)', () =>
      sumsBelow(ctx.tx, prefixOf(organ.jurisdictionCode)),
    )
    const names = new Map((await jurisdictions(ctx.tx)).map(({ code, name }) => [code, name]))
    return {
      items: rows.map((row) => ({ ...row, jurisdictionName: names.get(row.jurisdictionCode) ?? row.jurisdictionCode })),
    }
  },
}

function mayClose(open: string | null, month: string, present: string) {
  return allOf(
    provided(open !== null, {
      code: 'no-cards',
      message: '本机关还没有登记资产卡片。',
      remedy: '请先登记或导入资产卡片。',
    }),
    provided(open === null || month === open, {
      code: 'month-order',
      message: `当前应计提的月份为${open}。已结账的月份不能重复计提，也不能跳过。`,
      basis: law.depreciation,
      remedy: '请刷新后办理。',
    }),
    provided(open === null || open <= present, {
      code: 'month-to-come',
      message: `${open}尚未开始，不能计提折旧。`,
      basis: law.depreciation,
      remedy: '请到当月再办理。',
    }),
  )
}
