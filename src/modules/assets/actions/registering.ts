import type { z } from 'zod'
import { allOf, verdictOf } from '#kernel/pure/verdict.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { insist, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { nextNumbers } from '#kernel/server/number-series.ts'
import { oneAhead } from '#kernel/server/one-ahead.ts'
import { record } from '#kernel/server/record.ts'
import type { contract } from '../contract.ts'
import type { NewCard } from '../contract/cards.ts'
import type { CardFacts, CardState } from '../model.ts'
import { can } from '../policy.ts'
import { classOf } from '../model/classes.ts'
import { cardFindings, checkFacts, checkSecrecy } from '../rules/card.ts'
import { checkCustomValues, keptDetail } from '../rules/custom-field.ts'
import {
  accumulatedThrough,
  firstBase,
  leastMonths,
  monthOf,
  monthsLater,
  takenOverBase,
} from '../rules/depreciation.ts'
import { cardById, lockBook, type CardToSave } from '../store/card.ts'
import { standardsOfCard, ownOrgan, subjectOf } from './access.ts'
import { fieldsInForce } from './custom-fields.ts'
import { enterCards, entryOf } from './entering.ts'
import { cardView } from './reading.ts'

type RegisteringActions = Pick<ActionsOf<typeof contract>, 'registerCard'>

export const registeringActions: RegisteringActions = {
  async registerCard(ctx) {
    const organ = ownOrgan(ctx)
    permit(can.register(ctx.actor, subjectOf(organ)))
    const standards = await standardsOfCard(ctx, { ...ctx.input, jurisdictionCode: organ.jurisdictionCode })
    const facts = factsOfNew(ctx.input, subjectOf(organ), standards)
    const assetClass = classOf(facts.classEdition, facts.classCode)
    const findings = assetClass ? cardFindings(standards, assetClass, facts) : []
    const fields = await fieldsInForce(ctx, organ.jurisdictionCode)
    insist(
      allOf(
        checkSecrecy(facts),
        checkFacts(facts, ctx.today),
        checkCustomValues(fields, facts, {}, facts.detail),
        verdictOf(findings),
      ),
    )
    const [id] = await registerCards(ctx, [{ ...facts, detail: keptDetail(fields, {}, facts.detail) }], null)
    await record(ctx, 'assets.card-registered', {
      subject: { kind: 'assets.card', id: id as string },
      organId: organ.id,
      after: facts,
      basis: { findings },
    })
    return cardView(ctx, (await cardById(ctx.tx, id as string)) ?? null)
  },
}

/** What was entered with what follows from it: funding, unit and months of the class, day of entry in the books. */
export function factsOfNew(
  entered: z.output<typeof NewCard>,
  whose: { organId: string; jurisdictionCode: string },
  standards: Parameters<typeof leastMonths>[0],
): CardFacts {
  const { fiscalFen = entered.costFen, bookedOn = entered.acquiredOn, depreciationMonths, ...rest } = entered
  const assetClass = classOf(entered.classEdition, entered.classCode)
  return {
    ...rest,
    ...whose,
    unit: entered.unit || assetClass?.unit || '件',
    fiscalFen,
    otherFen: Math.max(0, entered.costFen - fiscalFen),
    bookedOn,
    custodianId: null,
    depreciationMonths:
      depreciationMonths === undefined && assetClass
        ? leastMonths(standards, assetClass, entered.valueKind)
        : (depreciationMonths ?? null),
  }
}

/**
 * Brings cards into an organ's register, in a few statements however many: number where none is given, what was charged
 * before, the event, the first holder. The caller has judged the facts.
 * @param charged what earlier books charged each through the month before the open one; null where they are not known, and
 *   it is restated by the rule
 * @throws Conflict when a number is taken meanwhile
 */
export async function registerCards(
  act: Act,
  all: readonly CardFacts[],
  importId: string | null,
  charged: readonly (number | null)[] = [],
): Promise<string[]> {
  const [first] = all
  if (first === undefined) return []
  const openMonth = await openMonthOf(act, first)
  const cards = await newCards(act, all, charged, openMonth, importId)
  await enterCards(act, cards, { kind: 'registered' })
  return cards.map(({ id }) => id)
}

/** A card that comes in, with what earlier books charged it where that is known. */
type Incoming = Readonly<{ card: CardFacts; accumulatedFen: number | null }>

/**
 * The same for more cards of an organ than are held at once: a batch is put together while the one before is written.
 * @returns how many cards were registered with each batch, after it was
 */
export async function* registerBatches(
  act: Act,
  organ: { organId: string; jurisdictionCode: string },
  batches: AsyncIterable<readonly Incoming[]>,
  importId: string,
): AsyncGenerator<number> {
  const openMonth = await openMonthOf(act, organ)
  async function* entries() {
    for await (const batch of batches) {
      const facts = batch.map(({ card }) => card)
      const charged = batch.map(({ accumulatedFen }) => accumulatedFen)
      const cards = await newCards(act, facts, charged, openMonth, importId)
      yield { count: cards.length, enter: entryOf(act, cards, { kind: 'registered' }) }
    }
  }
  for await (const { count, enter } of oneAhead(entries())) {
    await enter(act.tx)
    yield count
  }
}

/** First month of an organ that is not closed; no month is closed until the act is over. */
async function openMonthOf(act: Act, organ: { organId: string; jurisdictionCode: string }): Promise<string> {
  const book = await lockBook(act.tx, organ, monthOf(act.today), 'share')
  return book.closedThrough === null ? book.openedIn : monthsLater(book.closedThrough, 1)
}

async function newCards(
  act: Act,
  all: readonly CardFacts[],
  charged: readonly (number | null)[],
  openMonth: string,
  importId: string | null,
): Promise<CardToSave[]> {
  const numbered = await withNumbers(act, all)
  return numbered.map((facts, at) => {
    const before = charged[at] ?? null
    const base = (before === null ? null : takenOverBase(facts, before, openMonth)) ?? firstBase(facts)
    const state: CardState = { facts, base, takenOverOn: null, removedOn: null }
    const openingFen = accumulatedThrough(state.base, monthsLater(openMonth, -1))
    return { id: newId(), state, openingFen, accumulatedFen: openingFen, registeredOn: act.today, importId }
  })
}

/** `ZC-2026-000123` in the organ's own series of the year of entry, where no number is given; all of one organ. */
export async function withNumbers(act: Act, all: readonly CardFacts[]): Promise<CardFacts[]> {
  const wanting = Map.groupBy(
    all.filter(({ number }) => number === ''),
    ({ bookedOn }) => bookedOn.slice(0, 4),
  )
  const next = new Map<string, number>()
  for (const [year, cards] of wanting)
    next.set(year, await nextNumbers(act.tx, `ZC-${cards[0]?.organId}-${year}`, cards.length))
  return all.map((facts) => {
    if (facts.number !== '') return facts
    const year = facts.bookedOn.slice(0, 4)
    const serial = next.get(year) ?? 1
    next.set(year, serial + 1)
    return { ...facts, number: `ZC-${year}-${String(serial).padStart(6, '0')}` }
  })
}
