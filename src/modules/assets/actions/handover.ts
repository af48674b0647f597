import { keeperRoles } from '#kernel/pure/actor.ts'
import { allOf, mayOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { isParty } from '#kernel/pure/case-moves.ts'
import { pageFrom } from '#kernel/pure/page.ts'
import { caseById, saveCase } from '#kernel/server/cases/store.ts'
import { moveCase, openCase } from '#kernel/server/cases/engine.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { Conflict, found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { nextNumber } from '#kernel/server/number-series.ts'
import { record } from '#kernel/server/record.ts'
import { peopleWithRoles } from '#modules/people/offers.ts'
import { handoverCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { handoverSheet } from '../documents/sheets.ts'
import { law } from '../law.ts'
import { can, listScope, maySeeCards } from '../policy.ts'
import { checkSecrecy } from '../rules/card.ts'
import {
  answerHandover,
  handoverById,
  handoverCards,
  handoversPage,
  insertHandover,
  type HandoverRow,
} from '../store/handover.ts'
import { lockCards } from '../store/card.ts'
import { lockedCards, nameOf, ownOrgan, subjectOf } from './access.ts'
import { engage, release } from './engaging.ts'
import { idCursor } from './cursors.ts'
import { happen } from './events.ts'

type HandoverActions = Pick<
  ActionsOf<typeof contract>,
  | 'handovers'
  | 'viewHandover'
  | 'handoverSheet'
  | 'receivers'
  | 'offerHandover'
  | 'acceptHandover'
  | 'declineHandover'
  | 'withdrawHandover'
>

const receiving = handoverCase.transitions.accept.by.roles

export const handoverActions: HandoverActions = {
  /** The organ's own, the level's, or for those without office what is offered to themselves. */
  async handovers(ctx) {
    const { state, after, limit } = ctx.input
    const scope = listScope(ctx.actor)
    const { organ, personId } = ctx.actor
    if (organ === null || personId === null) return { items: [], next: null, total: 0 }
    const rows = await handoversPage(
      ctx.tx,
      {
        jurisdictionCode: organ.jurisdictionCode,
        organId: scope?.organId ?? null,
        personId: scope ? null : personId,
        state,
      },
      idCursor(after),
      limit + 1,
    )
    const page = pageFrom(rows, limit)
    return { ...page, items: page.items.map(shown) }
  },

  async viewHandover(ctx) {
    return view(ctx, await seenHandover(ctx, ctx.input.handoverId))
  },

  async handoverSheet(ctx) {
    const row = await seenHandover(ctx, ctx.input.handoverId)
    const organName = await nameOf(ctx, row.organId)
    return {
      fileName: `资产交接单（${row.number}）.pdf`,
      mediaType: 'application/pdf',
      body: await handoverSheet(row, await handoverCards(ctx.tx, row.id), organName),
    }
  },

  async receivers(ctx) {
    const organ = ownOrgan(ctx)
    const people = await peopleWithRoles(ctx.tx, { organId: organ.id, roles: receiving }, ctx.today)
    return { items: people.map(({ id, name }) => ({ id, name })) }
  },

  async offerHandover(ctx) {
    const { cardIds, toPersonId, reason } = ctx.input
    const organ = ownOrgan(ctx)
    const cards = await lockedCards(ctx, cardIds)
    for (const card of cards) permit(can.handOver(ctx.actor, card))
    const people = await peopleWithRoles(ctx.tx, { organId: organ.id, roles: receiving }, ctx.today)
    const receiver = people.find(({ id }) => id === toPersonId)
    insist(
      allOf(
        provided(receiver !== undefined, {
          code: 'no-receiver',
          message: '接收人不是本机关在岗人员。',
          remedy: '请重新选择接收人。',
        }),
        provided(
          cards.every(({ custodianId }) => custodianId !== toPersonId),
          { code: 'same-custodian', message: '所选资产中有已由接收人保管的。', remedy: '请从清单中去掉。' },
        ),
        ...cards.map(({ removedOn, number }) =>
          provided(removedOn === null, {
            code: 'card-removed',
            message: `资产${number}已处置注销，不能交接。`,
            basis: law.wholeLife,
          }),
        ),
        checkSecrecy({}, reason),
      ),
    )
    const id = newId()
    const number = `JJ-${ctx.today.slice(0, 4)}-${String(await nextNumber(ctx.tx, `JJ-${organ.id}-${ctx.today.slice(0, 4)}`)).padStart(4, '0')}`
    const toName = receiver?.name ?? ''
    const opened = await openCase(ctx, handoverCase, {
      subjectId: id,
      title: `资产交接 ${number}（${cards.length}件，接收人${toName}）`,
      applicantOrganId: organ.id,
      jurisdictionCode: organ.jurisdictionCode,
    })
    await assignTo(ctx, opened.id, { id: toPersonId, name: toName })
    await insertHandover(
      ctx.tx,
      {
        id,
        ...subjectOf(organ),
        number,
        fromName: [...new Set(cards.map(({ custodianName, userName }) => custodianName || userName).filter(Boolean))]
          .join('、')
          .slice(0, 100),
        toPersonId,
        toName,
        reason,
        offeredOn: ctx.today,
        offeredBy: ctx.actor.personId,
        offeredByName: ctx.actor.name,
        caseId: opened.id,
      },
      cards.map((card) => ({
        cardId: card.id,
        number: card.number,
        name: card.name,
        place: card.place,
        costFen: card.costFen,
        fromCustodianName: card.custodianName,
      })),
    )
    await engage(ctx, cardIds, 'handover', id, `/assets/handovers/${id}`)
    const row = found(await handoverById(ctx.tx, id), '资产交接')
    await record(ctx, 'assets.handover-offered', {
      ...recordOf(row),
      after: { number, cards: cardIds, toName, reason },
    })
    await notify(ctx, {
      organId: organ.id,
      roles: receiving,
      personId: toPersonId,
      link: `/assets/handovers/${id}`,
      text: `${ctx.actor.name}向您交接${cards.length}件资产（${number}），请核对后签收。`,
    })
    return view(ctx, row)
  },

  /** The signature moves the things into the receiver's care from today on, all of them or none. */
  async acceptHandover(ctx) {
    const row = await lockedHandover(ctx)
    permit(can.answerHandover(ctx.actor, row))
    await moveCase(ctx, handoverCase, row.caseId, 'accept', { opinion: ctx.input.opinion })
    const ids = (await handoverCards(ctx.tx, row.id)).map(({ cardId }) => cardId)
    const cards = await lockCards(ctx.tx, ids)
    await happen(
      ctx,
      cards.map((card) => ({
        card,
        kind: 'custody' as const,
        effectiveOn: ctx.today < card.bookedOn ? card.bookedOn : ctx.today,
        reason: `资产交接 ${row.number}`,
        document: row.number,
        caseId: row.caseId,
        changes: { custodianId: row.toPersonId, custodianName: row.toName },
      })),
      'assets.card-handed-over',
    )
    return answered(ctx, row, 'accepted', ctx.input.opinion ?? '')
  },

  async declineHandover(ctx) {
    const row = await lockedHandover(ctx)
    permit(can.answerHandover(ctx.actor, row))
    await moveCase(ctx, handoverCase, row.caseId, 'decline', { opinion: ctx.input.opinion })
    return answered(ctx, row, 'declined', ctx.input.opinion)
  },

  async withdrawHandover(ctx) {
    const row = await lockedHandover(ctx)
    permit(can.handOver(ctx.actor, row))
    await moveCase(ctx, handoverCase, row.caseId, 'withdraw', {})
    return answered(ctx, row, 'withdrawn', '')
  },
}

async function answered(act: Act, row: HandoverRow, state: 'accepted' | 'declined' | 'withdrawn', answer: string) {
  insist(checkSecrecy({}, answer))
  const next = await answerHandover(act.tx, row, { state, on: act.today, answer })
  await release(
    act,
    (await handoverCards(act.tx, row.id)).map(({ cardId }) => cardId),
  )
  await record(act, `assets.handover-${state}`, {
    ...recordOf(row),
    before: { state: row.state },
    after: { state, answer },
  })
  if (state !== 'withdrawn')
    await notify(act, {
      organId: row.organId,
      roles: keeperRoles,
      link: `/assets/handovers/${row.id}`,
      text: `资产交接${row.number}${state === 'accepted' ? `已由${row.toName}签收` : `被${row.toName}退回：${answer}`}。`,
    })
  return view(act, next)
}

/** In the receiver's inbox alone. */
async function assignTo({ tx }: Act, caseId: string, person: { id: string; name: string }): Promise<void> {
  const row = found(await caseById(tx, caseId, true), '办理事项')
  await saveCase(tx, { ...row, assignedPersonId: person.id, assignedPersonName: person.name })
}

const recordOf = (row: HandoverRow) => ({ subject: { kind: 'assets.handover', id: row.id }, organId: row.organId })

async function seenHandover({ tx, actor }: Act, id: string, lock = false): Promise<HandoverRow> {
  const row = found(await handoverById(tx, id, lock), '资产交接')
  const mine = actor.personId === row.toPersonId && actor.organ?.id === row.organId
  if (!mine && !maySeeCards(actor, row)) throw new Missing('资产交接')
  return row
}

async function lockedHandover(ctx: Act & { input: { handoverId: string; version: number } }): Promise<HandoverRow> {
  const row = await seenHandover(ctx, ctx.input.handoverId, true)
  if (row.version !== ctx.input.version) throw new Conflict('资产交接')
  return row
}

const shown = ({ jurisdictionCode: _, offeredBy: __, ...row }: HandoverRow) => row

async function view(act: Act, row: HandoverRow) {
  const { actor } = act
  const open: Verdict = provided(row.state === 'offered', { code: 'handover-closed', message: '交接已经办结。' })
  const receiver = can.answerHandover(actor, row)
  const party = provided(
    isParty(actor, 'applicant', { applicantOrganId: row.organId, jurisdictionCode: row.jurisdictionCode }),
    { code: 'not-own-organ', message: '交接由本机关人员办理。' },
  )
  return {
    handover: shown(row),
    cards: await handoverCards(act.tx, row.id),
    may: {
      accept: mayOf(allOf(open, party, receiver)),
      decline: mayOf(allOf(open, party, receiver)),
      withdraw: mayOf(allOf(open, can.handOver(actor, row))),
    },
  }
}
