import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { Conflict, Missing } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import {
  after,
  answer,
  as,
  asked,
  call,
  caseStates,
  closeConsultationStage,
  draft,
  everythingKept,
  factsOf,
  inboxOf,
  item,
  openConsultationStage,
  openWith,
  organId,
  refusalsOf,
  seen,
  three,
  until,
} from './testing/consultation-stage.ts'

beforeAll(openConsultationStage, 60_000)
afterAll(closeConsultationStage)

describe('opening', () => {
  test('A6-1 the authority and finance of the level open, nobody else', async () => {
    for (const who of ['education', 'educationHead', 'county', 'audit', 'financeClerk', 'bureauAdmin'])
      expect([
        who,
        await refusalsOf(call(who, 'openConsultation', { ...draft, organIds: [organId('taiyuan-police')] })),
      ]).toEqual([who, expect.arrayContaining([expect.stringMatching(/not-department|role/)])])
    for (const who of ['bureau', 'bureauTwo', 'finance']) {
      const { consultation } = await openWith(['taiyuan-education'], who)
      expect(consultation.state).toBe('open')
    }
  })

  test('A9-1 all that is wrong is told at once, and nothing is kept', async () => {
    const before = (await call('bureau', 'consultations', { limit: 200 })).items.length
    const wrong = call('bureau', 'openConsultation', {
      ...draft,
      organIds: [organId('taiyuan-authority'), organId('province-education')],
      opinionsUntil: '2026-12-04',
    })
    expect(await refusalsOf(wrong)).toEqual(['asked-oneself', 'unknown-organ', 'term-too-short'])
    const lastYear = call('bureau', 'openConsultation', {
      ...draft,
      organIds: [organId('taiyuan-police')],
      opinionsUntil: '2028-01-03',
    })
    expect(await refusalsOf(lastYear)).toEqual(['term-too-long'])
    expect((await call('bureau', 'consultations', { limit: 200 })).items.length).toBe(before)
  })

  test('A44-1 a mark of secrecy is refused and nothing of it is kept', async () => {
    const secret = call('bureau', 'openConsultation', {
      ...draft,
      text: '机密★10年 某事项',
      organIds: [organId('taiyuan-police')],
    })
    expect(await refusalsOf(secret)).toEqual(['A44-1'])
    expect(await everythingKept()).not.toContain('机密★')
  })

  test('organs of the level and authorities below may be asked; the term comes from the standards', async () => {
    const { organs, earliestLastDay, shortestWorkdays, citation } = await call('bureau', 'invitableOrgans', {})
    expect([earliestLastDay, shortestWorkdays, citation]).toEqual([until, 10, '项目默认值'])
    expect(organs.filter(({ below }) => below).map(({ name }) => name)).toContain('清徐县机关事务服务中心')
    expect(organs.some(({ id }) => id === organId('taiyuan-authority'))).toBe(false)
    expect(await refusalsOf(call('education', 'invitableOrgans', {}))).toContain('not-department')
  })

  test('each organ finds the task with the last day in its inbox, staff do not', async () => {
    const { consultation } = await openWith(['taiyuan-education', 'qingxu-authority'])
    const mine = await asked(consultation.id, 'education')
    expect(await inboxOf('education')).toContainEqual({
      title: `答复征求意见：${draft.title}`,
      link: `/consultation/opinions/${mine.opinionId}`,
      dueOn: until,
    })
    expect((await inboxOf('county')).map(({ title }) => title)).toContain(`答复征求意见：${draft.title}`)
    expect(await inboxOf('educationStaff')).toEqual([])
    expect((await inboxOf('bureau')).map(({ link }) => link)).toContain(
      `/consultation/consultations/${consultation.id}`,
    )
  })
})

describe('who sees what', () => {
  test('an organ sees its own opinions only, until the closing; whoever was not asked knows of nothing', async () => {
    const { consultation } = await openWith(three)
    const { id: consultationId } = consultation
    await answer(consultationId, 'education', [item('复印机数量不够')])
    await answer(consultationId, 'police', [item('办案用机单列')])
    const own = await call('education', 'items', { consultationId })
    expect(own.items.map(({ opinion }) => opinion)).toEqual(['复印机数量不够'])
    expect((await call('bureau', 'items', { consultationId })).items).toHaveLength(2)
    expect((await call('audit', 'items', { consultationId })).items).toHaveLength(2)
    const police = await asked(consultationId, 'police')
    await expect(call('education', 'viewOpinion', { opinionId: police.opinionId })).rejects.toBeInstanceOf(Missing)
    await expect(call('education', 'opinions', { consultationId })).rejects.toBeInstanceOf(Missing)
    for (const who of ['county', 'province', 'educationStaff', 'bureauAdmin'])
      await expect(call(who, 'viewConsultation', { consultationId })).rejects.toBeInstanceOf(Missing)
  })

  test('G7 the second wall: without any predicate of the code, an organ sees its own alone until the closing', async () => {
    const { consultation } = await openWith(['taiyuan-education', 'taiyuan-police'])
    const { id: consultationId } = consultation
    await answer(consultationId, 'education', [item('甲')])
    await answer(consultationId, 'police', [item('乙')])
    const bare = (who: string) =>
      as(who, async ({ tx }) => {
        const count = async (table: string) =>
          (
            await sql<{ n: number }>`select count(*)::int as n from ${sql.table(`consultation.${table}`)}
              where ${sql.ref(table === 'consultation' ? 'id' : 'consultation_id')} = ${consultationId}`.execute(tx)
          ).rows[0]?.n
        return [await count('consultation'), await count('opinion'), await count('item')]
      })
    expect(await bare('education')).toEqual([1, 1, 1])
    expect(await bare('bureau')).toEqual([1, 2, 2])
    for (const who of ['development', 'county', 'province', 'bureauAdmin'])
      expect([who, await bare(who)]).toEqual([who, [0, 0, 0]])
    const items = await seen(await call('bureau', 'items', { consultationId }))
    await call('bureau', 'replyItems', { consultationId, items, reply: 'adopted' })
    const { consultation: now } = await call('bureau', 'viewConsultation', { consultationId })
    await call('bureau', 'closeConsultation', { consultationId, version: now.version })
    expect(await bare('education')).toEqual([1, 1, 2])
    expect(await bare('development')).toEqual([0, 0, 0])
  })

  test('whoever is asked reads the papers of the draft, nobody else does', async () => {
    const { consultation } = await openWith(['taiyuan-education'])
    const { id: consultationId } = consultation
    const fileId = newId()
    await as('bureau', async ({ tx, actor }) => {
      const digest = 'a'.repeat(64)
      await sql`insert into kernel.stored_file (sha256, size_bytes, media_type, stored_at) values (${digest}, 5, 'text/plain', now())`.execute(
        tx,
      )
      await sql`insert into kernel.attachment (id, subject_kind, subject_id, organ_id, jurisdiction_code, file_name, sha256, uploaded_by_name, uploaded_at)
        values (${fileId}, 'consultation.consultation', ${consultationId}, ${actor.organ?.id}, '140100', '起草说明.txt', ${digest}, '甲', now())`.execute(
        tx,
      )
    })
    const { files } = await call('education', 'viewConsultation', { consultationId })
    expect(files).toMatchObject([{ id: fileId, fileName: '起草说明.txt' }])
    const opened = { consultationId, fileId }
    await expect(call('police', 'consultationFile', opened)).rejects.toBeInstanceOf(Missing)
    const { consultation: other } = await openWith(['taiyuan-education'])
    await expect(call('education', 'consultationFile', { ...opened, consultationId: other.id })).rejects.toBeInstanceOf(
      Missing,
    )
    await expect(
      call('education', 'consultationDocument', { consultationId, documentId: newId() }),
    ).rejects.toBeInstanceOf(Missing)
  })

  test('what is being typed is nobody’s but the organ’s', async () => {
    const { consultation } = await openWith(['taiyuan-education'])
    const mine = await asked(consultation.id, 'education')
    await call('education', 'saveOpinion', { ...mine, draft: { stance: 'comments', items: [item('写到一半')] } })
    expect((await call('educationHead', 'viewOpinion', { opinionId: mine.opinionId })).draft.items).toHaveLength(1)
    expect((await call('bureau', 'viewOpinion', { opinionId: mine.opinionId })).draft.items).toEqual([])
    expect((await call('bureau', 'items', { consultationId: consultation.id })).items).toEqual([])
  })
})

describe('answering', () => {
  test('A9-1 no opinion, or opinions with what they are; nothing half said', async () => {
    const { consultation } = await openWith(three)
    const mine = await asked(consultation.id, 'education')
    expect(await refusalsOf(call('education', 'submitOpinion', { ...mine, stance: 'comments', items: [] }))).toEqual([
      'no-items',
    ])
    expect(
      await refusalsOf(call('education', 'submitOpinion', { ...mine, stance: 'agrees', items: [item('甲')] })),
    ).toEqual(['items-without-stance'])
    expect(
      await refusalsOf(
        call('education', 'submitOpinion', { ...mine, stance: 'comments', items: [item('甲'), item('')] }),
      ),
    ).toEqual(['item-empty-2'])
    const { opinion } = await call('education', 'submitOpinion', { ...mine, stance: 'agrees', items: [] })
    expect([opinion.state, opinion.stance, opinion.late]).toEqual(['answered', 'agrees', false])
    expect(await caseStates(mine.opinionId)).toEqual({ state: 'answered', closed: true })
  })

  test('A44-1 a mark of secrecy is kept neither in an opinion, nor in a draft, nor in a reply', async () => {
    const { consultation } = await openWith(three)
    const mine = await asked(consultation.id, 'education')
    const items = [item('见秘密★5年文件')]
    expect(await refusalsOf(call('education', 'submitOpinion', { ...mine, stance: 'comments', items }))).toEqual([
      'A44-1',
    ])
    expect(
      await refusalsOf(call('education', 'saveOpinion', { ...mine, draft: { stance: 'comments', items } })),
    ).toEqual(['A44-1'])
    await answer(consultation.id, 'education', [item('数量')])
    const shown = await seen(await call('bureau', 'items', { consultationId: consultation.id }))
    const reply = { consultationId: consultation.id, items: shown, reply: 'partly', reason: '按绝密★文件' } as const
    expect(await refusalsOf(call('bureau', 'replyItems', reply))).toEqual(['A44-1'])
    expect(await everythingKept()).not.toMatch(/秘密★|绝密★/)
  })

  test('two clerks at once: one is taken, the other is told to look again', async () => {
    const { consultation } = await openWith(three)
    const mine = await asked(consultation.id, 'education')
    const results = await Promise.allSettled([
      call('education', 'submitOpinion', { ...mine, stance: 'comments', items: [item('甲')] }),
      call('educationHead', 'submitOpinion', { ...mine, stance: 'agrees', items: [] }),
    ])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: expect.any(Conflict) })
    expect(await factsOf(mine.opinionId)).toEqual(['consultation.opinion-submitted'])
  })

  test('organs answering at the same moment get numbers of their own', async () => {
    const { consultation } = await openWith(three)
    await Promise.all([
      answer(consultation.id, 'education', [item('一'), item('二')]),
      answer(consultation.id, 'police', [item('三')]),
      answer(consultation.id, 'development', [item('四')]),
    ])
    const { items } = await call('bureau', 'items', { consultationId: consultation.id, sort: 'number' })
    expect(items.map(({ itemNo }) => itemNo)).toEqual([1, 2, 3, 4])
    expect((await call('bureau', 'viewConsultation', { consultationId: consultation.id })).consultation.state).toBe(
      'answering',
    )
  })

  test('changed until the last day: an item that says the same keeps its answer, one that does not loses it', async () => {
    const { consultation } = await openWith(three)
    const { items: sent } = await answer(consultation.id, 'education', [item('甲'), item('乙'), item('丙')])
    const shown = await seen(await call('bureau', 'items', { consultationId: consultation.id }))
    await call('bureau', 'replyItems', { consultationId: consultation.id, items: shown, reply: 'adopted' })
    const [first, second] = sent
    const changed = await call(
      'education',
      'submitOpinion',
      {
        ...(await asked(consultation.id, 'education')),
        stance: 'comments',
        items: [
          { id: first?.id ?? null, place: '第二条', opinion: '甲' },
          { id: second?.id ?? null, place: '第二条', opinion: '乙，另有理由' },
          item('丁'),
        ],
      },
      until,
    )
    expect(changed.items.map(({ opinion }) => opinion)).toEqual(['甲', '乙，另有理由', '丁'])
    const now = await call('bureau', 'items', { consultationId: consultation.id, sort: 'number' })
    expect(now.items.map(({ itemNo, reply }) => [itemNo, reply])).toEqual([
      [1, 'adopted'],
      [2, null],
      [4, null],
    ])
    const mine = await asked(consultation.id, 'education')
    expect(await factsOf(mine.opinionId)).toEqual(['consultation.opinion-submitted', 'consultation.opinion-changed'])
  })

  test('after the last day an answer is marked late and taken; one that was given stays as it is', async () => {
    const { consultation } = await openWith(three)
    await answer(consultation.id, 'education', [item('按时')])
    const late = await answer(consultation.id, 'police', [item('逾期')], after)
    expect(late.opinion.late).toBe(true)
    for (const who of ['education', 'police'])
      expect([who, await refusalsOf(answer(consultation.id, who, [item('再改')], after))]).toEqual([
        who,
        ['answer-final'],
      ])
    const { items } = await call('bureau', 'items', { consultationId: consultation.id })
    expect(items.filter(({ late: isLate }) => isLate)).toHaveLength(1)
  })

  test('only the organ itself answers, by its clerk or head', async () => {
    const { consultation } = await openWith(three)
    const { opinionId, version } = await asked(consultation.id, 'education')
    const input = { opinionId, version, stance: 'agrees' as const, items: [] }
    await expect(call('police', 'submitOpinion', input)).rejects.toBeInstanceOf(Missing)
    await expect(call('educationStaff', 'submitOpinion', input)).rejects.toBeInstanceOf(Missing)
    expect(await refusalsOf(call('bureau', 'submitOpinion', input))).toContain('not-own-organ')
    expect(await refusalsOf(call('finance', 'submitOpinion', input))).toContain('not-own-organ')
  })
})
