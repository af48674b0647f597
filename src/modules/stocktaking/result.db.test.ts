import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Conflict } from '#kernel/server/errors.ts'
import { issuedDocumentsOf, renderIssued } from '#kernel/server/issued-documents.ts'
import { testCtx } from '#kernel/testing/act.ts'
import { registerCards, removeCards } from '#modules/assets/offers.ts'
import { actions as dutyActions } from '#modules/duties/actions.ts'
import { contract as dutyContract } from '#modules/duties/contract.ts'
import { checks } from './checks.ts'
import { duties } from './duties.ts'
import { rateText } from './rules/rates.ts'
import {
  call,
  callAssets,
  closeStocktakingStage,
  inActOf,
  inTx,
  mark,
  openCount,
  openStocktakingStage,
  refusalsOf,
  registerDesktops,
  send,
  today,
} from './testing/stocktaking-stage.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-stocktaking-result-'))
  await openStocktakingStage(directory)
})
afterAll(async () => {
  await closeStocktakingStage()
  await rm(directory, { recursive: true, force: true })
})

const step = async (countId: string, who = 'keeper') => {
  const { count } = await call(who, 'viewCount', { countId })
  return { countId, version: count.version }
}
const cardOf = async (cardId: string) => (await callAssets('keeper', 'viewCard', { cardId })).card
/** What the register of duties tells the finance department of the education bureau's yearly count. */
const told = (on: string, state?: 'done') =>
  inActOf(
    'finance',
    async (act) => {
      const input = dutyContract.list.input.parse({ reach: 'level', ...(state ? { state } : {}) })
      const { items } = await dutyActions.list(testCtx({ ...act, dutySources: duties }, input) as never)
      return items.map(({ title, dueOn, state }) => [title, dueOn, state])
    },
    on,
  )

/** The register of AST-T11: 1,204 things in twelve rooms. */
async function bookOf1204(): Promise<string[]> {
  const [pattern] = await registerDesktops(1)
  const { id: _, organName: __, className: ___, ...card } = await cardOf(pattern as string)
  const rest = await inActOf('keeper', (act) =>
    registerCards(
      act,
      Array.from({ length: 1203 }, (____, at) => ({
        ...card,
        number: `ZJ-${String(at).padStart(4, '0')}`,
        place: `主楼${301 + (at % 12)}`,
      })),
      null,
    ),
  )
  return [pattern as string, ...rest]
}

it(
  'AST-T11 AST-R07 A12-4 a year-end count of 1,204: 99.75 %, surplus on new cards, shortages on the way of losses',
  { timeout: 60_000 },
  async () => {
    const cards = await bookOf1204()
    const [lost, gone, moved, ...same] = cards as [string, string, string, ...string[]]
    expect(await told(today)).toContainEqual(['2026年度资产盘点', '2026-12-31', expect.stringMatching(/coming|near/)])
    const { count } = await openCount()
    expect(count).toMatchObject({ items: 1204, whole: true, number: 'PD-2026-0001' })
    const batches = Array.from({ length: Math.ceil(same.length / 200) }, (_, at) =>
      same.slice(at * 200, at * 200 + 200),
    )
    // Half of the team each, at once.
    await Promise.all(
      batches.map((batch, at) =>
        send(
          at % 2 === 0 ? 'staff' : 'keeper',
          count.id,
          batch.map((cardId) => mark(cardId, 'same')),
        ),
      ),
    )
    await send('staff', count.id, [
      mark(moved, 'mismatch', { found: { place: '附楼201' } }),
      ...['碎纸机', '投影仪', '旧书柜'].map((name) =>
        mark(undefined, 'surplus', { thing: { name, place: '主楼303' } }),
      ),
    ])
    expect(await refusalsOf(call('keeper', 'endCounting', await step(count.id)))).toEqual(['uncounted'])
    const ended = await call('keeper', 'endCounting', { ...(await step(count.id)), uncountedAreMissing: true })
    expect(ended.tally).toMatchObject({ items: 1204, counted: 1204, same: 1201, missing: 2, mismatch: 1, surplus: 3 })
    expect(rateText(ended.rates.agreement)).toBe('99.75%')
    expect(ended.openDifferences).toBe(6)

    const { items: sheet } = await call('keeper', 'differences', { countId: count.id })
    const idsOf = (result: string) => sheet.filter((one) => one.result === result).map(({ id }) => id)
    const because = { countId: count.id, cause: '搬迁时未登记', responsible: '王丽娟' }
    // A shortage is no mismatch to be corrected away, and no surplus to be registered.
    for (const resolution of ['correct', 'keep', 'register'] as const)
      expect(
        await refusalsOf(
          call('keeper', 'workDifferences', { ...because, differenceIds: idsOf('missing'), resolution }),
        ),
      ).toContain('resolution-unfit')
    await call('keeper', 'workDifferences', { ...because, differenceIds: idsOf('missing'), resolution: 'pursue' })
    await call('keeper', 'workDifferences', { ...because, differenceIds: idsOf('mismatch'), resolution: 'correct' })
    expect(
      await refusalsOf(call('keeper', 'submitCount', { ...(await step(count.id)), conclusion: '账实基本相符。' })),
    ).toEqual(['open-differences'])
    const values = [
      { valueBasis: 'evidence', valueFen: 86_000, evidence: '发票 1422001' },
      { valueBasis: 'replacement', valueFen: 320_000, evidence: '询价记录 2026-11-20' },
      { valueBasis: 'nominal', valueFen: 100, evidence: '' },
    ] as const
    for (const [at, differenceId] of idsOf('surplus').entries()) {
      const { thing, version } = sheet.find(({ id }) => id === differenceId) as (typeof sheet)[number]
      const card = { ...thing, classCode: 'A02021301', acquiredOn: '2023-05-01', ...values[at] }
      const surplus = { ...because, differenceId, version, card: card as never }
      if (at === 0) {
        const without = { ...card, evidence: '' } as never
        expect(await refusalsOf(call('keeper', 'workSurplus', { ...surplus, card: without }))).toEqual([
          'value-evidence',
        ])
      }
      await call('keeper', 'workSurplus', surplus)
      await expect(call('keeper', 'workSurplus', surplus)).rejects.toThrow(Conflict)
    }

    const submit = { ...(await step(count.id)), conclusion: '账实基本相符。' }
    await call('keeper', 'submitCount', submit)
    await expect(call('keeper', 'submitCount', submit)).rejects.toThrow(Conflict)
    expect(await refusalsOf(call('keeper', 'approveCount', await step(count.id)))).toContain('case-party')
    await call('head', 'returnCount', { ...(await step(count.id)), opinion: '请补充责任认定' })
    await call('keeper', 'submitCount', { ...(await step(count.id)), conclusion: '账实基本相符，盘亏已认定责任。' })
    await call('head', 'approveCount', await step(count.id))
    expect(await refusalsOf(call('finance', 'consentCount', await step(count.id)))).toEqual(['case-state'])
    // Something is to be written off: the authority's yes alone does not end it.
    expect((await call('reviewer', 'acceptCount', await step(count.id))).count.state).toBe('at-finance')
    expect((await cardOf(lost)).state).toBe('in-use')
    // Until it is decided, what the count will change is changed by nothing else.
    const byHand = { cardIds: [lost], effectiveOn: today, reason: '自行处置', state: 'disposal-pending' as const }
    expect(await refusalsOf(callAssets('keeper', 'changeCards', byHand))).toEqual(['card-engaged'])
    const finished = await call('finance', 'consentCount', await step(count.id, 'finance'))
    expect(finished.count).toMatchObject({ state: 'finished', finishedOn: today })
    expect(finished.pursued.toSorted()).toEqual([lost, gone].toSorted())

    expect((await cardOf(moved)).place).toBe('附楼201')
    const elsewhere = await callAssets('keeper', 'viewCard', { cardId: moved })
    expect(elsewhere.engagement ?? null).toBeNull()
    expect(await cardOf(lost)).toMatchObject({ state: 'missing', removedOn: null })
    const made = (await call('keeper', 'differences', { countId: count.id, result: 'surplus' })).items
    expect(made.map(({ outcome }) => outcome)).toEqual(['registered', 'registered', 'registered'])
    const newCards = await Promise.all(made.map(({ madeCardId }) => cardOf(madeCardId as string)))
    expect(newCards.map(({ costFen, acquiredBy, valueKind }) => [costFen, acquiredBy, valueKind]).toSorted()).toEqual(
      [
        [86_000, 'surplus', 'cost'],
        [320_000, 'surplus', 'cost'],
        [100, 'surplus', 'nominal'],
      ].toSorted(),
    )
    // Without finance's consent to the write-off itself the missing thing stays on the books (AST-R07).
    const removal = {
      effectiveOn: today,
      consentDocument: '',
      consentedOn: null,
      appliedOn: today,
      form: '损失核销',
      caseId: null,
    }
    expect(await refusalsOf(inActOf('keeper', (act) => removeCards(act, [lost], removal)))).toEqual(['AST-R08'])

    const [paper] = await inTx((tx) => issuedDocumentsOf(tx, { kind: 'stocktaking.count', id: count.id }))
    expect(paper).toMatchObject({ kind: 'stocktaking.report', number: 'PD-2026-0001' })
    expect(paper?.recipientOrganIds).toHaveLength(2)
    for (const format of ['pdf', 'docx'] as const) {
      const file = await inTx((tx) => renderIssued(tx, paper?.id as string, format))
      expect((file.body as Buffer).length).toBeGreaterThan(3000)
    }
    expect(await told(today, 'done')).toContainEqual(['2026年度资产盘点', '2026-12-31', 'done'])
    for (const { check } of checks) expect((await inTx(check)).faults).toEqual([])
  },
)

it('AST-R06 a year without a finished count of the whole is late; a count of one floor does not stand for it', async () => {
  expect(await told('2028-01-05')).toContainEqual(['2027年度资产盘点', '2027-12-31', 'overdue'])
  const [card] = await registerDesktops(1, { place: '附楼501' })
  const { count } = await openCount({ scope: { places: ['附楼501'] } }, '2027-06-01')
  await call('staff', 'recordMarks', { countId: count.id, marks: [mark(card, 'same')] }, '2027-06-01')
  const on = '2027-06-02'
  await call('keeper', 'endCounting', await step(count.id), on)
  await call('keeper', 'submitCount', { ...(await step(count.id)), conclusion: '账实相符。' }, on)
  await call('head', 'approveCount', await step(count.id), on)
  // Nothing to write off: the authority's yes ends it.
  expect((await call('reviewer', 'acceptCount', await step(count.id), on)).count.state).toBe('finished')
  expect(await told('2028-01-05')).toContainEqual(['2027年度资产盘点', '2027-12-31', 'overdue'])
})

it('what the register says since the book was frozen is never written over (A12-2)', async () => {
  const [still, changed, removed] = (await registerDesktops(3, { place: '附楼601' })) as [string, string, string]
  const { count } = await openCount({ scope: { places: ['附楼601'] } })
  await send('staff', count.id, [
    mark(still, 'idle'),
    mark(changed, 'mismatch', { found: { place: '附楼602' } }),
    mark(removed, 'damaged'),
  ])
  await call('keeper', 'endCounting', await step(count.id))
  const { items } = await call('keeper', 'differences', { countId: count.id })
  const work = (result: string, resolution: 'mark-idle' | 'correct' | 'to-disposal') =>
    call('keeper', 'workDifferences', {
      countId: count.id,
      differenceIds: items.filter((one) => one.result === result).map(({ id }) => id),
      resolution,
      cause: '长期未用',
      responsible: '李晓东',
    })
  await work('idle', 'mark-idle')
  await work('mismatch', 'correct')
  await work('damaged', 'to-disposal')
  await callAssets('keeper', 'changeCards', {
    cardIds: [changed],
    effectiveOn: today,
    reason: '另行调整',
    place: '附楼701',
  })
  const consent = {
    effectiveOn: today,
    consentDocument: '并财资〔2026〕9号',
    consentedOn: today,
    appliedOn: today,
    form: '报废',
    caseId: null,
  }
  await inActOf('keeper', (act) => removeCards(act, [removed], consent))
  await call('keeper', 'submitCount', { ...(await step(count.id)), conclusion: '已处理。' })
  await call('head', 'approveCount', await step(count.id))
  await call('reviewer', 'acceptCount', await step(count.id))
  const outcomes = (await call('keeper', 'differences', { countId: count.id })).items
  expect(new Map(outcomes.map(({ result, outcome }) => [result, outcome]))).toEqual(
    new Map([
      ['damaged', 'gone'],
      ['idle', 'corrected'],
      ['mismatch', 'newer'],
    ]),
  )
  expect((await cardOf(still)).state).toBe('idle')
  expect((await cardOf(changed)).place).toBe('附楼701')
})
