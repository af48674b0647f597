import { openCase } from '#kernel/server/cases/engine.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act } from '#kernel/server/context.ts'
import { found } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { nextNumber } from '#kernel/server/number-series.ts'
import { record } from '#kernel/server/record.ts'
import { beyondScope } from '#kernel/server/scope.ts'
import { levelReceiptCase, levelSource } from '../cases.ts'
import { askingRoles } from '../policy.ts'
import {
  changeLevelRequest,
  handHoldsOver,
  itemsOfLevelRequest,
  levelRequestById,
  type LevelRequestRow,
} from '../store/level.ts'
import { changeRequest, insertRequest, requestById, type RequestRow } from '../store/request.ts'
import { tellLevelSource } from './ended.ts'
import { tellLevel } from './level-telling.ts'

/**
 * What another level gave becomes an allotment of the receiver's own level that only waits for its signature: both who
 * decide have decided, at the level that owns the things. The receiver has a case of its own, as in a free transfer (decision 36).
 * @returns id of the request
 */
export async function openReceipt(act: Act, row: LevelRequestRow, consentDocument: string): Promise<string> {
  return beyondScope(act, 'the receiver of what another level gave signs at its own level (Art. 6, 23)', async () => {
    const id = newId()
    const year = act.today.slice(0, 4)
    const organ = { organId: row.receiverOrganId, jurisdictionCode: row.jurisdictionCode }
    const series = `DB-${organ.organId}-${year}`
    const number = `DB-${year}-${String(await nextNumber(act.tx, series)).padStart(4, '0')}`
    const items = await itemsOfLevelRequest(act.tx, row.id)
    const opened = await openCase(act, levelReceiptCase, {
      subjectId: id,
      title: `跨级调剂 ${number}（${items.length}件）`,
      applicantOrganId: organ.organId,
      jurisdictionCode: organ.jurisdictionCode,
    })
    await insertRequest(
      act.tx,
      {
        id,
        ...organ,
        number,
        kind: 'allotment',
        purpose: row.purpose,
        reason: row.reason,
        document: row.document,
        dueOn: null,
        eventEndsOn: null,
        bodyId: null,
        insteadOfPurchase: true,
        inUse: row.inUse,
        findings: row.findings,
        caseId: opened.id,
        sourceKind: levelSource,
        sourceId: row.id,
        appliedOn: row.askedOn,
      },
      items.map(({ itemId }) => itemId),
    )
    await changeRequest(act.tx, found(await requestById(act.tx, id), '用物申请'), {
      state: 'approved',
      approvedOn: row.agreedOn ?? act.today,
      consentDocument,
      consentedOn: act.today,
    })
    await handHoldsOver(act.tx, row.id, id)
    await record(act, 'warehouse.level-receipt-opened', {
      subject: { kind: 'warehouse.request', id },
      organId: organ.organId,
      after: { number, request: row.number, items: items.map((item) => item.number), document: consentDocument },
    })
    await notify(act, {
      organId: organ.organId,
      roles: askingRoles,
      link: `/warehouse/requests/${id}`,
      text: `${row.askingName}为本机关商请的${items.length}件公物仓物品已获同意（${number}），请领取签收。`,
    })
    return id
  })
}

/** The receiver signed, or does not want the things any more: the request between the levels is over, and both are told. */
export async function receiptEnded(act: Act, request: RequestRow, state: 'done' | 'withdrawn'): Promise<void> {
  if (request.sourceKind !== levelSource || request.sourceId === null) return
  const row = found(await levelRequestById(act.tx, request.sourceId, true), '跨级调剂')
  await changeLevelRequest(act.tx, row, { state, closedOn: act.today })
  await record(act, state === 'done' ? 'warehouse.level-done' : 'warehouse.level-withdrawn', {
    subject: { kind: 'warehouse.level-request', id: row.id },
    organId: row.organId,
    before: { state: row.state },
    after: { state, request: request.number },
  })
  const text = `跨级调剂${row.number}：${request.organName}${state === 'done' ? '已签收' : '已撤回'}（${request.number}）。`
  for (const code of [row.giverJurisdictionCode, row.jurisdictionCode]) await tellLevel(act, code, row, text)
  if (state === 'withdrawn') await tellLevelSource(act, row, 'organ', '')
}
