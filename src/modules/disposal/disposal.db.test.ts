import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Conflict, Forbidden, Missing } from '#kernel/server/errors.ts'
import {
  approved,
  call,
  cardOf,
  closeDisposalStage,
  copier,
  draft,
  factsOf,
  openDisposalStage,
  paper,
  refusalsOf,
  reviewed,
  stepOf,
  today,
  toldOf,
} from './testing/disposal-stage.ts'

beforeAll(openDisposalStage)
afterAll(closeDisposalStage)

describe('A12-3 disposal needs the consent of finance, always', () => {
  it('small: drafted, submitted, reviewed, consented to by list, carried out; the card says each step and never comes back', async () => {
    const cardId = await copier()
    const drafted = await draft([cardId])
    expect(drafted.judgement).toMatchObject({ tier: 'T1', costFen: 498_000 })
    expect((await cardOf(cardId)).engagement).toBeNull()
    const submitted = await call('keeper', 'submitApplication', stepOf(drafted))
    const { id } = submitted.application
    expect(submitted.application).toMatchObject({
      state: 'applied',
      number: 'CZ-2026-0001',
      tier: 'T1',
      appliedOn: today,
    })
    expect(await cardOf(cardId)).toMatchObject({
      card: { state: 'disposal-pending' },
      engagement: { procedure: 'disposal', recordId: id },
    })
    const agreed = await call('reviewer', 'reviewApplication', { ...stepOf(submitted), decision: 'agree' })
    expect(await toldOf('finance', '/disposal/consents')).toHaveLength(1)
    const single = { ...stepOf(agreed), agreed: true, document: '并财资〔2026〕1号', consentedOn: today }
    expect(await refusalsOf(call('finance', 'consentApplication', single))).toEqual(['by-list'])
    // Nothing is carried out before finance has consented (AST-R08).
    expect(await refusalsOf(call('keeper', 'carryOut', { ...stepOf(agreed), carriedOutOn: today }))).toContain(
      'disposal-state',
    )
    const list = { applications: [stepOf(agreed)], document: '并财资清〔2026〕11号', consentedOn: today }
    expect(await call('finance', 'consentByList', list)).toMatchObject({ applications: 1, costFen: 498_000 })
    const consented = await call('keeper', 'viewApplication', { applicationId: id })
    expect(consented.application).toMatchObject({ state: 'approved', consentDocument: '并财资清〔2026〕11号' })
    expect((await cardOf(cardId)).card.state).toBe('disposal-approved')

    // AST-R13: a copier has a disk.
    const bare = { ...stepOf(consented), carriedOutOn: today }
    expect(await refusalsOf(call('keeper', 'carryOut', bare))).toEqual(['AST-R13'])
    const closed = await call('keeper', 'carryOut', { ...bare, erasureRecord: '数清〔2026〕7号' })
    expect(closed.application).toMatchObject({ state: 'closed', carriedOutOn: today })
    const gone = await cardOf(cardId)
    expect(gone).toMatchObject({ card: { state: 'disposed', removedOn: today }, engagement: null })
    expect(gone.events.map(({ kind, changes }) => changes.state ?? kind).slice(0, 3)).toEqual([
      'disposed',
      'disposal-approved',
      'disposal-pending',
    ])
    expect(await refusalsOf(call('keeper', 'submitApplication', stepOf(await draft([cardId]))))).toContain('AST-R07')
    expect(await factsOf(id)).toEqual([
      'disposal.application-drafted',
      'disposal.application-submitted',
      'disposal.application-reviewed',
      'disposal.application-approved',
      'disposal.carried-out',
    ])
  })

  it('ROLE-R09 others’ hands, the authority’s among them, are refused at every step, higher levels do not know of it (Art. 6)', async () => {
    const view = await reviewed([await copier()])
    const consent = { agreed: true, document: '并财资〔2026〕9号', consentedOn: today }
    const { applicationId } = stepOf(view)
    for (const who of ['keeper', 'reviewer', 'head'])
      await expect(call(who, 'consentApplication', { ...stepOf(view), ...consent }), who).rejects.toThrow(Forbidden)
    for (const who of ['other', 'province', 'countyReviewer'])
      await expect(call(who, 'viewApplication', { applicationId }), who).rejects.toThrow(Missing)
    await expect(call('staff', 'applications', {})).rejects.toThrow(Forbidden)
    expect((await call('other', 'applications', {})).items).toEqual([])
    expect((await call('finance', 'applications', { state: 'reviewed' })).items.map(({ id }) => id)).toContain(
      applicationId,
    )
    await expect(draft([await copier()], {}, 'other')).rejects.toThrow(Missing)
    await expect(draft([await copier()], {}, 'head')).rejects.toThrow(Forbidden)
  })

  it('two at once: one decides, the other is told', async () => {
    const view = await reviewed([await copier()])
    const list = (document: string) =>
      call('finance', 'consentByList', { applications: [stepOf(view)], document, consentedOn: today })
    const both = await Promise.allSettled([list('并财资清〔2026〕21号'), list('并财资清〔2026〕22号')])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await expect(
      call('finance', 'consentByList', {
        applications: [stepOf(await reviewed([await copier()]))],
        document: '并财资清〔2026〕11号',
        consentedOn: today,
      }),
    ).rejects.toThrow(Conflict)
  })

  it('one procedure at a time: a thing in a disposal is in no other, and free again when nothing comes of it', async () => {
    const cardId = await copier({ state: 'idle' })
    const [one, two] = [await draft([cardId]), await draft([cardId])]
    const submitted = await call('keeper', 'submitApplication', stepOf(one))
    expect(await refusalsOf(call('keeper', 'submitApplication', stepOf(two)))).toContain('card-engaged')
    const returned = await call('reviewer', 'reviewApplication', {
      ...stepOf(submitted),
      decision: 'return',
      opinion: '请补充技术鉴定',
    })
    expect(returned.application.state).toBe('draft')
    expect(await cardOf(cardId)).toMatchObject({ card: { state: 'idle' }, engagement: null })
    const again = await call('keeper', 'submitApplication', stepOf(returned))
    expect(again.application.number).toBe(submitted.application.number)
    const refused = { ...stepOf(again), decision: 'refuse' as const }
    expect(await refusalsOf(call('reviewer', 'reviewApplication', refused))).toEqual(['case-opinion'])
    await call('reviewer', 'reviewApplication', { ...refused, opinion: '仍可使用，请提供给公物仓' })
    expect(await cardOf(cardId)).toMatchObject({ card: { state: 'idle' }, engagement: null })
    expect((await call('keeper', 'submitApplication', stepOf(two))).application.state).toBe('applied')
  })

  it('papers, secrets, investments and young things stand against it, in words', async () => {
    const young = await copier({ acquiredOn: '2025-03-01', bookedOn: '2025-03-01' })
    const submit = async (given: Parameters<typeof draft>[1]) =>
      refusalsOf(call('keeper', 'submitApplication', stepOf(await draft([young], given))))
    expect(await submit({})).toEqual(['AST-R11'])
    expect(await submit({ papers: [] })).toEqual(['D5-papers', 'AST-R11'])
    expect(await submit({ encumbered: true })).toEqual(['AST-R24', 'AST-R11'])
    expect(await submit({ form: 'D2' })).toEqual(['D2-receiver', 'D2-papers', 'D2-papers'])
    expect(await refusalsOf(draft([young], { reason: '机密★10年 销毁' }))).toEqual(['A44-1'])
    await expect(draft([young, young])).rejects.toThrow('选择了两次')
    const certified = await draft([young], { papers: [paper('decision'), paper('technical', '鉴〔2026〕3号')] })
    expect(certified.judgement.tier).toBe('T2')
    expect(certified.judgement.findings.find(({ rule }) => rule === 'AST-R11')?.outcome).toBe('needs-approval')
  })

  it('AST-R22, AST-T08: two applications within 30 days count together, also when handed in at once', async () => {
    const own = (given = {}) => copier({ ...given, costFen: 3_100_000 }, 'county')
    const submit = async () => call('county', 'submitApplication', stepOf(await draft([await own()], {}, 'county')))
    const both = await Promise.all([submit(), submit()])
    expect(both.map(({ application }) => application.tier).toSorted()).toEqual(['T1', 'T2'])
    const split = both.find(({ application }) => application.tier === 'T2')
    expect(split?.judgement.findings.find(({ rule }) => rule === 'AST-R22')?.message).toContain('62,000')
    const { judgement } = await call('county', 'previewApplication', { form: 'D5', cardIds: [await own()] })
    expect(judgement.tier).toBe('T2')
  })
})

describe('larger disposals', () => {
  it('AST-R09, AST-R10: a sale shows appraisal and trade, and a price below the appraisal the consent to it', async () => {
    const view = await approved([await copier({ classCode: 'A05010502', name: '文件柜', costFen: 98_000 })], {
      form: 'D3',
    })
    const bare = { ...stepOf(view), carriedOutOn: today }
    expect(await refusalsOf(call('keeper', 'carryOut', bare))).toEqual(['AST-R09', 'AST-R09'])
    const sale = {
      ...bare,
      appraiser: '山西正元资产评估有限公司',
      appraisalReport: '晋正评报〔2026〕88号',
      appraisedFen: 10_000,
      tradingPlatform: '太原市公共资源交易平台',
      tradeNumber: 'TYCQ-2026-113',
    }
    expect(await refusalsOf(call('keeper', 'carryOut', { ...sale, priceFen: 8_900 }))).toEqual(['AST-R10'])
    expect(await refusalsOf(call('keeper', 'carryOut', { ...sale, priceFen: 9_500 }))).toEqual(['AST-R10'])
    const sold = await call('keeper', 'carryOut', { ...sale, priceFen: 9_500, repriceDocument: '并财资〔2026〕91号' })
    expect(sold.application.state).toBe('proceeds')
    expect(sold.carriedOut?.proceedsExpected).toBe(true)
  })

  it('a sum that finance refuses gives the things back', async () => {
    const cardId = await copier()
    const view = await reviewed([cardId])
    const refusal = { ...stepOf(view), agreed: false, consentedOn: today }
    expect(await refusalsOf(call('finance', 'consentApplication', refusal))).toEqual(['case-opinion'])
    const refused = await call('finance', 'consentApplication', { ...refusal, opinion: '请先调剂使用' })
    expect(refused.application.state).toBe('refused')
    expect((await cardOf(cardId)).card.state).toBe('in-use')
  })

  it('an approved disposal is given up before it is carried out, never after', async () => {
    const cardId = await copier()
    const view = await approved([cardId])
    const given = await call('keeper', 'abandonApplication', { ...stepOf(view), opinion: '维修后继续使用' })
    expect(given.application.state).toBe('abandoned')
    expect((await cardOf(cardId)).card.state).toBe('in-use')
    expect(await refusalsOf(call('keeper', 'carryOut', { ...stepOf(given), carriedOutOn: today }))).toContain(
      'disposal-state',
    )
  })

  it('T3 goes on to the government; its paper is recorded and the authority replies', async () => {
    const cardId = await copier({ classCode: 'A02010104', name: '服务器集群', costFen: 260_000_000 })
    const view = await reviewed([cardId])
    expect(view.application.tier).toBe('T3')
    const passed = await call('finance', 'consentApplication', {
      ...stepOf(view),
      agreed: true,
      document: '并财资〔2026〕77号',
      consentedOn: today,
    })
    expect(passed.application).toMatchObject({ state: 'government', consentDocument: '并财资〔2026〕77号' })
    const decision = { ...stepOf(passed), agreed: true, document: '并政函〔2026〕5号', decidedOn: today }
    expect(await refusalsOf(call('reviewer', 'decideByGovernment', decision))).toEqual(['reply-number'])
    const done = await call('reviewer', 'decideByGovernment', { ...decision, replyNumber: '并事管资〔2026〕8号' })
    expect(done.application).toMatchObject({ state: 'approved', governmentDocument: '并政函〔2026〕5号' })
  })
})
