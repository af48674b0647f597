import type { InputOf } from '#kernel/pure/contract.ts'
import { isLocalDate } from '#kernel/pure/local-date.ts'
import type { contract } from '../../contract.ts'
import type { AdjustmentChange } from '../../model.ts'

type Asked = InputOf<(typeof contract)['checkAdjustment']>
export type Values = Partial<InputOf<(typeof contract)['makeAdjustment']>>

/** What can be asked of the rules as typed so far; null while circumstance or day is missing. */
export function askedOf(year: number, values: Values, changes: readonly AdjustmentChange[]): Asked | null {
  const { type, adjustedOn } = values
  if (!type || !adjustedOn || !isLocalDate(adjustedOn)) return null
  return {
    year,
    type,
    adjustedOn,
    cause: values.cause ?? '',
    basisDocument: values.basisDocument ?? '',
    fundSource: values.fundSource ?? '',
    changes: [...changes],
  }
}
