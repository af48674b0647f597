import { addDays } from '#kernel/pure/local-date.ts'
import type { Act } from '#kernel/server/context.ts'
import { procedureLabels } from '#modules/assets/model.ts'
import { thingOf, type MetCard } from '#modules/assets/offers.ts'
import { standardTable } from '#modules/standards/offers.ts'
import { figureFor, levelOf, type StandardTable } from '#modules/standards/rules/in-force.ts'
import type { Condition, DisposalForm, Item, Paper } from '../model.ts'
import { storesData, type ApplicationFacts, type ThingFacts } from '../rules/application.ts'
import { earlierBatches, type ItemRow } from '../store/application.ts'

const disposalStandards = ['asset.disposal-tiers', 'asset.disposal-batch', 'asset.disposal-case-consent']

/** The things of an application as their cards say now. */
export async function itemRowsOf(
  { tx, today }: Pick<Act, 'tx' | 'today'>,
  jurisdictionCode: string,
  met: readonly MetCard[],
  conditionOf: (cardId: string) => Condition,
): Promise<ItemRow[]> {
  const items = await standardTable(tx, jurisdictionCode, today, ['item.'])
  return met.map(({ card }) => {
    const { className, classCode, item, depreciation } = thingOf(items, card)
    return {
      cardId: card.id,
      number: card.number,
      name: card.name,
      model: card.model,
      className,
      classCode,
      item,
      depreciation,
      place: card.place,
      quantity: card.quantity,
      costFen: card.costFen,
      accumulatedFen: card.accumulatedFen,
      netFen: card.netFen,
      acquiredOn: card.acquiredOn,
      condition: conditionOf(card.id),
      stateBefore: card.state,
    }
  })
}

export const itemShown = ({ item: _, depreciation: __, stateBefore: ___, classCode, ...row }: ItemRow): Item => ({
  ...row,
  storesData: storesData(classCode),
})

/** Standards of the path, and of the least life of these things. */
async function standardsFor(
  { tx }: Pick<Act, 'tx'>,
  jurisdictionCode: string,
  on: string,
  items: readonly ItemRow[],
): Promise<StandardTable> {
  const lives = new Set(items.flatMap(({ item, depreciation }) => [item, depreciation].filter((one) => one !== null)))
  return standardTable(tx, jurisdictionCode, on, [...disposalStandards, ...lives])
}

type Written = {
  id: string | null
  organId: string
  jurisdictionCode: string
  form: DisposalForm
  encumbered: boolean
  receiver: string
  receiverJurisdictionCode: string | null
}

/**
 * Everything the rules look at, as of a day.
 * @param met the cards with what holds them; null once the application itself holds them
 */
export async function applicationFacts(
  act: Pick<Act, 'tx'>,
  written: Written,
  given: { items: readonly ItemRow[]; papers: readonly Paper[]; met: readonly MetCard[] | null; on: string },
): Promise<ApplicationFacts> {
  const { items, papers, met, on } = given
  const { organId, jurisdictionCode, form } = written
  const table = await standardsFor(act, jurisdictionCode, on, items)
  const period = figureFor(table, 'asset.disposal-batch', 'term').value.amount
  const held = new Map((met ?? []).map(({ card, engagement }) => [card.id, { state: card.state, engagement }]))
  return {
    form,
    level: levelOf(jurisdictionCode),
    appliedOn: on,
    encumbered: written.encumbered,
    receiver: written.receiver,
    crossLevel: written.receiverJurisdictionCode !== null && written.receiverJurisdictionCode !== jurisdictionCode,
    things: items.map((item) =>
      // A card that went elsewhere since the draft was written is nothing of this organ's any more.
      thingFacts(item, met === null ? undefined : (held.get(item.cardId) ?? { state: 'disposed', engagement: null })),
    ),
    papers: papers.map(({ kind, number, issuedOn }) => ({ kind, number, issuedOn })),
    earlier: await earlierBatches(act.tx, { organId, form, since: addDays(on, -period), except: written.id }),
    table,
  }
}

function thingFacts(
  { number, name, classCode, item, depreciation, costFen, acquiredOn, condition, stateBefore }: ItemRow,
  now: { state: ThingFacts['state']; engagement: MetCard['engagement'] } | undefined,
): ThingFacts {
  return {
    number,
    name,
    classCode,
    item,
    depreciation,
    costFen,
    acquiredOn,
    condition,
    state: now?.state ?? stateBefore,
    heldBy: now?.engagement ? procedureLabels[now.engagement.procedure] : null,
  }
}
