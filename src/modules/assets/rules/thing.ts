import type { StandardTable } from '#modules/standards/rules/in-force.ts'
import type { CardFacts } from '../model.ts'
import { classNameOf, classOf, presentCode } from '../model/classes.ts'
import { itemCodeOf } from './card.ts'
import { depreciationCode } from './depreciation.ts'

export type Thing = Readonly<{
  className: string
  /** Code of the present edition; null where none took the place of an older one. */
  classCode: string | null
  /** Its item among the standards (price, least life), and the standard of its depreciation; null where there is none. */
  item: string | null
  depreciation: string | null
}>

/** What classification and standards know of a card's thing, for procedures that judge it. */
export function thingOf(table: StandardTable, card: Pick<CardFacts, 'classCode' | 'classEdition' | 'detail'>): Thing {
  const assetClass = classOf(card.classEdition, card.classCode)
  return {
    className: classNameOf(card.classEdition, card.classCode),
    classCode: assetClass && presentCode(assetClass),
    item: assetClass && itemCodeOf(table, assetClass, card),
    depreciation: assetClass?.depreciation ? depreciationCode(assetClass.depreciation) : null,
  }
}
