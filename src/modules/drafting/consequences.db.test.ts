import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalogueHistory, standardsInForce } from '#modules/standards/offers.ts'
import { sql } from 'kysely'
import { jobs } from './jobs.ts'
import type { CatalogueChange, StandardChange } from './model.ts'
import { asked } from './testing/demands.ts'
import {
  afterOpinions,
  call,
  capOn,
  closeDraftingStage,
  drafted,
  draftedWith,
  enacted,
  head,
  inTx,
  notificationsOf,
  openDraftingStage,
  refusalsOf,
  rowOn,
  runJob,
  seen,
  spending,
  submitted,
  tableOn,
  today,
  withCap,
} from './testing/drafting-stage.ts'

beforeAll(openDraftingStage)
afterAll(closeDraftingStage)

const approvedBy = async (
  drafter: string,
  approver: string,
  ...given: [Parameters<typeof draftedWith>[1], Parameters<typeof draftedWith>[2]]
) => {
  const view = await call(drafter, 'submitDraft', seen(await draftedWith(drafter, ...given)))
  return call(approver, 'approveDraft', seen(view))
}

describe('A6-2 the province binds the levels below', () => {
  it('a city’s looser cap is refused at the desk of the drafter; a stricter one holds in the city and its counties', async () => {
    const looser = await drafted('reviewer', { priceCapFen: 600_000 })
    expect(looser.findings.filter(({ outcome }) => outcome === 'block').map(({ rule }) => rule)).toEqual([
      'STD-R04',
      'STD-R06',
    ])
    expect(
      await refusalsOf(call('reviewer', 'consultOnDraft', { ...seen(looser), opinionsUntil: '2026-12-07' })),
    ).toEqual(['STD-R04'])
  })
  it('the province tightens while a city’s looser draft waits: the city’s approval is judged by what holds then', async () => {
    const city = await submitted(
      'reviewer',
      await drafted('reviewer', { code: 'item.laptop', priceCapFen: 650_000, documentTitle: '市便携机标准' }),
    )
    await enacted('province ', { code: 'item.laptop', priceCapFen: 600_000, documentTitle: '省便携机标准' })
    expect(await refusalsOf(call('leader', 'approveDraft', seen(city), afterOpinions))).toEqual(['STD-R04'])
    expect(await capOn('140100', '2027-01-01', 'item.laptop')).toBe(600_000)
  })
  it('what the province leaves to the levels below may be looser there', async () => {
    const row = await rowOn('140000', today, 'item.scanner')
    const made = await call('province reviewer', 'makeDraft', {
      matter: 'standard',
      documentTitle: '省扫描仪标准',
      reason: head.reason,
      standardIds: [row?.id as string],
    })
    const [change] = made.changes
    if (change?.subject !== 'standard') throw new Error('no change')
    const { id: changeId, lineNo: _, before: __, above: ___, enactedId: ____, ...content } = change
    const local: StandardChange = { ...content, localDecision: true, reason: '由各市确定' }
    const changed = await call('province reviewer', 'saveChange', { ...seen(made), changeId, content: local })
    const complete = await call('province reviewer', 'saveDraft', {
      ...seen(changed),
      ...head,
      documentTitle: '省扫描仪标准',
    })
    await call('province leader', 'approveDraft', seen(await submitted('province reviewer', complete)), afterOpinions)
    expect((await rowOn('140000', '2027-01-01', 'item.scanner'))?.note).toContain('下级可以')
    const city = await enacted('', {
      code: 'item.scanner',
      priceCapFen: 900_000,
      inForceOn: '2027-02-01',
      documentTitle: '市扫描仪标准',
    })
    expect(city.draft.state).toBe('approved')
    expect(await capOn('140121', '2027-02-01', 'item.scanner')).toBe(900_000)
  })
})

const entry = (changes: Partial<CatalogueChange>): CatalogueChange => ({
  subject: 'catalogue',
  act: 'add',
  replacesId: null,
  needKind: 'N01',
  centralised: 'yes',
  provided: true,
  items: [],
  note: '统一编列',
  citation: '',
  reason: '集中办公后统一保障',
  ...changes,
})

describe('the guidance catalogue (A6-2, A10-1)', () => {
  it('a county adds; the entry holds there from its day, and nowhere else', async () => {
    const view = await approvedBy('county reviewer', 'county leader', 'catalogue', [entry({})])
    expect(view.draft.documentNumber).toMatch(/^指导目录〔2026〕1号$/)
    const history = await inTx((tx) => catalogueHistory(tx, ['140121']))
    expect(history).toHaveLength(1)
    expect(history[0]).toMatchObject({
      needKind: 'N01',
      centralised: 'yes',
      from: '2027-01-01',
      until: null,
      citation: '《catalogue文件》（指导目录〔2026〕1号）',
    })
  })
  it('takes nothing away', async () => {
    const less = await draftedWith('reviewer', 'catalogue', [entry({ needKind: 'N05', centralised: 'no' })])
    expect(await refusalsOf(call('reviewer', 'submitDraft', seen(less)))).toEqual(['CAT-R02', 'CAT-R03'])
  })
  it('A22-2: a level begins to provide some things centrally, from its day on, and nowhere else', async () => {
    const central = entry({ needKind: 'N09', centralised: 'where-provided', items: ['item.desktop', 'item.desk'] })
    await approvedBy('county reviewer', 'county leader', 'catalogue', [central])
    const of = async (code: string, on: string) =>
      (await inTx((tx) => standardsInForce(tx, code, on, 2027))).catalogue.find(({ needKind }) => needKind === 'N09')
    expect(await of('140121', '2027-01-01')).toMatchObject({ provided: true, items: ['item.desktop', 'item.desk'] })
    expect(await of('140121', '2026-12-31')).toMatchObject({ provided: false, items: [] })
    expect(await of('140100', '2027-01-01')).toMatchObject({ provided: false, items: [] })
  })
  it('the database keeps an entry as it was (A9-2)', async () => {
    const overwrite = inTx((tx) =>
      sql`update standards.catalogue_entry set centralised = 'no' where jurisdiction_code = '140121'`.execute(tx),
    )
    await expect(overwrite).rejects.toThrow(/permission denied/)
  })
})

describe('A9-3 expenditure rests on quotas and service standards', () => {
  it('finance sets what the authority may not, another person of finance approves', async () => {
    expect(await refusalsOf(draftedWith('reviewer', 'expenditure', []))).toContain('not-finance')
    const bare = await draftedWith('finance', 'expenditure', [spending({ restsOn: [] })])
    expect(await refusalsOf(call('finance', 'submitDraft', seen(bare)))).toEqual(['STD-R05'])
    const sent = await call('finance', 'submitDraft', seen(await draftedWith('finance', 'expenditure', [spending()])))
    expect(await refusalsOf(call('finance', 'approveDraft', seen(sent)))).toEqual(['ROLE-R02'])
    const view = await call('finance head', 'approveDraft', seen(sent))
    expect(view.draft.documentNumber).toBe('支出标准〔2026〕1号')
    expect((await rowOn('140100', '2027-01-01', 'spending.desktop-upkeep'))?.restsOn).toEqual(['item.desktop'])
  })
  it('when the quota changes, finance of the level is to look at what rests on it, within its term', async () => {
    const view = await enacted('', { priceCapFen: 480_000, inForceOn: '2027-03-01', documentTitle: '台式机标准' })
    expect(view.reviews).toHaveLength(1)
    const { items } = await call('finance', 'expenditureReviews', { state: 'open' })
    const review = items.find(({ draftId }) => draftId === view.draft.id)
    expect(review).toMatchObject({ codes: ['item.desktop'], restingCodes: ['spending.desktop-upkeep'] })
    expect(review?.dueOn).not.toBeNull()
    expect((await notificationsOf('taiyuan-finance')).at(-1)?.text).toContain('请复核据以制定的支出定额')
    const seenReview = await call('finance', 'viewExpenditureReview', { reviewId: review?.id as string }, '2027-03-02')
    expect(seenReview.resting.map(({ code }) => code)).toEqual(['spending.desktop-upkeep'])
    for (const who of ['reviewer', 'clerk', 'province finance'])
      expect(
        (
          await refusalsOf(
            call(who, 'keepExpenditure', { reviewId: review?.id as string, version: 1, opinion: '无须调整' }),
          )
        )[0],
      ).toBe(who === 'reviewer' ? 'not-finance' : 'missing')
  })
  it('finance answers by a revision: the review is done when that is approved', async () => {
    const { items } = await call('finance', 'expenditureReviews', { state: 'open' })
    const [review] = items
    const row = await rowOn('140100', '2027-03-01', 'spending.desktop-upkeep')
    const made = await call(
      'finance',
      'makeDraft',
      {
        matter: 'expenditure',
        documentTitle: '台式机维护开支标准',
        reason: head.reason,
        standardIds: [row?.id as string],
        expenditureReviewId: review?.id as string,
      },
      afterOpinions,
    )
    const [change] = made.changes
    if (change?.subject !== 'standard') throw new Error('no change')
    const { id: changeId, lineNo: _, before: __, above: ___, enactedId: ____, ...content } = change
    const revised = { ...content, value: { ...content.value, amountFen: 25_000 } as never, reason: '价格标准下调' }
    const changed = await call('finance', 'saveChange', { ...seen(made), changeId, content: revised }, afterOpinions)
    const complete = await call(
      'finance',
      'saveDraft',
      { ...seen(changed), ...head, documentTitle: '台式机维护开支标准', inForceOn: '2027-03-01' },
      afterOpinions,
    )
    const sent = await call('finance', 'submitDraft', seen(complete), afterOpinions)
    await call('finance head', 'approveDraft', seen(sent), afterOpinions)
    const done = await call('finance', 'viewExpenditureReview', { reviewId: review?.id as string }, afterOpinions)
    expect(done.review).toMatchObject({ state: 'revised', revisionDraftId: made.draft.id })
    expect(done.may.keep).not.toBeNull()
  })
  it('or by words that nothing needs to change', async () => {
    const view = await enacted('', { code: 'item.copier', priceCapFen: 3_000_000, documentTitle: '复印机标准' })
    const { items } = await call('finance', 'expenditureReviews', { state: 'open' })
    const review = items.find(({ draftId }) => draftId === view.draft.id)
    expect(review?.restingCodes).toEqual([])
    const keep = { reviewId: review?.id as string, version: 1, opinion: '没有据以制定的开支标准' }
    expect((await call('finance', 'keepExpenditure', keep)).review.state).toBe('kept')
    await expect(call('finance', 'keepExpenditure', keep)).rejects.toThrow(/刚刚被他人修改/)
  })
})

describe('A9-2 looked at once a year', () => {
  it('the province’s rows of years ago are due; a look puts them off for a year; the department is told once a month', async () => {
    const due = await call('province reviewer', 'dueStandards', { limit: 200 })
    const codes = due.items.map(({ standard }) => standard.code)
    expect(codes).toContain('item.desktop')
    expect(codes).toEqual(codes.toSorted())
    const look = await call('province reviewer', 'confirmStandard', { code: 'item.desktop', opinion: '价格水平未变' })
    expect(look).toEqual({ code: 'item.desktop', lookedOn: today, nextDueOn: '2027-11-23' })
    const later = await call('province reviewer', 'dueStandards', { limit: 200 })
    expect(later.items.map(({ standard }) => standard.code)).not.toContain('item.desktop')
    expect(later.total).toBe((due.total ?? 0) - 1)
    // The city has set nothing of its own that is a year old.
    expect((await call('reviewer', 'dueStandards', {})).items).toEqual([])
    expect(
      await refusalsOf(call('reviewer', 'confirmStandard', { code: 'item.shredder', opinion: '不变' + '不变' })),
    ).toEqual(['not-own'])
    expect(await refusalsOf(call('finance', 'confirmStandard', { code: 'item.desktop', opinion: '价格未变' }))).toEqual(
      ['not-authority', 'role'],
    )
    const told = async () =>
      (await notificationsOf('province-authority')).filter(({ link }) => link === '/standards/due')
    const run = (day: string) =>
      runJob(day, (transact) =>
        (jobs['drafting.remind-yearly'] as NonNullable<(typeof jobs)[string]>).run({ transact } as never),
      )
    await run('2026-11-24')
    await run('2026-11-25')
    expect(await told()).toHaveLength(1)
    await run('2026-12-30')
    expect(await told()).toHaveLength(2)
  })
  it('pages by code', async () => {
    const first = await call('province reviewer', 'dueStandards', { limit: 3 })
    const second = await call('province reviewer', 'dueStandards', { limit: 3, after: first.next as string })
    const codes = [...first.items, ...second.items].map(({ standard }) => standard.code)
    expect(codes).toEqual([...new Set(codes)].toSorted())
    expect(codes).toHaveLength(6)
  })
})

describe('the impact of a draft before it is approved', () => {
  it('counts organs, lines and money at the old and the new cap where it binds; lines of the own level only', async () => {
    await inTx(async (tx) => {
      const city = { jurisdictionCode: '140100', year: 2028 }
      await asked(tx, { ...city, organKey: 'taiyuan-education' }, [
        { standardCode: 'item.printer-a4-mono', quantity: 10, unitPriceFen: 120_000 },
        { standardCode: 'item.printer-a4-mono', quantity: 2, unitPriceFen: 80_000 },
      ])
      await asked(tx, { ...city, organKey: 'taiyuan-police' }, [
        { standardCode: 'item.printer-a4-mono', quantity: 4, unitPriceFen: 110_000 },
        { standardCode: 'item.shredder', quantity: 4, unitPriceFen: 90_000 },
      ])
      await asked(tx, { organKey: 'qingxu-education', jurisdictionCode: '140121', year: 2028 }, [
        { standardCode: 'item.printer-a4-mono', quantity: 1, unitPriceFen: 100_000 },
      ])
      await asked(tx, { ...city, organKey: 'taiyuan-court', year: 2025 }, [
        { standardCode: 'item.printer-a4-mono', quantity: 99, unitPriceFen: 100_000 },
      ])
    })
    const draft = await drafted('reviewer', {
      code: 'item.printer-a4-mono',
      priceCapFen: 100_000,
      inForceOn: '2028-01-01',
      documentTitle: '打印机标准',
    })
    const { draftId } = seen(draft)
    const impact = await call('reviewer', 'draftImpact', { draftId })
    expect(impact.organs).toBe(3)
    expect(impact.changes).toEqual([
      {
        changeId: draft.changes[0]?.id,
        lineNo: 1,
        title: 'A4黑白打印机',
        organs: 3,
        lines: 4,
        quantity: 17,
        askedFen: 10 * 120_000 + 2 * 80_000 + 4 * 110_000 + 100_000,
        atPresentCapFen: 17 * 120_000,
        atProposedCapFen: 17 * 100_000,
        aboveProposedCap: 2,
      },
    ])
    expect(impact.jurisdictions.map(({ jurisdictionCode, lines }) => [jurisdictionCode, lines])).toEqual([
      ['140100', 3],
      ['140121', 1],
    ])
    const changeId = draft.changes[0]?.id as string
    const first = await call('reviewer', 'draftImpactLines', { draftId, changeId, limit: 2 })
    const rest = await call('reviewer', 'draftImpactLines', {
      draftId,
      changeId,
      limit: 2,
      after: first.next as string,
    })
    const lines = [...first.items, ...rest.items]
    expect(lines.map(({ quantity }) => quantity)).toEqual([10, 2, 4])
    expect(lines.map(({ cutToFen }) => cutToFen)).toEqual([1_000_000, null, 400_000])
    expect(rest.next).toBeNull()
  })
  it('does not count where the level below has set its own', async () => {
    const row = await rowOn('140121', today, 'item.printer-a4-mono')
    const county = await drafted('county reviewer', {
      code: 'item.printer-a4-mono',
      priceCapFen: 110_000,
      inForceOn: '2027-06-01',
      documentTitle: '县打印机',
    })
    expect(withCap(row, 110_000)).toMatchObject({ priceCapFen: 110_000 })
    await call('county leader', 'approveDraft', seen(await submitted('county reviewer', county)), afterOpinions)
    const { items } = await call('reviewer', 'drafts', { code: 'item.printer-a4-mono' })
    const impact = await call('reviewer', 'draftImpact', { draftId: items[0]?.id as string })
    expect(impact.jurisdictions.map(({ jurisdictionCode }) => jurisdictionCode)).toEqual(['140100'])
  })
  it('is business of the level: those asked for an opinion do not see what others ask for', async () => {
    const { items } = await call('clerk', 'drafts', { state: 'approved' })
    expect(await refusalsOf(call('clerk', 'draftImpact', { draftId: items[0]?.id as string }))).toEqual(['missing'])
  })
})

it('A9-2 whatever was approved here, no two rows of one key hold on one day', async () => {
  const { rows } = await inTx((tx) =>
    sql<{
      code: string
    }>`select a.code from standards.standard a join standards.standard b on a.code = b.code and a.id < b.id
      and a.jurisdiction_code = b.jurisdiction_code and a.level is not distinct from b.level and a.rank is not distinct from b.rank
      and daterange(a.valid_from, a.valid_until, '[]') && daterange(b.valid_from, b.valid_until, '[]')`.execute(tx),
  )
  expect(rows).toEqual([])
  expect((await tableOn('140100', '2027-06-01')).rows.length).toBeGreaterThan(20)
})
