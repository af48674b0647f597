import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Conflict } from '#kernel/server/errors.ts'
import {
  afterOpinions,
  call,
  callConsultation,
  capOn,
  closeDraftingStage,
  consulted,
  contentOf,
  drafted,
  enacted,
  factsOf,
  head,
  openDraftingStage,
  opinionsUntil,
  people,
  refusalsOf,
  rowOn,
  seen,
  submitted,
  today,
} from './testing/drafting-stage.ts'

beforeAll(openDraftingStage)
afterAll(closeDraftingStage)

describe('the course of a standard (A9-1, A9-2)', () => {
  it('is drafted, consulted on, approved by another; the old figure answers for old days, the new one from its day', async () => {
    const view = await enacted('', { priceCapFen: 450_000 })
    expect(view.draft).toMatchObject({
      state: 'approved',
      documentNumber: expect.stringMatching(/^保障标准〔2026〕\d+号$/),
    })
    expect(view.draft.documentId).not.toBeNull()
    expect(await capOn('140100', '2026-12-31')).toBe(500_000)
    expect(await capOn('140100', '2027-01-01')).toBe(450_000)
    // The county takes the city's; the province keeps its own.
    expect(await capOn('140121', '2027-06-01')).toBe(450_000)
    expect(await capOn('140000', '2027-06-01')).toBe(500_000)
    expect(await factsOf(view.draft.id)).toEqual([
      'drafting.draft-made',
      'drafting.change-saved',
      'drafting.draft-saved',
      'drafting.draft-consulted',
      'drafting.draft-submitted',
      'kernel.document-issued',
      'drafting.draft-approved',
    ])
    const row = await rowOn('140100', '2027-01-01')
    expect(row?.citation).toBe(`《${head.documentTitle}》（${view.draft.documentNumber}）`)
    expect(row?.confidence).toBe('A')
    expect(row?.norms).toContain('A22-1')
  })

  it('A9-2 a second version ends the first the day before; both stay', async () => {
    const first = await rowOn('140100', '2027-01-01')
    // What is in force today is still the province's; a row beside the one to come would overlap it.
    const beside = enacted('', { code: 'item.desktop', priceCapFen: 440_000, inForceOn: '2027-07-01' })
    expect(await refusalsOf(beside)).toEqual(['STD-R03'])
    const made = await call('reviewer', 'makeDraft', {
      matter: 'standard',
      documentTitle: '配置标准二次修订',
      reason: head.reason,
      standardIds: [first?.id as string],
    })
    const [change] = made.changes
    const value = { ...(first as NonNullable<typeof first>).value, priceCapFen: 440_000 } as never
    const changed = await call('reviewer', 'saveChange', {
      ...seen(made),
      changeId: change?.id as string,
      content: { ...contentOf(change as never), value, reason: '再次询价' } as never,
    })
    const complete = await call('reviewer', 'saveDraft', {
      ...seen(changed),
      ...head,
      documentTitle: '配置标准二次修订',
      inForceOn: '2027-07-01',
    })
    await call('leader', 'approveDraft', seen(await submitted('reviewer', complete)), afterOpinions)
    expect(await capOn('140100', '2026-12-31')).toBe(500_000)
    expect(await capOn('140100', '2027-06-30')).toBe(450_000)
    expect(await capOn('140100', '2027-07-01')).toBe(440_000)
    expect(await rowOn('140100', '2027-06-30')).toEqual({ ...first, until: '2027-06-30' })
  })
})

describe('A9-1 no standard without a closed consultation', () => {
  it('sending up is refused before, while it runs, and admitted after; its text stays as it was sent out', async () => {
    const draft = await drafted('reviewer', { code: 'item.laptop', priceCapFen: 650_000, documentTitle: '便携机标准' })
    expect(draft.may.submit?.map(({ code }) => code)).toEqual(['STD-R06'])
    expect(await refusalsOf(call('reviewer', 'submitDraft', seen(draft)))).toEqual(['STD-R06'])
    const asked = await call('reviewer', 'consultOnDraft', { ...seen(draft), opinionsUntil })
    expect(asked.draft.state).toBe('consulting')
    expect(await refusalsOf(call('reviewer', 'submitDraft', seen(asked)))).toEqual(['STD-R06'])
    expect(await refusalsOf(call('reviewer', 'saveDraft', { ...seen(asked), ...head }))).toEqual(['under-consultation'])
    expect(await refusalsOf(call('reviewer', 'withdrawDraft', { ...seen(asked), opinion: '不做了' }))).toEqual([
      'under-consultation',
    ])
    // The organs asked see the draft now; they answer, and their opinion must be answered.
    expect((await call('clerk', 'viewDraft', { draftId: asked.draft.id })).draft.number).toBe(draft.draft.number)
    const { items } = await callConsultation('clerk', 'consultations', {})
    const mine = items.find(({ title }) => title === '便携机标准')?.mine
    const { opinion } = await callConsultation('clerk', 'viewOpinion', { opinionId: mine?.opinionId as string })
    await callConsultation('clerk', 'submitOpinion', {
      opinionId: opinion.id,
      version: opinion.version,
      stance: 'comments',
      items: [{ id: null, place: '第1行', opinion: '建议维持现行价格' }],
    })
    const consultationId = items.find(({ title }) => title === '便携机标准')?.id as string
    const standing = await callConsultation('reviewer', 'viewConsultation', { consultationId }, afterOpinions)
    const close = { consultationId, version: standing.consultation.version, conclusion: '已汇总。' }
    expect((await refusalsOf(callConsultation('reviewer', 'closeConsultation', close, afterOpinions))).length).toBe(1)
  })

  it('what was not asked about cannot come in by the side', async () => {
    const draft = await consulted(
      'reviewer',
      await drafted('reviewer', { code: 'item.scanner', priceCapFen: 350_000, documentTitle: '扫描仪标准' }),
    )
    const other = await rowOn('140100', today, 'item.projector')
    const added = await call(
      'reviewer',
      'addChange',
      {
        ...seen(draft),
        content: {
          ...contentOf(draft.changes[0] as never),
          code: 'item.projector',
          title: '投影仪',
          value: { ...(other as NonNullable<typeof other>).value, priceCapFen: 900_000 } as never,
        } as never,
      },
      afterOpinions,
    )
    expect(await refusalsOf(call('reviewer', 'submitDraft', seen(added), afterOpinions))).toEqual(['STD-R06'])
  })
})

describe('ROLE-R02, A6-1: who', () => {
  it('everybody else is refused, and nothing changes', async () => {
    const sent = await submitted(
      'reviewer',
      await drafted('reviewer', { code: 'item.shredder', priceCapFen: 90_000, documentTitle: '碎纸机标准' }),
    )
    for (const who of ['reviewer', 'colleague', 'finance', 'finance head', 'auditor', 'clerk'])
      expect([who, (await refusalsOf(call(who, 'approveDraft', seen(sent), afterOpinions))).length > 0]).toEqual([
        who,
        true,
      ])
    for (const who of ['province leader', 'county leader', 'staff', 'administrator'])
      expect([who, (await refusalsOf(call(who, 'approveDraft', seen(sent), afterOpinions)))[0]]).toEqual([
        who,
        who === 'county leader' ? 'not-authority' : 'missing',
      ])
    expect((await call('auditor', 'viewDraft', { draftId: sent.draft.id })).draft.state).toBe('approving')
  })
  it('a leader who also drafts does not approve the own draft', async () => {
    const leader = people['leader'] as (typeof people)[string]
    people['both'] = { ...leader, roles: [...leader.roles, 'plan-reviewer'] }
    const sent = await submitted(
      'both',
      await drafted('both', { code: 'item.copier', priceCapFen: 3_000_000, documentTitle: '复印机标准' }),
    )
    expect(await refusalsOf(call('both', 'approveDraft', seen(sent), afterOpinions))).toEqual(['ROLE-R02'])
  })
  it('drafts not yet open are the level’s own; lists show each what concerns them', async () => {
    const draft = await drafted('reviewer', { code: 'item.tea-cabinet', priceCapFen: 140_000 })
    for (const who of ['clerk', 'county clerk', 'province reviewer'])
      expect(await refusalsOf(call(who, 'viewDraft', { draftId: draft.draft.id }))).toEqual(['missing'])
    const ids = async (who: string) => (await call(who, 'drafts', { limit: 200 })).items.map(({ id }) => id)
    expect(await ids('reviewer')).toContain(draft.draft.id)
    expect(await ids('auditor')).toContain(draft.draft.id)
    expect(await ids('clerk')).not.toContain(draft.draft.id)
    expect((await call('county clerk', 'drafts', {})).items.every(({ state }) => state !== 'drafting')).toBe(true)
    expect(await refusalsOf(call('staff', 'drafts', {}))).toEqual(['role'])
  })
})

describe('returned, recalled, refused, withdrawn', () => {
  it('goes back with words and comes again without another consultation', async () => {
    const sent = await submitted(
      'reviewer',
      await drafted('reviewer', { code: 'item.multifunction', priceCapFen: 280_000, documentTitle: '一体机标准' }),
    )
    const recalled = await call('reviewer', 'recallDraft', seen(sent), afterOpinions)
    expect(recalled.draft.state).toBe('returned')
    const again = await call('reviewer', 'submitDraft', seen(recalled), afterOpinions)
    const back = await call('leader', 'returnDraft', { ...seen(again), opinion: '请补充询价材料' }, afterOpinions)
    expect(back.draft.state).toBe('returned')
    const third = await call('reviewer', 'submitDraft', seen(back), afterOpinions)
    const refused = await call('leader', 'refuseDraft', { ...seen(third), opinion: '暂不调整' }, afterOpinions)
    expect([refused.draft.state, refused.may.edit === null]).toEqual(['refused', false])
    expect(await capOn('140100', '2027-02-01', 'item.multifunction')).toBe(300_000)
  })
  it('withdrawn before anybody was asked', async () => {
    const draft = await drafted('reviewer', { code: 'item.projector', priceCapFen: 900_000 })
    const gone = await call('colleague', 'withdrawDraft', { ...seen(draft), opinion: '合并起草' })
    expect(gone.draft.state).toBe('withdrawn')
    expect(await refusalsOf(call('reviewer', 'submitDraft', seen(gone)))).toContain('state')
  })
})

describe('two at once', () => {
  it('two people save: the later is told and loses nothing of the first', async () => {
    const draft = await drafted('reviewer', { code: 'item.sofa-one', priceCapFen: 140_000 })
    const save = (who: string, reason: string) => call(who, 'saveDraft', { ...seen(draft), ...head, reason })
    const results = await Promise.allSettled([save('reviewer', '第一种理由'), save('colleague', '第二种理由')])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((results.find(({ status }) => status === 'rejected') as PromiseRejectedResult).reason).toBeInstanceOf(
      Conflict,
    )
  })
  it('two approvals of one draft: one counts', async () => {
    const sent = await submitted(
      'reviewer',
      await drafted('reviewer', { code: 'item.sofa-three', priceCapFen: 280_000, documentTitle: '沙发标准' }),
    )
    const approve = () => call('leader', 'approveDraft', seen(sent), afterOpinions)
    const results = await Promise.allSettled([approve(), approve()])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await capOn('140100', '2027-01-01', 'item.sofa-three')).toBe(280_000)
  })
  it('A9-2 two drafts on one standard, approved at once: the second is refused and told why', async () => {
    const one = await submitted(
      'reviewer',
      await drafted('reviewer', { code: 'item.tea-table-large', priceCapFen: 90_000, documentTitle: '茶几标准甲' }),
    )
    const other = await submitted(
      'colleague',
      await drafted('colleague', { code: 'item.tea-table-large', priceCapFen: 80_000, documentTitle: '茶几标准乙' }),
    )
    expect(other.rivals.map(({ number }) => number)).toContain(one.draft.number)
    const results = await Promise.allSettled(
      [one, other].map((view) => call('leader', 'approveDraft', seen(view), afterOpinions)),
    )
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const lost = results.findIndex(({ status }) => status === 'rejected')
    expect(await refusalsOf(Promise.reject((results[lost] as PromiseRejectedResult).reason))).toEqual(['STD-R03'])
    const after = await call('leader', 'viewDraft', { draftId: [one, other][lost]?.draft.id as string }, afterOpinions)
    expect(after.draft.state).toBe('approving')
    expect([90_000, 80_000][1 - lost]).toBe(await capOn('140100', '2027-01-01', 'item.tea-table-large'))
  })
})

describe('bad input changes nothing', () => {
  it('a change of another draft, a row of elsewhere, the same key twice', async () => {
    const draft = await drafted('reviewer', { code: 'item.wardrobe', priceCapFen: 90_000 })
    const other = await drafted('reviewer', { code: 'item.bookcase', priceCapFen: 110_000 })
    const content = contentOf(draft.changes[0] as never)
    expect(
      await refusalsOf(
        call('reviewer', 'saveChange', { ...seen(draft), changeId: other.changes[0]?.id as string, content }),
      ),
    ).toEqual(['missing'])
    expect(await refusalsOf(call('reviewer', 'addChange', { ...seen(draft), content }))).toEqual(['same-key'])
    const county = await enacted('county ', { code: 'item.wardrobe', priceCapFen: 80_000, documentTitle: '县更衣柜' })
    expect(county.draft.state).toBe('approved')
    const row = await rowOn('140121', '2027-01-01', 'item.wardrobe')
    expect(
      await refusalsOf(
        call('reviewer', 'makeDraft', {
          matter: 'standard',
          documentTitle: '',
          reason: '',
          standardIds: [row?.id as string],
        }),
      ),
    ).toEqual(['unknown-row'])
    expect((await call('reviewer', 'viewDraft', { draftId: draft.draft.id })).draft.version).toBe(draft.draft.version)
  })
  it('catalogue and standards do not mix', async () => {
    const draft = await drafted('reviewer', { code: 'item.chair', priceCapFen: 70_000 })
    const content = {
      subject: 'catalogue' as const,
      act: 'add' as const,
      replacesId: null,
      needKind: 'N01' as const,
      centralised: 'yes' as const,
      provided: true,
      note: '',
      citation: '',
      reason: '集中',
    }
    expect(await refusalsOf(call('reviewer', 'addChange', { ...seen(draft), content }))).toEqual(['other-matter'])
  })
})
