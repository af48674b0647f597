import { allOf, provided } from '#kernel/pure/verdict.ts'
import { moveCase, startClock } from '#kernel/server/cases/engine.ts'
import { caseById } from '#kernel/server/cases/store.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, insist, permit } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import { formatYuan } from '#kernel/pure/money.ts'
import { partyOrgan } from '#modules/organs/offers.ts'
import { standardTable } from '#modules/standards/offers.ts'
import { figureFor } from '#modules/standards/rules/in-force.ts'
import { disposalCase, finance } from '../cases.ts'
import type { contract } from '../contract.ts'
import { law } from '../law.ts'
import { can } from '../policy.ts'
import { checkProceeds, isLate, netProceeds } from '../rules/proceeds.ts'
import { checkSecrecy } from '../rules/secrecy.ts'
import { saveApplication, applicationById, type ApplicationRow } from '../store/application.ts'
import { payProceeds, proceedsOf, saveProceeds } from '../store/proceeds.ts'
import { inState, linkOf, lockedApplication, subjectOf } from './access.ts'
import { applicationView } from './view.ts'

type ProceedsActions = Pick<ActionsOf<typeof contract>, 'recordProceeds' | 'payProceeds'>

/** What comes in, less what it cost, goes to the treasury within the term (A12-5; AST-R14, AST-T10). */
export const proceedsActions: ProceedsActions = {
  /** The term runs from the day the money came in; a correction counts it anew. */
  async recordProceeds(ctx) {
    const { receivedOn, grossFen, taxesFen, appraisalFen, tradeFen, otherFen } = ctx.input
    const row = await lockedApplication(ctx, ctx.input)
    permit(can.carryOut(ctx.actor, row))
    const sums = { grossFen, taxesFen, appraisalFen, tradeFen, otherFen }
    insist(
      allOf(
        inState(row, 'proceeds'),
        checkProceeds(sums, { receivedOn, consentedOn: row.consentedOn ?? receivedOn, today: ctx.today }),
      ),
    )
    await startClock(ctx, disposalCase, row.caseId, receivedOn)
    const dueOn = found((await caseById(ctx.tx, row.caseId))?.dueOn, '上缴期限')
    await saveProceeds(ctx.tx, row.id, { ...sums, receivedOn, dueOn, revenueCode: await revenueCode(ctx, row) })
    const netFen = netProceeds(sums)
    await record(ctx, 'disposal.proceeds-recorded', {
      ...subjectOf(row),
      after: { ...sums, netFen, receivedOn, dueOn },
    })
    if (netFen === 0)
      return paid(ctx, row, { paidOn: receivedOn, voucherNumber: '净收入为零，无需上缴', dueOn, netFen })
    await saveApplication(ctx.tx, row, {})
    await tellFinance(ctx, row, `收到处置收入，扣除成本后${formatYuan(netFen)}元，应于${dueOn}前上缴国库`)
    return applicationView(ctx, found(await applicationById(ctx.tx, row.id), '处置申请'))
  },

  async payProceeds(ctx) {
    const { paidOn, voucherNumber } = ctx.input
    const row = await lockedApplication(ctx, ctx.input)
    permit(can.carryOut(ctx.actor, row))
    const proceeds = await proceedsOf(ctx.tx, row.id)
    insist(
      allOf(
        inState(row, 'proceeds'),
        checkSecrecy({ 缴款凭证号: voucherNumber }),
        provided(proceeds !== null, {
          code: 'no-proceeds',
          message: '尚未登记处置收入。',
          basis: law.proceeds,
          remedy: '请先登记处置收入。',
        }),
        provided(proceeds === null || (paidOn >= proceeds.receivedOn && paidOn <= ctx.today), {
          code: 'paid-on',
          message: `上缴日期应在收款（${proceeds?.receivedOn ?? ''}）之后，不晚于今天。`,
          remedy: '请核对日期。',
        }),
      ),
    )
    const { dueOn, netFen } = found(proceeds, '处置收入')
    return paid(ctx, row, { paidOn, voucherNumber, dueOn, netFen })
  },
}

async function paid(
  act: Act,
  row: ApplicationRow,
  { paidOn, voucherNumber, dueOn, netFen }: { paidOn: string; voucherNumber: string; dueOn: string; netFen: number },
) {
  await payProceeds(act.tx, row.id, { paidOn, voucherNumber })
  await moveCase(act, disposalCase, row.caseId, 'pay', {})
  await saveApplication(act.tx, row, { state: 'closed' })
  const late = isLate(dueOn, paidOn, act.today)
  await record(act, 'disposal.proceeds-paid', {
    ...subjectOf(row),
    before: { state: row.state },
    after: { state: 'closed', paidOn, voucherNumber, netFen, dueOn, late },
  })
  await tellFinance(
    act,
    row,
    `处置收入${formatYuan(netFen)}元${late ? `逾期上缴（期限${dueOn}，上缴${paidOn}）` : '已上缴国库'}，凭证${voucherNumber}`,
  )
  return applicationView(act, found(await applicationById(act.tx, row.id), '处置申请'))
}

/** Code of the revenue classification for proceeds of disposal, as the standards have it. */
async function revenueCode({ tx, today }: Act, { jurisdictionCode }: ApplicationRow): Promise<string> {
  const table = await standardTable(tx, jurisdictionCode, today, ['asset.revenue-codes'])
  const { texts } = figureFor(table, 'asset.revenue-codes', 'texts').value
  return found(
    texts.find((text) => text.includes('处置收入')),
    '处置收入科目',
  )
}

export async function tellFinance(
  act: Act,
  row: Pick<ApplicationRow, 'id' | 'jurisdictionCode' | 'organName' | 'number'>,
  text: string,
) {
  const organ = await partyOrgan(act.tx, row.jurisdictionCode, 'finance', act.today)
  if (!organ) return
  await notify(act, {
    organId: organ.id,
    roles: finance.roles,
    link: linkOf(row),
    text: `${row.organName}资产处置${row.number ?? ''}：${text}。`,
  })
}
