import type { Act } from '#kernel/server/context.ts'
import { correctCounted, registerFound, release, type CountedChange } from '#modules/assets/offers.ts'
import { correctableFields, valueBasisLabels, type Outcome, type SurplusCard } from '../model.ts'
import { stateAfter } from '../rules/closing.ts'
import type { CountRow } from '../store/count.ts'
import { changedCards, lockDifferencesAfter, saveOutcomes, type DifferenceRow } from '../store/difference.ts'

/** Differences booked at a time, so that memory does not grow with the sheet. */
const bookedAtOnce = 1000

/**
 * Brings the register in line with what was counted and seen through: cards corrected by events of the day, surplus on new
 * cards, shortages to 盘亏待查, from where only the write-off with consent takes them off the books (A12-3, A12-4; AST-R07).
 */
export async function bookResult(act: Act, row: CountRow): Promise<void> {
  // What the count held is let out; the events that follow are its own.
  await release(act, await changedCards(act.tx, row.id))
  for (let after: string | null = null; ;) {
    const differences: DifferenceRow[] = await lockDifferencesAfter(act.tx, row.id, after, bookedAtOnce)
    if (differences.length > 0) await bookDifferences(act, row, differences)
    if (differences.length < bookedAtOnce) return
    after = differences.at(-1)?.id ?? null
  }
}

async function bookDifferences(act: Act, row: CountRow, differences: readonly DifferenceRow[]): Promise<void> {
  const changes = differences.flatMap((difference) => changeOf(difference) ?? [])
  const how = { reason: `资产盘点 ${row.number}`, document: row.number, caseId: row.caseId }
  const corrected = await correctCounted(act, row.organId, changes, how)
  const surplus = differences.filter(({ resolution, card }) => resolution === 'register' && card !== null)
  const made = await registerFound(
    act,
    { organId: row.organId, jurisdictionCode: row.jurisdictionCode },
    surplus.map(({ card }) => newCardOf(card as SurplusCard, row, act.today)),
  )
  const madeOf = new Map(surplus.map(({ id }, at) => [id, made[at] ?? null]))
  await saveOutcomes(
    act.tx,
    differences.map(({ id, cardId }) => ({
      id,
      outcome: outcomeOf(madeOf.has(id), cardId === null ? undefined : corrected.get(cardId)),
      madeCardId: madeOf.get(id) ?? null,
    })),
  )
}

const outcomeOf = (registered: boolean, corrected: Outcome | undefined): Outcome =>
  registered ? 'registered' : (corrected ?? 'unchanged')

/** What a difference changes of its card; null where the card stays as it is. */
function changeOf({ cardId, resolution, booked, found }: DifferenceRow): CountedChange | null {
  if (cardId === null || resolution === null) return null
  const state = stateAfter[resolution]
  if (resolution !== 'correct' && state === undefined) return null
  const differing = correctableFields.filter((field) => found[field] !== undefined)
  return {
    cardId,
    booked: {
      ...Object.fromEntries(differing.map((field) => [field, booked[field]])),
      ...(state === undefined ? {} : { state: booked['state'] as never }),
    },
    found: {
      ...Object.fromEntries(differing.map((field) => [field, found[field]])),
      ...(state === undefined ? {} : { state }),
    },
  }
}

function newCardOf(card: SurplusCard, row: CountRow, today: string): Parameters<typeof registerFound>[2][number] {
  const { valueBasis, valueFen, evidence, ...facts } = card
  const basis = `${row.number}盘盈，按${valueBasisLabels[valueBasis]}入账${evidence === '' ? '' : `（${evidence}）`}`
  return {
    ...facts,
    costFen: valueFen,
    valueKind: valueBasis === 'nominal' ? 'nominal' : 'cost',
    // It comes into the books with the result of the count, however old it is.
    bookedOn: today,
    acquiredBy: 'surplus',
    note: basis,
  }
}
