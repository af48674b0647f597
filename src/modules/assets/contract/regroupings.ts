import { z } from 'zod'
import type { OperationDeclaration } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { CardFacts, ClassEdition } from '../model.ts'
import { CardView } from './cards.ts'

const how = {
  effectiveOn: LocalDateSchema,
  reason: z.string().trim().min(1, '请填写原因。').max(300),
  document: z.string().trim().max(200).default(''),
}

/** One of the cards a card is split into; what is left out is as the card has it. */
export const SplitPart = z.object({
  name: CardFacts.shape.name,
  quantity: CardFacts.shape.quantity,
  costFen: CardFacts.shape.costFen,
  /** Given by the system when left out. */
  number: z.string().trim().max(60).default(''),
  classCode: CardFacts.shape.classCode.optional(),
  classEdition: ClassEdition.optional(),
  /** Months of the whole life; of another class the least of that class when left out. */
  depreciationMonths: CardFacts.shape.depreciationMonths.optional(),
  unit: CardFacts.shape.unit.optional(),
  model: CardFacts.shape.model.optional(),
  serialNumber: CardFacts.shape.serialNumber.optional(),
  place: CardFacts.shape.place.optional(),
})

export const regroupingOperations = {
  /** Ends a card; several go on in its place, of the same money to the 分. Answers with the card that ended. */
  splitCard: {
    method: 'POST',
    path: '/cards/:cardId/split',
    summary: '拆分资产卡片',
    input: z.object({
      cardId: z.uuid(),
      version: z.number().int(),
      ...how,
      parts: z.array(SplitPart).min(2, '至少拆成2张卡片。').max(100, '一次最多拆成100张卡片。'),
    }),
    output: CardView,
  },
  /** Ends cards; one goes on in their place, taking after one of them. Answers with the new card. */
  mergeCards: {
    method: 'POST',
    path: '/cards/merge',
    summary: '合并资产卡片',
    input: z.object({
      cardIds: z.array(z.uuid()).min(2, '请选择至少2张卡片。').max(100, '一次最多合并100张卡片。'),
      /** The card whose class, place, custodian and dates the new one takes. */
      mainCardId: z.uuid(),
      name: CardFacts.shape.name,
      quantity: CardFacts.shape.quantity,
      unit: CardFacts.shape.unit.optional(),
      ...how,
    }),
    output: CardView,
  },
} as const satisfies Record<string, OperationDeclaration>
