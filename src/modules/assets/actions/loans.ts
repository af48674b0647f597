import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, mayOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, Missing } from '#kernel/server/errors.ts'
import { organById, organsOf } from '#modules/organs/offers.ts'
import { peopleWithRoles } from '#modules/people/offers.ts'
import { borrowingRoles } from '../cases.ts'
import type { contract } from '../contract.ts'
import { loanStateLabels, type LoanState } from '../model/loan.ts'
import { can, listScope, maySeeLoan } from '../policy.ts'
import { loanById, loanCards, loansPage, type LoanRow } from '../store/loan.ts'
import { ownOrgan } from './access.ts'
import { idCursor } from './cursors.ts'

type LoanReadingActions = Pick<ActionsOf<typeof contract>, 'loans' | 'viewLoan' | 'borrowers'>

export const loanReadingActions: LoanReadingActions = {
  /** What the organ lent and borrowed, the level's, or for those without office what they borrowed themselves. */
  async loans(ctx) {
    const { state, late, after, limit } = ctx.input
    const { organ, personId } = ctx.actor
    if (organ === null || personId === null) return { items: [], next: null, total: 0 }
    const scope = listScope(ctx.actor)
    const rows = await loansPage(
      ctx.tx,
      {
        jurisdictionCode: organ.jurisdictionCode,
        organId: scope === null ? organ.id : scope.organId,
        borrowerId: scope === null ? personId : null,
        state,
        lateOn: late === 'true' ? ctx.today : undefined,
      },
      idCursor(after),
      limit + 1,
    )
    const page = pageFrom(rows, limit)
    return { ...page, items: page.items.map(shown) }
  },

  async viewLoan(ctx) {
    return loanView(ctx, await seenLoan(ctx, ctx.input.loanId))
  },

  async borrowers(ctx) {
    const organ = ownOrgan(ctx)
    const organs = await organsOf(ctx.tx, organ.jurisdictionCode, ctx.today)
    const asked = ctx.input.organId ?? organ.id
    const chosen = found(await organById(ctx.tx, asked, ctx.today), '机关')
    if (chosen.jurisdictionCode !== organ.jurisdictionCode) throw new Missing('机关')
    const people = await peopleWithRoles(
      ctx.tx,
      { organId: asked, roles: borrowingRoles(asked === organ.id) },
      ctx.today,
    )
    return {
      organs: organs.map(({ id, name }) => ({ id, name })),
      items: people.map(({ id, name }) => ({ id, name })),
    }
  },
}

/** The loan, unless the actor may not know of it. */
export async function seenLoan({ tx, actor }: Act, id: string, lock = false): Promise<LoanRow> {
  const row = found(await loanById(tx, id, lock), '资产借用')
  if (!maySeeLoan(actor, row)) throw new Missing('资产借用')
  return row
}

export function inLoanState({ state, number }: LoanRow, ...states: LoanState[]): Verdict {
  return provided(states.includes(state), {
    code: 'loan-state',
    message: `资产借用${number}现为“${loanStateLabels[state]}”，不能这样办理。`,
    facts: { 现状: loanStateLabels[state] },
    remedy: '请刷新后核对。',
  })
}

const shown = ({ jurisdictionCode: _, ...row }: LoanRow) => row

/** A loan with its things, and what the actor may do with it. */
export async function loanView(act: Act, row: LoanRow) {
  const { actor } = act
  const cards = await loanCards(act.tx, row.id)
  const lends = can.lend(actor, row)
  const borrows = can.answerLoan(actor, row)
  return {
    loan: shown(row),
    cards: cards.map(({ stateBefore: _, userBefore: __, ...card }) => card),
    may: {
      sign: mayOf(allOf(inLoanState(row, 'offered'), borrows)),
      decline: mayOf(allOf(inLoanState(row, 'offered'), borrows)),
      withdraw: mayOf(allOf(inLoanState(row, 'offered'), lends)),
      extend: mayOf(
        allOf(
          inLoanState(row, 'lent'),
          lends,
          provided(!row.extended, { code: 'extended', message: '已经续借过一次，不能再续。' }),
        ),
      ),
      handBack: mayOf(allOf(inLoanState(row, 'lent'), borrows)),
      takeBack: mayOf(allOf(inLoanState(row, 'lent', 'handed-back'), lends)),
    },
  }
}
