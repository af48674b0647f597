import type { ActingOrgan, Actor } from '#kernel/pure/actor.ts'
import { secrecyMarkIn } from '#kernel/pure/secrecy-marks.ts'
import { provided, type Verdict } from '#kernel/pure/verdict.ts'
import { currentCalendar } from '#kernel/server/cases/clock.ts'
import type { Act } from '#kernel/server/context.ts'
import { Conflict, found, Missing } from '#kernel/server/errors.ts'
import { officeOrgan } from '#kernel/server/office.ts'
import { standardTable } from '#modules/standards/offers.ts'
import { figureFor } from '#modules/standards/rules/in-force.ts'
import { monthsLater } from '#modules/standards/rules/terms.ts'
import { classNameOf } from '#modules/assets/offers.ts'
import type { Hold, Item } from '../model.ts'
import { law } from '../law.ts'
import { maySeeCatalogue, maySeeItem, maySeeMatter } from '../policy.ts'
import { holdsOn, remainingMonths, type Held } from '../rules/holding.ts'
import { intakeById, type IntakeRow } from '../store/intake.ts'
import { itemById, lockItems, type ItemRow } from '../store/item.ts'
import { requestById, type RequestRow } from '../store/request.ts'

/** The organ the actor acts for, with the question answered whether they look after business there at all. */
export function ownOrgan({ actor }: Pick<Act, 'actor'>): ActingOrgan {
  return officeOrgan(actor, '公物仓')
}

/** Standards that the warehouse goes by, in force today. */
export async function warehouseStandards({ tx, today }: Pick<Act, 'tx' | 'today'>, jurisdictionCode: string) {
  return standardTable(tx, jurisdictionCode, today, ['warehouse.', 'item.', 'equipment.', 'rank.'])
}

/** The day on which things that have waited for so long came in: for the levels below, or for disposal (facts 3.2). */
export async function longWaiting(
  act: Pick<Act, 'tx' | 'today'>,
  jurisdictionCode: string,
  stay: 'second-round' | 'disposal-list',
): Promise<string> {
  const standards = await warehouseStandards(act, jurisdictionCode)
  return monthsLater(act.today, -figureFor(standards, `warehouse.${stay}`, 'term').value.amount)
}

/** The calendar that working days are counted by. */
export const workCalendar = ({ tx }: Pick<Act, 'tx'>) => currentCalendar(tx)

/** The thing, unless the actor may not know of it. */
export async function seenItem({ tx, actor }: Act, id: string): Promise<ItemRow> {
  const item = found(await itemById(tx, id), '公物仓物品')
  if (!maySeeItem(actor, item)) throw new Missing('公物仓物品')
  return item
}

/**
 * Things locked for a change, all of them the actor's to know of.
 * @throws Missing when one is not; Conflict when the version is another
 */
export async function lockedItems({ tx, actor }: Act, ids: readonly string[], version?: number): Promise<ItemRow[]> {
  const items = await lockItems(tx, ids)
  if (items.length !== new Set(ids).size || items.some((item) => !maySeeItem(actor, item)))
    throw new Missing('公物仓物品')
  if (version !== undefined && items.some((item) => item.version !== version)) throw new Conflict('公物仓物品')
  return items
}

/** As {@link lockedItems} for one thing. */
export async function lockedItem(act: Act, id: string, version: number): Promise<ItemRow> {
  const [item] = await lockedItems(act, [id], version)
  return found(item, '公物仓物品')
}

export async function seenIntake({ tx, actor }: Act, id: string): Promise<IntakeRow> {
  const intake = found(await intakeById(tx, id), '入仓申请')
  if (!maySeeMatter(actor, intake)) throw new Missing('入仓申请')
  return intake
}

export async function lockedIntake(act: Act & { input: { intakeId: string; version: number } }): Promise<IntakeRow> {
  const { intakeId, version } = act.input
  const intake = found(await intakeById(act.tx, intakeId, true), '入仓申请')
  if (!maySeeMatter(act.actor, intake)) throw new Missing('入仓申请')
  if (intake.version !== version) throw new Conflict('入仓申请')
  return intake
}

export async function seenRequest({ tx, actor }: Act, id: string): Promise<RequestRow> {
  const request = found(await requestById(tx, id), '用物申请')
  if (!maySeeMatter(actor, request)) throw new Missing('用物申请')
  return request
}

export async function lockedRequest(act: Act & { input: { requestId: string; version: number } }): Promise<RequestRow> {
  const { requestId, version } = act.input
  const request = found(await requestById(act.tx, requestId, true), '用物申请')
  if (!maySeeMatter(act.actor, request)) throw new Missing('用物申请')
  if (request.version !== version) throw new Conflict('用物申请')
  return request
}

/** Who holds the thing by its row; null when nobody does. */
export function heldOf(item: ItemRow): Held | null {
  return item.holdOrganId === null
    ? null
    : { organId: item.holdOrganId, organName: item.holdOrganName ?? '', heldUntil: item.heldUntil }
}

const holdShown = (item: ItemRow, today: string): Hold | null =>
  holdsOn(heldOf(item), today)
    ? { organName: item.holdOrganName ?? '', until: item.heldUntil, requested: item.holdRequestId !== null }
    : null

/** A thing as it is shown; ids of the organs that hold or held it stay inside. */
export function itemShown(item: ItemRow, today: string): Item {
  const { intakeId: _, cardId: __, ownerOrganId: ___, jurisdictionCode: ____, lifeUntil, photoSha256, ...row } = item
  const {
    photoMediaType: _____,
    photoName: ______,
    holdOrganId,
    holdOrganName,
    heldUntil,
    holdRequestId,
    ...shown
  } = row
  return {
    ...shown,
    className: classNameOf(item.classEdition, item.classCode),
    remainingMonths: remainingMonths(lifeUntil, today),
    hasPhoto: photoSha256 !== null,
    hold: holdShown({ ...item, holdOrganId, holdOrganName, heldUntil, holdRequestId }, today),
  }
}

/** Nothing that is written bears a mark of secrecy (Art. 44). */
export const withoutMarks = (...texts: string[]): Verdict =>
  provided(secrecyMarkIn(texts.join(' ')) === null, {
    code: 'A44-1',
    message: '填写的内容带有密级标志。本系统为非涉密系统，不得填写涉密内容。',
    basis: law.secrecy,
  })

/** A request as it is shown. */
export const requestShown = ({
  organId: _,
  jurisdictionCode: __,
  inUse: ___,
  findings: ____,
  sourceKind: _____,
  sourceId: ______,
  ...row
}: RequestRow) => row

export const insistCatalogue = (actor: Actor, jurisdictionCode: string): void => {
  if (!maySeeCatalogue(actor, jurisdictionCode)) throw new Missing('公物仓')
}
