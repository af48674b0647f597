import { allOf, provided, verdictOf } from '#kernel/pure/verdict.ts'
import { moveCase } from '#kernel/server/cases/engine.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, insist, permit } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import { moveToOrgan, release, removeCards } from '#modules/assets/offers.ts'
import { standardTable } from '#modules/standards/offers.ts'
import { disposalCase, receiptCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { disposalFormLabels, type CarriedOut } from '../model.ts'
import { can } from '../policy.ts'
import { storesData } from '../rules/application.ts'
import { bringsProceeds, checkCarryingOut } from '../rules/carrying-out.ts'
import { checkSecrecy } from '../rules/secrecy.ts'
import { itemsOf, saveApplication, type ApplicationRow, type ItemRow } from '../store/application.ts'
import { inState, lockedApplication, subjectOf } from './access.ts'
import { giveCardsBack } from './cards.ts'
import { tellOrgan } from './reviewing.ts'
import { applicationView, isVehicle, notReceived } from './view.ts'

type CarryingOutActions = Pick<ActionsOf<typeof contract>, 'receiveTransfer' | 'carryOut' | 'abandonApplication'>

/** What follows the consent: signed for by the receiver, carried out for good, or given up. */
export const carryingOutActions: CarryingOutActions = {
  /** The receiver signs first; the giver's signature then moves the things on one day, out of one book into the other. */
  async receiveTransfer(ctx) {
    const { accepted, opinion = '' } = ctx.input
    const row = await lockedApplication(ctx, ctx.input)
    permit(can.receive(ctx.actor, row))
    insist(allOf(inState(row, 'approved'), notReceived(row), checkSecrecy({ 意见: opinion })))
    await moveCase(ctx, receiptCase, found(row.receiptCaseId, '划转资产接收'), accepted ? 'sign' : 'decline', {
      opinion,
    })
    const next = accepted
      ? await saveApplication(ctx.tx, row, {
          receivedOn: ctx.today,
          receivedById: ctx.actor.personId,
          receivedBy: ctx.actor.name,
        })
      : row
    await record(ctx, accepted ? 'disposal.transfer-signed' : 'disposal.transfer-declined', {
      ...subjectOf(row),
      after: { receiver: row.receiverName, by: ctx.actor.name, opinion },
    })
    await tellOrgan(
      ctx,
      row,
      accepted
        ? `${row.receiverName ?? ''}已签收，请移交。`
        : `${row.receiverName ?? ''}拒收：${opinion}。请终止处置或另行申请。`,
    )
    return applicationView(ctx, next)
  },

  async carryOut(ctx) {
    const { applicationId: _, version: __, ...done } = ctx.input
    const row = await lockedApplication(ctx, ctx.input)
    permit(can.carryOut(ctx.actor, row))
    const items = await itemsOf(ctx.tx, row.id)
    const table = await standardTable(ctx.tx, row.jurisdictionCode, ctx.today, ['asset.reprice'])
    const findings = checkCarryingOut({
      form: row.form,
      approvedOn: row.approvedOn ?? '',
      today: ctx.today,
      storingData: items.filter(({ classCode }) => storesData(classCode)).length,
      vehicles: items.filter(isVehicle).length,
      received: row.receivedOn !== null,
      done,
      table,
    })
    insist(allOf(inState(row, 'approved'), checkSecrecy(worded(done)), verdictOf(findings)))
    const money = bringsProceeds(row.form, done)
    const carriedOut = { ...done, proceedsExpected: money }
    await gone(ctx, row, items, done)
    await moveCase(ctx, disposalCase, row.caseId, money ? 'carryOutForMoney' : 'carryOut', {})
    const next = await saveApplication(ctx.tx, row, {
      state: money ? 'proceeds' : 'closed',
      carriedOutOn: done.carriedOutOn,
      carriedOut,
    })
    await record(ctx, 'disposal.carried-out', {
      ...subjectOf(row),
      before: { state: row.state },
      after: { state: next.state, ...carriedOut, items: items.length },
    })
    return applicationView(ctx, next)
  },

  /** Before anything was done; the things are what they were before. */
  async abandonApplication(ctx) {
    const { opinion } = ctx.input
    const row = await lockedApplication(ctx, ctx.input)
    permit(can.carryOut(ctx.actor, row))
    insist(
      allOf(
        inState(row, 'approved'),
        checkSecrecy({ 原因: opinion }),
        provided(row.receivedOn === null, {
          code: 'received',
          message: '接收机关已经签收，不能终止。',
          remedy: '请办理移交；确有错误的，移交后由接收机关另行处置。',
        }),
      ),
    )
    await moveCase(ctx, disposalCase, row.caseId, 'abandon', { opinion })
    await giveCardsBack(ctx, row, '终止处置')
    const next = await saveApplication(ctx.tx, row, { state: 'abandoned' })
    await record(ctx, 'disposal.abandoned', {
      ...subjectOf(row),
      before: { state: row.state },
      after: { state: 'abandoned', opinion },
    })
    return applicationView(ctx, next)
  },
}

const worded = (done: CarriedOut): Record<string, string> => ({
  交接单或者票据: done.transferDocument,
  数据清除记录: done.erasureRecord,
  评估报告: done.appraisalReport,
  评估机构: done.appraiser,
  交易平台: done.tradingPlatform,
  交易编号: done.tradeNumber,
  低价成交同意文号: done.repriceDocument,
  报废机动车回收证明: done.scrapCertificate,
})

/** Into the receiver's book at its value, or off the register for good (AST-R07, AST-R08, AST-R20). */
async function gone(act: Act, row: ApplicationRow, items: readonly ItemRow[], done: CarriedOut): Promise<void> {
  const ids = items.map(({ cardId }) => cardId)
  const consentDocument = found(row.consentDocument, '财政部门同意的文号')
  await release(act, ids)
  if (row.form === 'D1') {
    await moveToOrgan(act, ids, found(row.receiverOrganId, '接收机关'), {
      effectiveOn: done.carriedOutOn,
      acceptedBy: found(row.receivedById, '接收人'),
      reason: `无偿划转 ${row.number ?? ''}`,
      document: consentDocument,
      caseId: row.caseId,
      acquiredBy: 'transfer',
    })
    return
  }
  await removeCards(act, ids, {
    effectiveOn: done.carriedOutOn,
    consentDocument,
    consentedOn: row.consentedOn,
    appliedOn: row.appliedOn ?? '',
    form: disposalFormLabels[row.form],
    caseId: row.caseId,
  })
}
