import { provided, type Verdict } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import { insist } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import { stateOn } from '../rules/history.ts'
import { numberSetFree } from '../rules/import.ts'
import { lockCards, saveCards } from '../store/card.ts'
import { eventsOf, insertEvents, replaceHoldings } from '../store/event.ts'
import type { ImportRecord } from '../store/import.ts'
import { cardsOfImport, touchedSince } from '../store/import-taken-back.ts'
import { toSave } from './events.ts'

const batch = 2000

/** A takeover is taken back whole, and only while nothing was built on it (A12-2). */
export async function mayTakeBack(act: Pick<Act, 'tx'>, row: ImportRecord): Promise<Verdict> {
  const { cards, numbers } = await touchedSince(act.tx, row.id)
  return provided(cards === 0, {
    code: 'cards-touched',
    message: `${cards}张卡片登记后已有变动、正在办理其他事项或已计提折旧（${numbers.join('、')}${cards > numbers.length ? '等' : ''}），不能撤销导入。`,
    remedy: '请在卡片上逐项更正；整批有误而又已计提折旧的，请按处置程序办理。',
  })
}

/**
 * Withdraws the registration of every card of an import: by what is known now, none of them ever was; what was known until
 * today stays to be seen.
 * @returns how many cards
 * @throws Refused when something was built on one of them meanwhile
 */
export async function takeBackCards(
  act: Act,
  row: ImportRecord,
  progress: (done: number) => Promise<void>,
): Promise<number> {
  let done = 0
  for (let after: string | null = null; ;) {
    const ids = await cardsOfImport(act.tx, row.id, after, batch)
    const cards = await lockCards(act.tx, ids)
    if (after === null) insist(await mayTakeBack(act, row))
    const withdrawn = cards.map((card) => ({
      cardId: card.id,
      organId: card.organId,
      jurisdictionCode: card.jurisdictionCode,
      kind: 'withdrawn' as const,
      effectiveOn: card.bookedOn,
      corrects: null,
      changes: { number: numberSetFree(card) },
      reason: row.takenBackFor,
      document: '',
      caseId: null,
    }))
    await insertEvents(withdrawn, { personId: act.actor.personId, name: act.actor.name, at: act.now })(act.tx)
    const events = Map.groupBy(await eventsOf(act.tx, ids), ({ cardId }) => cardId)
    await saveCards(
      act.tx,
      cards.map((card) => {
        const state = stateOn(events.get(card.id) ?? [], null)
        if (state === null) throw new Error(`asset card ${card.id} has no registration among its events`)
        return toSave(card, state)
      }),
    )
    await replaceHoldings(act.tx, new Map(ids.map((id) => [id, []])))
    done += ids.length
    await progress(done)
    if (ids.length < batch) break
    after = ids.at(-1) ?? null
  }
  await record(act, 'assets.import-withdrawn', {
    subject: { kind: 'assets.import', id: row.id },
    organId: row.organId,
    after: { cards: done, reason: row.takenBackFor, sha256: row.sha256 },
  })
  return done
}
