import type { Act } from '#kernel/server/context.ts'
import { allOf, type Verdict } from '#kernel/pure/verdict.ts'
import type { CardFacts } from '../model.ts'
import { classOf } from '../model/classes.ts'
import { checkFacts, checkSecrecy } from '../rules/card.ts'
import { leastMonths } from '../rules/depreciation.ts'
import { standardsOfCard } from './access.ts'

/** What a purchase knows of a thing it took in: from contract, acceptance and invoice. */
export type Purchased = Pick<
  CardFacts,
  | 'classCode'
  | 'name'
  | 'model'
  | 'serialNumber'
  | 'unit'
  | 'quantity'
  | 'costFen'
  | 'acquiredOn'
  | 'supplier'
  | 'contractNumber'
  | 'invoiceNumber'
  | 'voucherNumber'
  | 'warrantyUntil'
  | 'place'
  | 'department'
  | 'custodianName'
  | 'detail'
  | 'note'
>

/** Facts of cards for what was bought, booked today; months of depreciation by the class (AST-R03). For `registerCards`. */
export async function factsOfPurchase(
  act: Act,
  whose: { organId: string; jurisdictionCode: string },
  things: readonly Purchased[],
): Promise<CardFacts[]> {
  const months = new Map<string, number | null>()
  for (const classCode of new Set(things.map((thing) => thing.classCode))) {
    const assetClass = classOf('2022', classCode)
    const standards = await standardsOfCard(act, { ...whose, classEdition: '2022', classCode })
    months.set(classCode, assetClass ? leastMonths(standards, assetClass, 'cost') : null)
  }
  return things.map((thing) => ({
    ...thing,
    ...whose,
    number: '',
    classEdition: '2022',
    valueKind: 'cost',
    fiscalFen: thing.costFen,
    otherFen: 0,
    acquiredBy: 'purchase',
    bookedOn: act.today,
    depreciationMonths: months.get(thing.classCode) ?? null,
    state: 'in-use',
    userName: '',
    custodianId: null,
    inspectionDue: null,
  }))
}

/** Whether such a card may be registered, with every reason. */
export const mayRegister = (facts: CardFacts, today: string): Verdict =>
  allOf(checkSecrecy(facts), checkFacts(facts, today))
