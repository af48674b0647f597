import { todayHere } from '#kernel/web/dates.ts'
import { useFetchedLater } from '#kernel/web/fetching.ts'
import { contract } from '../contract.ts'
import type { CardFacts } from '../model.ts'
import type { CustomField } from '../model/custom-field.ts'
import { belongsTo, fieldsOn } from '../rules/custom-field.ts'

/** Custom fields of one's level that count today; none while they are being read. */
export function useCustomFields(): readonly CustomField[] {
  const { data } = useFetchedLater(contract.customFields, {})
  return data
    ? fieldsOn<CustomField>(
        data.items.flatMap(({ earlier, ...last }) => [...earlier, last]),
        todayHere(),
      )
    : []
}

/** Those that all of these cards have. */
export const sharedFields = (
  fields: readonly CustomField[],
  cards: readonly Pick<CardFacts, 'classCode' | 'classEdition'>[],
): CustomField[] => fields.filter((field) => cards.every((card) => belongsTo(field, card)))
