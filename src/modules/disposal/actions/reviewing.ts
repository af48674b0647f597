import { allOf } from '#kernel/pure/verdict.ts'
import { moveCase } from '#kernel/server/cases/engine.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { insist, permit } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import { partyOrgan } from '#modules/organs/offers.ts'
import { disposalCase, finance, keeper } from '../cases.ts'
import type { contract } from '../contract.ts'
import { disposalFormLabels } from '../model.ts'
import { can } from '../policy.ts'
import { checkSecrecy } from '../rules/secrecy.ts'
import { itemsOf, saveApplication, type ApplicationRow } from '../store/application.ts'
import { inState, linkOf, lockedApplication, subjectOf } from './access.ts'
import { giveCardsBack } from './cards.ts'
import { decideDisposal } from './decide.ts'
import { applicationView, judgementOf } from './view.ts'

type ReviewingActions = Pick<ActionsOf<typeof contract>, 'reviewApplication'>

const outcomes = {
  agree: {
    transition: 'review',
    state: 'reviewed',
    fact: 'disposal.application-reviewed',
    says: '审核同意，报财政部门。',
  },
  return: {
    transition: 'returnForCorrection',
    state: 'draft',
    fact: 'disposal.application-returned',
    says: '退回补正。',
  },
  refuse: { transition: 'refuse', state: 'refused', fact: 'disposal.application-refused', says: '不予同意。' },
} as const

/** The authority's review; what goes on goes to finance, always (A12-3). */
export const reviewingActions: ReviewingActions = {
  async reviewApplication(ctx) {
    const { decision, opinion = '' } = ctx.input
    const row = await lockedApplication(ctx, ctx.input)
    permit(can.review(ctx.actor, row))
    insist(allOf(inState(row, 'applied'), checkSecrecy({ 意见: opinion })))
    const { transition, state, fact, says } = outcomes[decision]
    await moveCase(ctx, disposalCase, row.caseId, transition, { opinion })
    const { facts } = await judgementOf(ctx, row, await itemsOf(ctx.tx, row.id))
    const decided = await decideDisposal(ctx, row, facts, { says, values: { 审核: says }, reason: opinion })
    if (decision !== 'agree')
      await giveCardsBack(ctx, row, decision === 'return' ? '处置申请退回补正' : '处置申请不予同意')
    const next = await saveApplication(ctx.tx, row, {
      state,
      ...(decision === 'agree' ? { reviewedOn: ctx.today } : {}),
    })
    await record(ctx, fact, {
      ...subjectOf(row),
      before: { state: row.state },
      after: { state, opinion },
      basis: { decisions: [decided] },
    })
    if (decision === 'agree') await tellFinance(ctx, next)
    else await tellOrgan(ctx, next, `${says}${opinion}`)
    return applicationView(ctx, next)
  },
}

export async function tellOrgan(act: Act, row: ApplicationRow, text: string): Promise<void> {
  await notify(act, {
    organId: row.organId,
    roles: keeper.roles,
    link: linkOf(row),
    text: `资产处置${row.number ?? ''}：${text}`,
  })
}

async function tellFinance(act: Act, row: ApplicationRow): Promise<void> {
  const organ = await partyOrgan(act.tx, row.jurisdictionCode, 'finance', act.today)
  if (!organ) return
  await notify(act, {
    organId: organ.id,
    roles: finance.roles,
    link: row.tier === 'T1' ? '/disposal/consents' : linkOf(row),
    text: `${row.organName}${disposalFormLabels[row.form]}资产（${row.number ?? ''}）已经审核，${row.tier === 'T1' ? '请按月清单办理同意' : '请办理同意'}。`,
  })
}
