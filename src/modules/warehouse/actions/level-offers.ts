import { allOf } from '#kernel/pure/verdict.ts'
import { moveCase } from '#kernel/server/cases/engine.ts'
import type { Act } from '#kernel/server/context.ts'
import { found, insist, permit } from '#kernel/server/errors.ts'
import { beyondScope } from '#kernel/server/scope.ts'
import { jurisdictions } from '#modules/organs/offers.ts'
import { levelReceiptCase, levelRequestCase } from '../cases.ts'
import type { Grade } from '../model.ts'
import type { Relation } from '../model/level.ts'
import { can } from '../policy.ts'
import { remainingMonths } from '../rules/holding.ts'
import { levelsApart, mayAskLevel, relationOf } from '../rules/level.ts'
import { releaseRequest } from '../store/hold.ts'
import { changeLevelRequest, levelRequestById, offeredPage } from '../store/level.ts'
import { changeRequest, requestById } from '../store/request.ts'
import { ownOrgan, withoutMarks } from './access.ts'
import { catalogueOnly, offeredOf, openLevelRequest, recordedOf, type AskingLevel } from './level-asking.ts'
import { tellLevel } from './level-telling.ts'

/** A thing of another level's catalogue: what its authority shows of it, and how far away it is. */
export type LevelStockItem = Readonly<{
  id: string
  number: string
  name: string
  itemId: string
  unit: string
  quantity: number
  grade: Grade
  remainingMonths: number | null
  storeName: string
  jurisdictionCode: string
  jurisdictionName: string
  relation: Relation
  /** Levels that a thing goes up and down between the two. */
  levelsApart: number
  repairFen: number
  transportFen: number
}>

/**
 * What the warehouses of related levels offer today of these kinds, as the page 跨级调剂 lists it: catalogue data of what is on
 * the shelf, ready or nearly so, held by nobody (Art. 6, 23). No card, owner or book of another level is among it.
 * @param itemIds codes of standard items
 * @throws Forbidden for whoever may not ask another level
 */
export async function levelStockOnOffer(act: Act, itemIds: readonly string[]): Promise<LevelStockItem[]> {
  const organ = ownOrgan(act)
  permit(can.askLevel(act.actor, organ))
  const here = organ.jurisdictionCode
  const names = new Map((await jurisdictions(act.tx, act.today)).map(({ code, name }) => [code, name]))
  const filter = {
    jurisdictionCodes: [...names.keys()].filter((code) => relationOf(here, code) !== null),
    today: act.today,
    itemCodes: itemIds,
  }
  const rows = await beyondScope(act, catalogueOnly, () => offeredPage(act.tx, filter, undefined, null))
  return rows.map((row) => ({
    id: row.itemId,
    number: row.number ?? '',
    name: row.name,
    itemId: row.itemCode ?? '',
    unit: row.unit,
    quantity: row.quantity,
    grade: row.grade,
    remainingMonths: remainingMonths(row.lifeUntil, act.today),
    storeName: row.storeName ?? '',
    jurisdictionCode: row.jurisdictionCode,
    jurisdictionName: names.get(row.jurisdictionCode) ?? row.jurisdictionCode,
    relation: relationOf(here, row.jurisdictionCode) ?? 'beside',
    levelsApart: levelsApart(here, row.jurisdictionCode),
    repairFen: row.repairFen,
    transportFen: row.transportFen,
  }))
}

/**
 * Asks another level for things for an organ of the own, by a decision of the asking authority. The caller has seen to it that
 * the own level comes first (A23-2); the standard is judged here (GWC-R11), and what becomes of it is told through
 * `onAllotmentEnded`.
 * @throws Forbidden for whoever may not ask; Refused when one is on offer no more, or the level is not related
 */
export async function askOtherLevel(
  act: Act,
  wanted: Omit<AskingLevel, 'document'> & { itemIds: readonly string[] },
): Promise<{ levelRequestId: string; number: string }> {
  const organ = ownOrgan(act)
  permit(can.askLevel(act.actor, organ))
  const { itemIds, ...asking } = wanted
  insist(allOf(mayAskLevel(organ.jurisdictionCode, asking.giverJurisdictionCode), withoutMarks(asking.reason)))
  const offered = await offeredOf(act, asking.giverJurisdictionCode, itemIds)
  const row = await openLevelRequest(act, organ, { ...asking, document: '' }, offered)
  return { levelRequestId: row.id, number: row.number }
}

/**
 * Takes a request to another level back by the authority that asked, while nobody has signed for the things; one that has
 * ended already stays as it is. Whoever decided to ask is not told: it is they who take it back.
 * @throws Refused once the receiver has signed
 */
export async function takeBackFromLevel(act: Act, levelRequestId: string, reason: string): Promise<void> {
  const row = found(await levelRequestById(act.tx, levelRequestId, true), '跨级调剂')
  permit(can.askLevel(act.actor, row))
  if (row.state === 'refused' || row.state === 'declined' || row.state === 'withdrawn') return
  const request = row.requestId === null ? undefined : await requestById(act.tx, row.requestId, true)
  if (request === undefined) await moveCase(act, levelRequestCase, row.caseId, 'withdraw', { opinion: reason })
  else {
    await moveCase(act, levelReceiptCase, request.caseId, 'revoke', { opinion: reason })
    await changeRequest(act.tx, request, { state: 'withdrawn', closedOn: act.today })
  }
  await beyondScope(act, 'what was held for a request between levels is free when it ends (Art. 23)', () =>
    releaseRequest(act.tx, request?.id ?? row.id),
  )
  const ended = { state: 'withdrawn', closedOn: act.today, opinion: reason } as const
  await changeLevelRequest(act.tx, row, ended)
  await recordedOf(act, row, 'warehouse.level-withdrawn', ended, { state: row.state })
  await tellLevel(act, row.giverJurisdictionCode, row, `${row.askingName}撤回商请调剂${row.number}：${reason}`)
}
