import type { Act } from '#kernel/server/context.ts'
import { codePrefix } from '#modules/organs/model.ts'
import { standardTable } from '#modules/standards/offers.ts'
import type { Term } from '../rules/opening.ts'

/**
 * A term of asking at a level today, from the standards; the level's own row before the province's.
 * @throws when none is in force: wrong data stops the act, it is not skipped
 */
export async function termOf(
  { tx, today }: Pick<Act, 'tx' | 'today'>,
  jurisdictionCode: string,
  code: 'consultation.opinion-workdays' | 'consultation.survey-months',
): Promise<Term> {
  const { rows } = await standardTable(tx, jurisdictionCode, today, [code])
  const reach = (row: (typeof rows)[number]) => codePrefix(row.jurisdictionCode).length
  const [nearest] = rows.toSorted((a, b) => reach(b) - reach(a))
  if (nearest?.value.form !== 'term') throw new Error(`standard ${code} is not in force in ${jurisdictionCode}`)
  return { count: nearest.value.amount, citation: nearest.citation }
}
