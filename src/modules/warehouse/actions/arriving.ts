import { provided, type Verdict } from '#kernel/pure/verdict.ts'
import { newId } from '#kernel/server/identifier.ts'
import { classOf, itemCodeOf, type CardRow } from '#modules/assets/offers.ts'
import { hasForm, rowFor, type StandardTable } from '#modules/standards/rules/in-force.ts'
import { monthsLater, yearsLater } from '#modules/standards/rules/terms.ts'
import { law } from '../law.ts'
import type { NewItem } from '../store/item.ts'

/** In whatever state but lent out, missing or on its way to disposal. */
export function mayComeIn(card: CardRow): Verdict {
  return provided(card.removedOn === null && ['in-use', 'idle', 'repair', 'disposal-pending'].includes(card.state), {
    code: 'card-state',
    message: `资产${card.number}的使用状况不能申请入仓。`,
    basis: law.warehouse,
    remedy: '在用、闲置、待修、待处置的资产可以申请；出借、出租的请先收回。',
  })
}

/** A card as a thing of the warehouse, with what an office needs to choose it. */
export function itemOf(card: CardRow, intakeId: string, standards: StandardTable): NewItem {
  const assetClass = classOf(card.classEdition, card.classCode)
  const itemCode = assetClass ? itemCodeOf(standards, assetClass, card) : null
  const row = itemCode === null ? null : rowFor(standards, itemCode)
  const years = row !== null && hasForm(row, 'item') ? row.value.minimumYears : null
  const lifeUntil =
    years !== null
      ? yearsLater(card.acquiredOn, years)
      : card.depreciationMonths === null
        ? null
        : monthsLater(card.acquiredOn, card.depreciationMonths)
  return {
    id: newId(),
    intakeId,
    cardId: card.id,
    ownerOrganId: card.organId,
    jurisdictionCode: card.jurisdictionCode,
    name: card.name,
    model: card.model,
    classCode: card.classCode,
    classEdition: card.classEdition,
    itemCode,
    unit: card.unit,
    quantity: card.quantity,
    costFen: card.costFen,
    netFen: card.netFen,
    acquiredOn: card.acquiredOn,
    lifeUntil,
    place: card.place,
  }
}
