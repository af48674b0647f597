import { allOf, provided, verdictOf, type Finding } from '#kernel/pure/verdict.ts'
import { moveCase } from '#kernel/server/cases/engine.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { insist, permit } from '#kernel/server/errors.ts'
import { beyondScope } from '#kernel/server/scope.ts'
import { moveToOrgan, release, setCardState } from '#modules/assets/offers.ts'
import { loanCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import type { Grade } from '../model.ts'
import { can } from '../policy.ts'
import { savingOf } from '../rules/allotment.ts'
import { stateAfter } from '../rules/intake.ts'
import { checkReturn } from '../rules/lending.ts'
import { releaseRequest } from '../store/hold.ts'
import { changeItems, lockItems, type ItemRow } from '../store/item.ts'
import { changeRequestItems, insertSavings, itemsOfRequest, type RequestRow } from '../store/request.ts'
import { lockedRequest, warehouseStandards, withoutMarks } from './access.ts'
import { receiptEnded } from './level-receipt.ts'
import { change, dueOf, kindOf, onlyLoan, requestView } from './requests.ts'
import { tellAsking } from './telling.ts'

type HandingActions = Pick<ActionsOf<typeof contract>, 'signRequest' | 'takeBack'>

export const handingActions: HandingActions = {
  /** The signature of who fetches the things: a loan leaves the card with its organ, an allotment moves it (GWC-R11). */
  async signRequest(ctx) {
    const request = await lockedRequest(ctx)
    permit(can.ask(ctx.actor, request))
    insist(withoutMarks(ctx.input.place))
    await moveCase(ctx, kindOf(request), request.caseId, 'sign', request.kind === 'loan' ? dueOf(request) : {})
    // The cards and the things are other organs’, which the signer may not touch: authority and finance have said yes.
    const saved = await beyondScope(ctx, 'the receiver signs for what authority and finance gave it (Art. 23)', () =>
      handOut(ctx, request, ctx.input.place),
    )
    const next = await change(
      ctx,
      request,
      request.kind === 'loan' ? 'warehouse.loan-signed' : 'warehouse.allotment-signed',
      {
        state: request.kind === 'loan' ? 'lent' : 'done',
        signedOn: ctx.today,
        signedByName: ctx.actor.name,
        ...(request.kind === 'allotment' ? { closedOn: ctx.today } : {}),
      },
      { savedFen: saved },
    )
    await receiptEnded(ctx, next, 'done')
    return requestView(ctx, next)
  },

  /** Every thing is looked over; what came back worse wants a word on who answers for it (GWC-R08). */
  async takeBack(ctx) {
    const request = await lockedRequest(ctx)
    permit(can.runWarehouse(ctx.actor, request))
    const inspected = new Map(ctx.input.items.map((one) => [one.itemId, one]))
    const out = (await itemsOfRequest(ctx.tx, request.id)).filter(({ state }) => state === 'out')
    const items = await lockItems(
      ctx.tx,
      out.map(({ itemId }) => itemId),
    )
    const findings = out.map((item): Finding => {
      const { grade, note } = inspected.get(item.itemId) ?? { grade: 'A' as const, note: '' }
      return checkReturn({
        label: `${item.name}（${item.number ?? ''}）`,
        outGrade: item.outGrade ?? 'A',
        backGrade: grade,
        note,
      })
    })
    insist(
      allOf(
        onlyLoan(request),
        withoutMarks(...ctx.input.items.map(({ note, place = '' }) => `${note} ${place}`)),
        provided(out.length === inspected.size && out.every(({ itemId }) => inspected.has(itemId)), {
          code: 'not-all-inspected',
          message: `借出的${out.length}件应逐件验收。`,
          remedy: '请为每一件选择归还时的等级。',
        }),
        verdictOf(findings),
      ),
    )
    await moveCase(ctx, loanCase, request.caseId, 'takeBack', {})
    for (const item of items) {
      const { grade, note, place } = inspected.get(item.id) ?? { grade: 'A' as const, note: '', place: undefined }
      await bringBack(ctx, request, item, { grade, note, place })
    }
    const next = await change(
      ctx,
      request,
      'warehouse.loan-returned',
      { state: 'returned', closedOn: ctx.today, renewalUntil: null, findings: [...request.findings, ...findings] },
      { items: ctx.input.items.map(({ itemId, grade, note }) => ({ itemId, grade, note })) },
    )
    await tellAsking(ctx, next, `借用${next.number}已验收归还。`)
    return requestView(ctx, next)
  },
}

/** @returns what was saved and not counted before, 分 (GWC-R13) */
async function handOut(act: Act, request: RequestRow, place: string): Promise<number> {
  const asked = (await itemsOfRequest(act.tx, request.id)).filter(({ state }) => state === 'asked')
  const items = await lockItems(
    act.tx,
    asked.map(({ itemId }) => itemId),
  )
  const loan = request.kind === 'loan'
  const ids = items.map(({ id }) => id)
  const cardIds = items.map(({ cardId }) => cardId)
  const step = {
    effectiveOn: act.today,
    reason: `公物仓${loan ? '借用' : '调拨'} ${request.number}`,
    document: loan ? request.number : request.consentDocument,
    caseId: request.caseId,
  }
  for (const [grade, of] of Map.groupBy(items, (item) => item.grade))
    await changeRequestItems(
      act.tx,
      request.id,
      of.map(({ id }) => id),
      { state: 'out', outGrade: grade },
    )
  await releaseRequest(act.tx, request.id)
  await changeItems(
    act.tx,
    ids,
    loan
      ? { state: 'lent', outOrganName: request.organName, outDueOn: request.dueOn }
      : { state: 'allotted', outOrganName: request.organName, leftOn: act.today },
  )
  if (loan) await setCardState(act, cardIds, 'lent', step)
  else {
    await release(act, cardIds)
    await moveToOrgan(act, cardIds, request.organId, {
      ...step,
      acquiredBy: 'allotment',
      acceptedBy: act.actor.personId ?? '',
      place,
    })
  }
  if (!request.insteadOfPurchase) return 0
  return countSavings(act, request, items)
}

async function countSavings(act: Act, request: RequestRow, items: readonly ItemRow[]): Promise<number> {
  const standards = await warehouseStandards(act, request.jurisdictionCode)
  const savings = items.map((item) => ({ itemId: item.id, ...savingOf(standards, item) }))
  const counted = new Set(await insertSavings(act.tx, request, savings, act.today))
  return savings.reduce((sum, { itemId, savedFen }) => sum + (counted.has(itemId) ? savedFen : 0), 0)
}

async function bringBack(
  act: Act,
  request: RequestRow,
  item: ItemRow,
  { grade, note, place }: { grade: Grade; note: string; place: string | undefined },
): Promise<void> {
  const state = stateAfter(grade)
  await changeRequestItems(act.tx, request.id, [item.id], {
    state: 'returned',
    backGrade: grade,
    backNote: note,
    backOn: act.today,
  })
  await changeItems(act.tx, [item.id], {
    state,
    grade,
    outOrganName: '',
    outDueOn: null,
    ...(place === undefined || place === '' ? {} : { place }),
    ...(grade === 'C' ? { repairApprovedByName: '' } : {}),
    ...(state === 'disposal' ? { leftOn: act.today } : {}),
  })
  if (state === 'disposal') await release(act, [item.cardId])
  await setCardState(act, [item.cardId], state === 'disposal' ? 'disposal-pending' : 'in-warehouse', {
    effectiveOn: act.today,
    reason: `公物仓归还 ${request.number}`,
    document: request.number,
    caseId: request.caseId,
  })
}
