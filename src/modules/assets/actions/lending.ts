import { keeperRoles, systemActor } from '#kernel/pure/actor.ts'
import { allOf, provided } from '#kernel/pure/verdict.ts'
import { moveCase, openCase, type Moving } from '#kernel/server/cases/engine.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import { caseById, saveCase } from '#kernel/server/cases/store.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { Conflict, found, insist, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { nextNumber } from '#kernel/server/number-series.ts'
import { record } from '#kernel/server/record.ts'
import { beyondScope } from '#kernel/server/scope.ts'
import { organById } from '#modules/organs/offers.ts'
import { peopleWithRoles } from '#modules/people/offers.ts'
import { borrowingRoles, loanCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import type { CardChanges } from '../model.ts'
import { can } from '../policy.ts'
import { checkSecrecy } from '../rules/card.ts'
import { mayExtend, mayLend, mayOffer, mayTakeBack, stateAfterReturn } from '../rules/loan.ts'
import { lockCards, type CardRow } from '../store/card.ts'
import {
  insertLoan,
  loanById,
  loanCards,
  saveLoan,
  saveReturned,
  type LoanChanges,
  type LoanRow,
} from '../store/loan.ts'
import { cardStandards, lockedCards, ownOrgan, subjectOf } from './access.ts'
import { differing } from './changing.ts'
import { engage, release } from './engaging.ts'
import { happen } from './events.ts'
import { inLoanState, loanView, seenLoan } from './loans.ts'

type LendingActions = Pick<
  ActionsOf<typeof contract>,
  'offerLoan' | 'signLoan' | 'declineLoan' | 'withdrawLoan' | 'extendLoan' | 'handBackLoan' | 'takeBackLoan'
>

export const lendingActions: LendingActions = {
  async offerLoan(ctx) {
    const { cardIds, toPersonId, dueOn, reason, document } = ctx.input
    const organ = ownOrgan(ctx)
    const cards = await lockedCards(ctx, cardIds)
    for (const card of cards) permit(can.lend(ctx.actor, card))
    const to = found(await organById(ctx.tx, ctx.input.organId ?? organ.id, ctx.today), '借用机关')
    const own = to.id === organ.id
    const people = await peopleWithRoles(ctx.tx, { organId: to.id, roles: borrowingRoles(own) }, ctx.today)
    const borrower = people.find(({ id }) => id === toPersonId)
    const sameLevel = to.jurisdictionCode === organ.jurisdictionCode
    insist(
      allOf(
        provided(borrower !== undefined, {
          code: 'no-borrower',
          message: '借用人不是借用机关的在岗人员。',
          remedy: '请重新选择借用人。',
        }),
        mayOffer(await cardStandards(ctx, organ.jurisdictionCode), {
          today: ctx.today,
          dueOn,
          document,
          ownOrgan: own,
          sameLevel,
        }),
        provided(
          cards.every(({ custodianId }) => custodianId !== toPersonId),
          { code: 'same-custodian', message: '所选资产中有由借用人自己保管的。', remedy: '请从清单中去掉。' },
        ),
        ...cards.map(mayLend),
        checkSecrecy({}, reason),
      ),
    )
    const id = newId()
    const year = ctx.today.slice(0, 4)
    const number = `ZJ-${year}-${String(await nextNumber(ctx.tx, `ZJ-${organ.id}-${year}`)).padStart(4, '0')}`
    const name = borrower?.name ?? ''
    const caseId = await beyondScope(ctx, 'the borrower has the loan among its own matters', async () => {
      const opened = await openCase(ctx, loanCase, {
        subjectId: id,
        title: `借用${organ.name}资产 ${number}（${cards.length}件，借用人${name}）`,
        applicantOrganId: to.id,
        jurisdictionCode: to.jurisdictionCode,
      })
      await assign(ctx, opened.id, { borrowerId: toPersonId, borrowerName: name })
      return opened.id
    })
    await insertLoan(
      ctx.tx,
      {
        id,
        ...subjectOf(organ),
        number,
        borrowerOrganId: to.id,
        borrowerOrganName: to.name,
        borrowerId: toPersonId,
        borrowerName: name,
        reason,
        document,
        dueOn,
        offeredOn: ctx.today,
        offeredByName: ctx.actor.name,
        caseId,
      },
      cards.map((card) => ({
        cardId: card.id,
        number: card.number,
        name: card.name,
        place: card.place,
        costFen: card.costFen,
        stateBefore: card.state === 'idle' ? 'idle' : 'in-use',
        userBefore: card.userName,
      })),
    )
    await engage(ctx, cardIds, 'loan', id, linkOf({ id }))
    const row = found(await loanById(ctx.tx, id), '资产借用')
    await record(ctx, 'assets.loan-offered', {
      ...recordOf(row),
      after: { number, cards: cardIds, borrower: borrowerOf(row), dueOn, reason, document },
    })
    await tellBorrower(
      ctx,
      row,
      `${organ.name}向您借出${cards.length}件资产（${number}），请核对后签收，${dueOn}前归还。`,
    )
    return loanView(ctx, row)
  },

  /** The borrower's signature lets the things go out: their cards say so from today on, the holder stays. */
  async signLoan(ctx) {
    const row = await lockedLoan(ctx)
    permit(can.answerLoan(ctx.actor, row))
    insist(inLoanState(row, 'offered'))
    await moveCase(ctx, loanCase, row.caseId, 'sign', { dueOn: row.dueOn })
    await assign(ctx, row.caseId, row)
    await changeCards(ctx, row, 'assets.card-lent', `借用 ${row.number}`, () => ({
      state: 'lent',
      userName: borrowerOf(row).slice(0, 40),
    }))
    const next = await change(ctx, row, 'assets.loan-signed', { state: 'lent', lentOn: ctx.today })
    await tellLender(ctx, next, `${borrowerOf(row)}已签收借用的资产（${row.number}），应于${row.dueOn}归还。`)
    return loanView(ctx, next)
  },

  async declineLoan(ctx) {
    const row = await lockedLoan(ctx)
    const { opinion } = ctx.input
    permit(can.answerLoan(ctx.actor, row))
    insist(allOf(inLoanState(row, 'offered'), checkSecrecy({}, opinion)))
    await moveCase(ctx, loanCase, row.caseId, 'decline', { opinion })
    const next = await end(ctx, row, 'assets.loan-declined', { state: 'declined', answer: opinion })
    await tellLender(ctx, next, `资产借用${row.number}被${borrowerOf(row)}退回：${opinion}`)
    return loanView(ctx, next)
  },

  async withdrawLoan(ctx) {
    const row = await lockedLoan(ctx)
    permit(can.lend(ctx.actor, row))
    insist(inLoanState(row, 'offered'))
    await moveForBorrower(ctx, row, 'end', { opinion: `${ctx.actor.name}撤回` })
    return loanView(ctx, await end(ctx, row, 'assets.loan-withdrawn', { state: 'withdrawn' }))
  },

  /** Once, within the longest term from the day the things went out (AST-R17). */
  async extendLoan(ctx) {
    const row = await lockedLoan(ctx)
    const { dueOn, reason } = ctx.input
    permit(can.lend(ctx.actor, row))
    const standards = await cardStandards(ctx, row.jurisdictionCode)
    insist(
      allOf(
        inLoanState(row, 'lent'),
        mayExtend(standards, {
          lentOn: row.lentOn ?? row.offeredOn,
          dueOn: row.dueOn,
          until: dueOn,
          today: ctx.today,
          extended: row.extended,
        }),
        checkSecrecy({}, reason),
      ),
    )
    await beyondScope(ctx, 'the borrower has until the later day', async () => {
      const item = found(await caseById(ctx.tx, row.caseId, true), '办理事项')
      await saveCase(ctx.tx, { ...item, dueOn })
    })
    const next = await change(ctx, row, 'assets.loan-extended', { dueOn, extended: true }, { reason })
    await tellBorrower(ctx, next, `您借用的资产（${row.number}）已续借至${dueOn}。`)
    return loanView(ctx, next)
  },

  async handBackLoan(ctx) {
    const row = await lockedLoan(ctx)
    const { opinion = '' } = ctx.input
    permit(can.answerLoan(ctx.actor, row))
    insist(allOf(inLoanState(row, 'lent'), checkSecrecy({}, opinion)))
    await moveCase(ctx, loanCase, row.caseId, 'handBack', { opinion })
    const next = await change(ctx, row, 'assets.loan-handed-back', {
      state: 'handed-back',
      handedBackOn: ctx.today,
      answer: opinion,
    })
    await tellLender(ctx, next, `${borrowerOf(row)}已交还借用的资产（${row.number}），请逐件验收。`)
    return loanView(ctx, next)
  },

  /** Each thing is looked over; what is damaged waits for repair, what is lost is missing until that is worked out. */
  async takeBackLoan(ctx) {
    const row = await lockedLoan(ctx)
    permit(can.lend(ctx.actor, row))
    const lent = await loanCards(ctx.tx, row.id)
    const returned = ctx.input.cards
    insist(
      allOf(
        inLoanState(row, 'lent', 'handed-back'),
        mayTakeBack(lent, returned),
        ...returned.map(({ note }) => checkSecrecy({}, note)),
      ),
    )
    if (row.state === 'lent') await moveForBorrower(ctx, row, 'takeBack', { opinion: `${ctx.actor.name}已验收归还` })
    const how = new Map(returned.map((one) => [one.cardId, one.condition]))
    const before = new Map(lent.map((one) => [one.cardId, one]))
    await changeCards(ctx, row, 'assets.card-given-back', `归还 ${row.number}`, ({ id }) => ({
      state: stateAfterReturn(how.get(id) ?? 'sound', before.get(id)?.stateBefore ?? 'in-use'),
      userName: before.get(id)?.userBefore ?? '',
    }))
    await saveReturned(ctx.tx, row.id, returned)
    const next = await end(ctx, row, 'assets.loan-returned', { state: 'returned' }, { returned })
    await tellBorrower(ctx, next, `您借用的资产（${row.number}）已验收归还。`)
    return loanView(ctx, next)
  },
}

export const linkOf = ({ id }: Pick<LoanRow, 'id'>) => `/assets/loans/${id}`
const recordOf = (row: LoanRow) => ({ subject: { kind: 'assets.loan', id: row.id }, organId: row.organId })

/** Who has the things: the person, and the organ where it is another. */
const borrowerOf = ({ organId, borrowerOrganId, borrowerOrganName, borrowerName }: LoanRow) =>
  organId === borrowerOrganId ? borrowerName : `${borrowerOrganName}${borrowerName}`

async function lockedLoan(ctx: Act & { input: { loanId: string; version: number } }): Promise<LoanRow> {
  const row = await seenLoan(ctx, ctx.input.loanId, true)
  if (row.version !== ctx.input.version) throw new Conflict('资产借用')
  return row
}

async function change(act: Act, row: LoanRow, fact: string, changes: LoanChanges, more: object = {}): Promise<LoanRow> {
  const next = await saveLoan(act.tx, row, changes)
  const before = Object.fromEntries(Object.keys(changes).map((key) => [key, row[key as keyof LoanChanges]]))
  await record(act, fact, { ...recordOf(row), before, after: { ...changes, ...more } })
  return next
}

/** The things are free for other procedures again. */
async function end(act: Act, row: LoanRow, fact: string, changes: LoanChanges, more: object = {}): Promise<LoanRow> {
  const ids = (await loanCards(act.tx, row.id)).map(({ cardId }) => cardId)
  await beyondScope(act, 'things that are not lent any more are free again', () => release(act, ids))
  return change(act, row, fact, { ...changes, closedOn: act.today, closedByName: act.actor.name }, more)
}

/** The cards are the lender's; the borrower of another organ signs for them all the same. */
async function changeCards(
  act: Act,
  row: LoanRow,
  fact: string,
  reason: string,
  changesOf: (card: CardRow) => CardChanges,
): Promise<void> {
  const ids = (await loanCards(act.tx, row.id)).map(({ cardId }) => cardId)
  await beyondScope(act, 'the borrower signs for things of another organ (Art. 12)', async () => {
    const cards = await lockCards(act.tx, ids)
    const happenings = cards.flatMap((card) =>
      differing(card, changesOf(card), {
        effectiveOn: act.today < card.bookedOn ? card.bookedOn : act.today,
        reason,
        document: row.number,
        caseId: row.caseId,
      }),
    )
    if (happenings.length > 0) await happen(act, happenings, fact)
  })
}

/** In the borrower's inbox alone; each step of the case lets go of who had it. */
async function assign(
  { tx }: Act,
  caseId: string,
  { borrowerId, borrowerName }: Pick<LoanRow, 'borrowerId' | 'borrowerName'>,
): Promise<void> {
  const row = found(await caseById(tx, caseId, true), '办理事项')
  await saveCase(tx, { ...row, assignedPersonId: borrowerId, assignedPersonName: borrowerName })
}

/** The borrower's matter ends by what the lender did; the step says so in words. */
async function moveForBorrower(act: Act, row: LoanRow, transition: 'end' | 'takeBack', moving: Moving): Promise<void> {
  await beyondScope(act, 'the lender ends what waits at the borrower', () =>
    moveCase({ ...act, actor: systemActor }, loanCase, row.caseId, transition, moving),
  )
}

const tellBorrower = (act: Act, row: LoanRow, text: string) =>
  notify(act, {
    organId: row.borrowerOrganId,
    roles: borrowingRoles(row.organId === row.borrowerOrganId),
    personId: row.borrowerId,
    link: linkOf(row),
    text,
  })
const tellLender = (act: Act, row: LoanRow, text: string) =>
  notify(act, { organId: row.organId, roles: keeperRoles, link: linkOf(row), text })
