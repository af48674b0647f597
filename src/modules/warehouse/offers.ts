import { found, permit } from '#kernel/server/errors.ts'
import { moveCase } from '#kernel/server/cases/engine.ts'
import type { Act } from '#kernel/server/context.ts'
import { beyondScope } from '#kernel/server/scope.ts'
import { ownOrgan } from './actions/access.ts'
import { letGo, reserve, type Holder } from './actions/holding.ts'
import { openRequest } from './actions/requesting.ts'
import { change } from './actions/requests.ts'
import { tellFinance } from './actions/telling.ts'
import { allotmentCase } from './cases.ts'
import type { Grade, Purpose } from './model.ts'
import { can } from './policy.ts'
import { remainingMonths } from './rules/holding.ts'
import { releaseRequest } from './store/hold.ts'
import { freeItems } from './store/item.ts'
import { changeRequest, requestById } from './store/request.ts'

export { allotmentNumbered } from './store/request.ts'
export { onAllotmentEnded, type EndedAllotment } from './actions/ended.ts'
/* What other levels' catalogues offer, and asking for it: their own authority and finance decide (Art. 6). */
export { askOtherLevel, levelStockOnOffer, takeBackFromLevel, type LevelStockItem } from './actions/level-offers.ts'
export type { EndedBy } from './actions/ended.ts'

/** A thing on the shelf that nobody holds, as matching and procurement look at it. */
export type StockItem = Readonly<{
  id: string
  cardId: string
  number: string
  name: string
  model: string
  /** Code of its standard item, `item.desktop`; null where the standards have none for its class. */
  itemId: string | null
  classCode: string
  classEdition: string
  unit: string
  /** Pieces that go together on one card; a lot is had whole. */
  quantity: number
  /** A ready, B light repair (see `repairFen`). */
  grade: Grade
  /** Whole months of its least life that are left on the day of asking; null where the standards set none. */
  remainingMonths: number | null
  acquiredOn: string
  takenOn: string
  storeId: string
  storeName: string
  place: string
  jurisdictionCode: string
  ownerOrganId: string
  ownerName: string
  costFen: number
  /** Book value when it came in, 分. */
  bookValueFen: number
  /** What is still to be spent on repair, 分. */
  repairFen: number
  transportFen: number
  replacementFen: number
}>

/**
 * What the warehouses of these jurisdictions offer today: on the shelf, grade A or B, held by nobody (GWC-R01; A23-2). The
 * caller has asked its own policy who may look at another level's.
 * @param of.itemIds codes of standard items (`item.desktop`); null for everything
 */
export async function stockOnOffer(
  act: Act,
  of: { itemIds: readonly string[] | null; jurisdictionCodes: readonly string[] },
): Promise<StockItem[]> {
  const rows = await beyondScope(act, 'things of the warehouse are offered before anything is bought (Art. 23)', () =>
    freeItems(act.tx, { itemCodes: of.itemIds, jurisdictionCodes: of.jurisdictionCodes, today: act.today }),
  )
  return rows.map((row) => ({
    id: row.id,
    cardId: row.cardId,
    number: row.number ?? '',
    name: row.name,
    model: row.model,
    itemId: row.itemCode,
    classCode: row.classCode,
    classEdition: row.classEdition,
    unit: row.unit,
    quantity: row.quantity,
    grade: row.grade ?? 'A',
    remainingMonths: remainingMonths(row.lifeUntil, act.today),
    acquiredOn: row.acquiredOn,
    takenOn: row.takenOn ?? '',
    storeId: row.storeId ?? '',
    storeName: row.storeName ?? '',
    place: row.place,
    jurisdictionCode: row.jurisdictionCode,
    ownerOrganId: row.ownerOrganId,
    ownerName: row.ownerName,
    costFen: row.costFen,
    bookValueFen: row.netFen,
    repairFen: row.repairFen,
    transportFen: row.transportFen,
    replacementFen: row.replacementFen,
  }))
}

/**
 * Reserves things for an organ of the level, all or none, as the authority's reviewer or the organ itself (GWC-R12).
 * @returns the last day of the reservation
 * @throws Forbidden for others; Missing when one is not there; Refused naming who holds one and until when, or that one is
 *   another level's
 */
export async function reserveItems(
  act: Act,
  wanted: { itemIds: readonly string[]; holder: Holder; reason: string },
): Promise<{ reservedUntil: string }> {
  mayActFor(act, wanted.holder)
  return { reservedUntil: await reserve(act, wanted.itemIds, wanted.holder, wanted.reason) }
}

/** Lets reservations of an organ go; what it does not hold by reservation stays as it is. */
export async function releaseItems(act: Act, wanted: { itemIds: readonly string[]; holder: Holder }): Promise<void> {
  mayActFor(act, wanted.holder)
  await letGo(act, wanted.itemIds, wanted.holder.id)
}

/**
 * Allots things to an organ of the level by the reviewer's decision (opinion O3): the standard is judged (GWC-R11), the
 * allotment is approved and goes to finance for consent, then to the receiver for signature, who has the card from that day
 * on (`/warehouse/requests/<id>`). What is reserved for the receiver, or free, can be allotted.
 * @param wanted.inUse what the receiver has in use by standard item; asked where it keeps no register here
 * @param wanted.source the record that decided it, shown with the allotment
 * @throws Forbidden for whoever may not decide; Refused with every reason against it
 */
export async function allotItems(
  act: Act,
  wanted: {
    itemIds: readonly string[]
    holder: Holder
    purpose: Purpose
    reason: string
    document?: string
    inUse?: Readonly<Record<string, number>>
    source?: { kind: string; id: string }
  },
): Promise<{ requestId: string; number: string; caseId: string }> {
  permit(can.decide(act.actor, wanted.holder))
  const row = await openRequest(act, {
    kind: 'allotment',
    itemIds: wanted.itemIds,
    holder: wanted.holder,
    purpose: wanted.purpose,
    reason: wanted.reason,
    document: wanted.document ?? '',
    dueOn: null,
    eventEndsOn: null,
    insteadOfPurchase: true,
    inUse: wanted.inUse ?? {},
    source: wanted.source ?? null,
  })
  await moveCase(act, allotmentCase, row.caseId, 'approve', { opinion: wanted.reason })
  const approved = await changeRequest(act.tx, row, { state: 'consenting', approvedOn: act.today })
  await tellFinance(act, approved)
  return { requestId: row.id, number: row.number, caseId: row.caseId }
}

/**
 * Takes an allotment back by the reviewer who decides, while nobody has signed for it: the things are on offer again. One
 * that finance declined or the organ withdrew is over already.
 * @throws Forbidden for whoever may not decide; Refused once the receiver has signed
 */
export async function revokeAllotment(act: Act, requestId: string, reason: string): Promise<void> {
  const request = found(await requestById(act.tx, requestId, true), '用物申请')
  permit(can.decide(act.actor, request))
  if (request.state === 'refused' || request.state === 'withdrawn') return
  await moveCase(act, allotmentCase, request.caseId, 'revoke', { opinion: reason })
  await releaseRequest(act.tx, request.id)
  await change(act, request, 'warehouse.request-withdrawn', { state: 'withdrawn', closedOn: act.today }, { reason })
}

function mayActFor(act: Act, holder: Holder): void {
  if (can.decide(act.actor, holder).ok) return
  ownOrgan(act)
  permit(can.ask(act.actor, { organId: holder.id }))
}
