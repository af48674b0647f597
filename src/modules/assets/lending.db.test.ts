import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Conflict, Missing } from '#kernel/server/errors.ts'
import { testCtx } from '#kernel/testing/act.ts'
import { remindBatch as remindOfCases } from '#modules/cases/clock-job.ts'
import { actions as dutyActions } from '#modules/duties/actions.ts'
import { contract as dutyContract } from '#modules/duties/contract.ts'
import { remindBatch } from '#modules/duties/jobs.ts'
import { duties } from './duties.ts'
import { engage } from './offers.ts'
import { inboxOf } from './testing/inbox.ts'
import {
  actors,
  call,
  closeAssetsStage,
  factsOf,
  inActOf,
  noticesTo,
  openAssetsStage,
  refusalsOf,
  registerDesktop,
  today,
} from './testing/assets-stage.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-lending-'))
  await openAssetsStage(directory)
})
afterAll(async () => {
  await closeAssetsStage()
  await rm(directory, { recursive: true, force: true })
})

const idOf = (who: string) => actors[who]?.personId as string
const organOf = (who: string) => actors[who]?.organ?.id as string
const offer = async (given: Record<string, unknown> = {}, things = 1) => {
  const cards = []
  for (let at = 0; at < things; at++) cards.push((await registerDesktop()).card)
  const view = await call('keeper', 'offerLoan', {
    cardIds: cards.map(({ id }) => id),
    toPersonId: idOf('staff'),
    dueOn: '2026-12-23',
    reason: '下乡调研使用',
    ...given,
  })
  return { loan: view.loan, cards, step: { loanId: view.loan.id, version: view.loan.version } }
}
const cardOf = async (id: string) => (await call('keeper', 'viewCard', { cardId: id })).card
const atOtherOrgan = () => ({ organId: organOf('other'), toPersonId: idOf('other'), document: '并财资〔2026〕40号' })

describe('things are lent and come back (A12-4; AST-R17)', () => {
  it('the borrower signs; the card tells who has it, holder and custodian stay; sound things come back as they were', async () => {
    const { loan, cards, step } = await offer({}, 2)
    const [card] = cards as [Awaited<ReturnType<typeof cardOf>>]
    expect(await inboxOf('staff')).toContain(loan.caseId)
    expect((await cardOf(card.id)).state).toBe('in-use')
    expect(await refusalsOf(call('keeper', 'signLoan', step))).toEqual(['not-borrower'])
    expect(await refusalsOf(call('head', 'signLoan', step))).toEqual(['not-borrower'])
    await expect(call('driver', 'viewLoan', { loanId: loan.id })).rejects.toThrow(Missing)
    await expect(call('other', 'viewLoan', { loanId: loan.id })).rejects.toThrow(Missing)
    const both = await Promise.allSettled([call('staff', 'signLoan', step), call('staff', 'signLoan', step)])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])

    const lent = await call('keeper', 'viewCard', { cardId: card.id })
    expect(lent.card).toMatchObject({ state: 'lent', userName: actors['staff']?.name, custodianName: '王丽娟' })
    expect(lent.engagement).toMatchObject({ procedure: 'loan', recordId: loan.id })
    expect(lent.holders).toHaveLength(1)
    expect(await refusalsOf(inActOf('keeper', (act) => engage(act, [card.id], 'disposal', card.id, '/x')))).toEqual([
      'card-engaged',
    ])
    const mine = await call('staff', 'loans', {})
    expect(mine.items.map(({ id, state }) => [id, state])).toEqual([[loan.id, 'lent']])

    const back = await call('staff', 'handBackLoan', { ...step, version: step.version + 1 })
    expect(back.loan).toMatchObject({ state: 'handed-back', handedBackOn: today })
    const now = { loanId: loan.id, version: back.loan.version }
    const sound = cards.map(({ id }) => ({ cardId: id, condition: 'sound' as const }))
    expect(await refusalsOf(call('keeper', 'takeBackLoan', { ...now, cards: sound.slice(1) }))).toEqual(['not-all'])
    expect(await refusalsOf(call('staff', 'takeBackLoan', { ...now, cards: sound }))).not.toEqual([])
    const ended = await call('keeper', 'takeBackLoan', { ...now, cards: sound })
    expect(ended.loan).toMatchObject({ state: 'returned', closedOn: today })
    expect(await cardOf(card.id)).toMatchObject({ state: 'in-use', userName: card.userName })
    expect((await call('keeper', 'viewCard', { cardId: card.id })).engagement).toBeNull()
    expect(await factsOf(loan.id)).toEqual([
      'assets.loan-offered',
      'assets.loan-signed',
      'assets.loan-handed-back',
      'assets.loan-returned',
    ])
  })

  it('to another organ of the level with the paper that consents; what is damaged waits for repair, what is lost is missing', async () => {
    expect(await refusalsOf(offer({ ...atOtherOrgan(), document: '' }))).toEqual(['loan-consent'])
    expect(
      await refusalsOf(offer({ ...atOtherOrgan(), organId: organOf('county'), toPersonId: idOf('county') })),
    ).toEqual(['other-level'])
    const { loan, cards, step } = await offer(atOtherOrgan(), 2)
    expect((await call('other', 'viewLoan', { loanId: loan.id })).may.sign).toBeNull()
    const signed = await call('other', 'signLoan', step)
    const [damaged, lost] = cards.map(({ id }) => id) as [string, string]
    expect(await cardOf(damaged)).toMatchObject({
      state: 'lent',
      organId: organOf('keeper'),
      userName: `${actors['other']?.organ?.name}${actors['other']?.name}`,
    })
    await expect(call('other', 'viewCard', { cardId: damaged })).rejects.toThrow(Missing)
    expect((await call('other', 'loans', { state: 'lent' })).items.map(({ id }) => id)).toEqual([loan.id])
    const back = { loanId: loan.id, version: signed.loan.version }
    const unexplained = [damaged, lost].map((cardId) => ({ cardId, condition: 'damaged' as const }))
    expect(await refusalsOf(call('keeper', 'takeBackLoan', { ...back, cards: unexplained }))).toEqual([
      'return-note',
      'return-note',
    ])
    expect(await refusalsOf(call('other', 'takeBackLoan', { ...back, cards: unexplained }))).not.toEqual([])
    await call('keeper', 'takeBackLoan', {
      ...back,
      cards: [
        { cardId: damaged, condition: 'damaged', note: '屏幕摔裂，借用人赔偿' },
        { cardId: lost, condition: 'lost', note: '途中遗失，已报案' },
      ],
    })
    expect([(await cardOf(damaged)).state, (await cardOf(lost)).state]).toEqual(['repair', 'missing'])
    // The borrower's matter ended with what the lender did.
    expect(await inboxOf('other')).not.toContain(loan.caseId)
  })

  it('AST-R17 a loan ends within a year, extended or not; declined and withdrawn ones leave everything as it was', async () => {
    expect(await refusalsOf(offer({ dueOn: '2027-11-24' }))).toEqual(['AST-R17'])
    expect(await refusalsOf(offer({ dueOn: today }))).toEqual(['due-past'])
    expect(await refusalsOf(offer({ toPersonId: idOf('other') }))).toEqual(['no-borrower'])
    const { loan, cards, step } = await offer({ dueOn: '2027-11-23' })
    const again = { toPersonId: idOf('staff'), dueOn: '2026-12-01', reason: '再借' }
    const cardIds = cards.map(({ id }) => id)
    expect(await refusalsOf(call('keeper', 'offerLoan', { cardIds, ...again }))).toEqual(['card-engaged'])
    const signed = await call('staff', 'signLoan', step)
    const longer = { loanId: loan.id, version: signed.loan.version, reason: '任务延长' }
    expect(await refusalsOf(call('keeper', 'extendLoan', { ...longer, dueOn: '2027-11-24' }))).toEqual(['AST-R17'])
    const other = await offer()
    await call('staff', 'declineLoan', { ...other.step, opinion: '不再需要' })
    expect(await cardOf(other.cards[0]?.id as string)).toMatchObject({ state: 'in-use', userName: '' })
    const third = await call('keeper', 'offerLoan', { cardIds: other.cards.map(({ id }) => id), ...again })
    const withdraw = { loanId: third.loan.id, version: third.loan.version }
    await call('keeper', 'withdrawLoan', withdraw)
    await expect(call('keeper', 'withdrawLoan', withdraw)).rejects.toThrow(Conflict)
    expect(await inboxOf('staff')).not.toContain(third.loan.caseId)
    for (const who of ['reviewer', 'finance', 'head'])
      expect(
        await refusalsOf(call(who, 'offerLoan', { cardIds: other.cards.map(({ id }) => id), ...again })),
        who,
      ).not.toEqual([])
    // What is lent is lent by a loan: the state is not set by hand.
    await expect(
      call('keeper', 'changeCards', { cardIds, effectiveOn: today, reason: '借', state: 'lent' as never }),
    ).rejects.toThrow()
  })

  it('before and after the day both are told: the borrower of what waits for him, the keeper of what to fetch', async () => {
    const { loan, step } = await offer({ dueOn: '2026-12-01' })
    const signed = await call('staff', 'signLoan', step)
    const longer = { loanId: loan.id, version: signed.loan.version, reason: '任务延长' }
    await call('keeper', 'extendLoan', { ...longer, dueOn: '2026-12-10' })
    const told = (on: string) =>
      inActOf(
        'keeper',
        async (act) => {
          const input = dutyContract.list.input.parse({ reach: 'organ' })
          const { items } = await dutyActions.list(testCtx({ ...act, dutySources: duties }, input) as never)
          return items.filter(({ title }) => title.includes(loan.number)).map(({ dueOn, state }) => [dueOn, state])
        },
        on,
      )
    const remind = (on: string) =>
      inActOf(
        null,
        async (act) => {
          await remindBatch({ ...act, dutySources: duties }, null)
          await remindOfCases({ ...act, dutySources: duties }, null)
        },
        on,
      )
    const count = async () => (await noticesTo('keeper')).filter((text) => text.includes(loan.number)).length
    expect(await told('2026-12-04')).toEqual([['2026-12-10', 'coming']])
    const before = await count()
    await remind('2026-12-09')
    // One to the keeper as a duty, one to the borrower as a matter of his.
    expect(await count()).toBe(before + 2)
    await remind('2026-12-09')
    expect(await count()).toBe(before + 2)
    await remind('2026-12-11')
    const late = (await noticesTo('keeper')).filter((text) => text.includes(loan.number) && text.includes('逾期'))
    expect(late).toHaveLength(2)
    expect((await call('keeper', 'loans', { late: 'true' }, '2026-12-11')).items.map(({ id }) => id)).toContain(loan.id)
    expect((await call('keeper', 'loans', { late: 'true' }, '2026-12-10')).items.map(({ id }) => id)).not.toContain(
      loan.id,
    )
  })
})

it('A12-2 lists tell which procedure holds a card; where cards are chosen, those that are free come apart from those that are not', async () => {
  const [free, held] = [await registerDesktop({ name: '一项一办' }), await registerDesktop({ name: '一项一办' })]
  await inActOf('keeper', (act) => engage(act, [held.card.id], 'repair', held.card.id, '/repairs/requests/1'))
  const picked = async (who: string, engaged: 'true' | 'false') =>
    (await call(who, 'cards', { text: '一项一办', engaged })).items.map(({ id, engagement }) => [
      id,
      engagement?.procedure ?? null,
    ])
  for (const who of ['keeper', 'reviewer'])
    expect([await picked(who, 'false'), await picked(who, 'true')], who).toEqual([
      [[free.card.id, null]],
      [[held.card.id, 'repair']],
    ])
  expect((await call('keeper', 'cards', { text: '一项一办' })).total).toBe(2)
})
