import { allOf } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import type { Tx } from '#kernel/server/database.ts'
import { found, insist } from '#kernel/server/errors.ts'
import { hasForm, type StandardTable } from '#modules/standards/rules/in-force.ts'
import { yearsLater } from '#modules/standards/rules/terms.ts'
import { happen } from './actions/events.ts'
import { presentClasses } from './model/classes.ts'
import { itemCodeOf, mayRemove } from './rules/card.ts'
import { bookOf, lockBook, lockCards } from './store/card.ts'
import { heldByClass } from './store/summary.ts'

/* What later modules stand on: disposal and warehouse move cards through here, land, rooms and vehicles register their detail. */
export { registerDetailKind, type DetailKind } from './model/detail.ts'
export { registerCards } from './actions/registering.ts'

/**
 * Takes a card off the register for good, on the consent of finance (A12-3; AST-R07, AST-R08); for the procedure of disposal.
 * @throws Refused without consent, in a closed month, or when it is gone already
 */
export async function removeCard(
  act: Act,
  cardId: string,
  removal: {
    effectiveOn: string
    consentDocument: string
    consentedOn: string | null
    appliedOn: string
    form: string
    caseId: string | null
  },
): Promise<void> {
  const [card] = await lockCards(act.tx, [cardId])
  const there = found(card, '资产卡片')
  await lockBook(act.tx, there, removal.effectiveOn.slice(0, 7), 'share')
  const book = await bookOf(act.tx, there.organId)
  insist(allOf(mayRemove({ number: there.number, closedThrough: book?.closedThrough ?? null }, removal)))
  await happen(
    act,
    [
      {
        card: there,
        kind: 'removed',
        effectiveOn: removal.effectiveOn,
        reason: removal.form,
        document: removal.consentDocument,
        caseId: removal.caseId,
        changes: { state: 'disposed' },
      },
    ],
    'assets.card-removed',
  )
}

/** What an organ has of a standard item, by the register: all, usable, past its least life, idle. */
export type RegisteredHolding = {
  organId: string
  standardCode: string
  unit: string
  quantity: number
  usableQuantity: number
  overLifeQuantity: number
  idleQuantity: number
}

/**
 * Holdings of organs by standard item (Art. 31, 32 配置现状; A22-1), one query for all organs; what is disposed does not count.
 * @param table standards in force on the day, with the family `item.`
 */
export async function holdingsByItem(
  tx: Tx,
  organIds: readonly string[],
  table: StandardTable,
): Promise<RegisteredHolding[]> {
  const lifeEnds = presentClasses.flatMap((assetClass) => {
    const item = itemCodeOf(table, assetClass, null)
    const row = table.rows.find(({ code }) => code === item)
    const years = row && hasForm(row, 'item') ? row.value.minimumYears : null
    return years === null
      ? []
      : [{ classCode: assetClass.code, classEdition: assetClass.edition, acquiredAfter: yearsLater(table.on, -years) }]
  })
  const sums = new Map<string, RegisteredHolding>()
  for (const held of await heldByClass(tx, organIds, lifeEnds)) {
    const assetClass = { code: held.classCode, edition: held.classEdition }
    const code = itemCodeOf(table, assetClass, { detail: held.rank === null ? {} : { rank: held.rank } })
    if (code === null) continue
    const key = `${held.organId} ${code}`
    const unit = presentClasses.find((one) => one.code === held.classCode)?.unit ?? ''
    const sum = sums.get(key) ?? {
      organId: held.organId,
      standardCode: code,
      unit,
      quantity: 0,
      usableQuantity: 0,
      overLifeQuantity: 0,
      idleQuantity: 0,
    }
    sum.quantity += held.quantity
    sum.usableQuantity += held.usable
    sum.overLifeQuantity += held.overLife
    sum.idleQuantity += held.idle
    sums.set(key, sum)
  }
  return [...sums.values()]
}
