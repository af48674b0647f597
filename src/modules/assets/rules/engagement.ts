import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'
import { procedureLabels, type CardFacts, type Engagement } from '../model.ts'

type Subject = Pick<CardFacts, 'number' | 'state'> & { removedOn: string | null }

/** A card enters a procedure when it is there and no other procedure holds it (A12-2). */
export function mayEngage(card: Subject, held: Engagement | undefined): Verdict {
  return allOf(
    provided(card.removedOn === null, {
      code: 'card-removed',
      message: `资产${card.number}已${card.state === 'replaced' ? '拆分合并，由新卡片接续' : '处置注销'}，不能再办理。`,
      basis: law.wholeLife,
    }),
    notHeld(card, held),
  )
}

/** What a procedure decides of a card, nobody changes by hand while it runs. */
export function notHeld({ number }: Pick<CardFacts, 'number'>, held: Engagement | undefined): Verdict {
  return provided(held === undefined, {
    code: 'card-engaged',
    message: `资产${number}正在办理${held ? procedureLabels[held.procedure] : ''}，一项资产同一时间只能办理一项。`,
    basis: law.wholeLife,
    facts: { 正在办理: held ? procedureLabels[held.procedure] : '', 自: held?.engagedOn ?? '' },
    remedy: '请等该事项办结，或先撤回该事项。',
  })
}
