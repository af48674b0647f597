import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { Conflict, Missing } from '#kernel/server/errors.ts'
import { renderIssued } from '#kernel/server/issued-documents.ts'
import { collectPast } from './jobs.ts'
import {
  after,
  answer,
  as,
  asked,
  call,
  caseStates,
  closeConsultationStage,
  factsOf,
  inboxOf,
  inTx,
  item,
  openConsultationStage,
  openWith,
  organId,
  refusalsOf,
  runJob,
  seen,
  three,
  today,
  until,
} from './testing/consultation-stage.ts'

beforeAll(openConsultationStage, 60_000)
afterAll(closeConsultationStage)

const closing = { conclusion: '已按采纳情况修改。' }

describe('answering the opinions and closing', () => {
  test('A9-1 not before the last day or all answers, not with an opinion unanswered; all reasons at once', async () => {
    const { consultation } = await openWith(three)
    const { id: consultationId } = consultation
    await answer(consultationId, 'education', [item('甲'), item('乙', '第三条')])
    const view = await call('bureau', 'viewConsultation', { consultationId })
    const close = () =>
      call('bureau', 'closeConsultation', { consultationId, version: view.consultation.version, ...closing })
    expect(await refusalsOf(close())).toEqual(['still-collecting', 'A9-1'])
    expect(view.may.close?.map(({ code }) => code)).toEqual(['still-collecting', 'A9-1'])
    const shown = await seen(await call('bureau', 'items', { consultationId }))
    await call('bureau', 'replyItems', { consultationId, items: shown.slice(0, 1), reply: 'adopted' })
    expect(await refusalsOf(close())).toEqual(['still-collecting', 'A9-1'])
    await call('bureau', 'replyItems', {
      consultationId,
      items: shown.slice(1),
      reply: 'not-adopted',
      reason: '超出标准',
    })
    expect(await refusalsOf(close())).toEqual(['still-collecting'])
  })

  test('A9-1 whoever does not adopt says why', async () => {
    const { consultation } = await openWith(three)
    await answer(consultation.id, 'education', [item('甲')])
    const items = await seen(await call('bureau', 'items', { consultationId: consultation.id }))
    for (const reply of ['partly', 'not-adopted'] as const)
      expect(
        await refusalsOf(call('bureau', 'replyItems', { consultationId: consultation.id, items, reply, reason: '  ' })),
      ).toEqual(['no-reason'])
    const unexplained = inTx((tx) =>
      sql`update consultation.item set reply = 'partly', reply_reason = '', replied_at = now() where id = ${items[0]?.id}`.execute(
        tx,
      ),
    )
    await expect(unexplained).rejects.toThrow(/check constraint/)
  })

  test('only the department that asked answers and closes', async () => {
    const { consultation } = await openWith(three)
    await answer(consultation.id, 'education', [item('甲')])
    const items = await seen(await call('bureau', 'items', { consultationId: consultation.id }))
    const input = { consultationId: consultation.id, items, reply: 'adopted' as const }
    expect(await refusalsOf(call('finance', 'replyItems', input))).toEqual(['not-own-consultation'])
    expect(await refusalsOf(call('audit', 'replyItems', input))).toEqual(['not-own-consultation', 'role'])
    expect(await refusalsOf(call('education', 'replyItems', input))).toEqual(['not-own-consultation', 'role'])
    await expect(call('county', 'replyItems', input)).rejects.toBeInstanceOf(Missing)
  })

  test('two clerks on the same opinions at once: one is taken whole, the other not at all', async () => {
    const { consultation } = await openWith(three)
    const { id: consultationId } = consultation
    await answer(consultationId, 'education', [item('甲'), item('乙'), item('丙')])
    const items = await seen(await call('bureau', 'items', { consultationId }))
    const results = await Promise.allSettled([
      call('bureau', 'replyItems', { consultationId, items: items.slice(0, 2), reply: 'adopted' }),
      call('bureauTwo', 'replyItems', {
        consultationId,
        items: items.slice(1),
        reply: 'not-adopted',
        reason: '不采纳',
      }),
    ])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: expect.any(Conflict) })
    const now = (await call('bureau', 'items', { consultationId })).items
    expect(now.filter(({ reply }) => reply !== null)).toHaveLength(2)
  })

  test('similar opinions are put together, answered in one act, and an answer is taken back', async () => {
    const { consultation } = await openWith(three)
    const { id: consultationId } = consultation
    await answer(consultationId, 'education', [item('复印机太少'), item('施行日期太急', '第三条')])
    await answer(consultationId, 'police', [item('复印机不足')])
    const all = await call('bureau', 'items', { consultationId, text: '复印机' })
    const grouped = await call('bureau', 'groupItems', { consultationId, items: await seen(all), label: '复印机数量' })
    expect(grouped.items.map(({ groupLabel }) => groupLabel)).toEqual(['复印机数量', '复印机数量'])
    const replied = await call('bureau', 'replyItems', {
      consultationId,
      items: await seen(grouped),
      reply: 'partly',
      reason: '改为每二十五人一台',
    })
    expect(replied.items.map(({ reply, replyReason }) => [reply, replyReason])).toEqual([
      ['partly', '改为每二十五人一台'],
      ['partly', '改为每二十五人一台'],
    ])
    expect((await call('bureau', 'items', { consultationId, reply: 'open' })).items.map(({ place }) => place)).toEqual([
      '第三条',
    ])
    const back = await call('bureau', 'takeBackReplies', { consultationId, items: await seen(replied) })
    expect(back.items.map(({ reply, replyReason }) => [reply, replyReason])).toEqual([
      [null, null],
      [null, null],
    ])
  })

  test('A9-1 the closed consultation: unanswered organs marked, the summary issued, everybody asked reads it, nothing changes any more', async () => {
    const { consultation } = await openWith(three)
    const { id: consultationId } = consultation
    await answer(consultationId, 'education', [item('复印机太少')])
    await answer(consultationId, 'police', [])
    await runJob(after, (transact) => collectPast({ transact }))
    const items = await seen(await call('bureau', 'items', { consultationId }))
    await call('bureau', 'replyItems', { consultationId, items, reply: 'not-adopted', reason: '超出财力' }, after)
    const { consultation: now } = await call('bureau', 'viewConsultation', { consultationId }, after)
    expect(now.state).toBe('answering')
    const closed = await call(
      'bureau',
      'closeConsultation',
      { consultationId, version: now.version, ...closing },
      after,
    )
    expect(closed.consultation).toMatchObject({
      state: 'closed',
      closedOn: after,
      counts: { invited: 3, answered: 2, items: 1, replied: 1 },
    })
    const development = await asked(consultationId, 'development')
    expect(await caseStates(development.opinionId)).toEqual({ state: 'unanswered', closed: true })
    expect(await caseStates(consultationId)).toEqual({ state: 'closed', closed: true })
    expect((await inboxOf('development', after)).some(({ link }) => link.endsWith(development.opinionId))).toBe(false)
    expect((await call('police', 'items', { consultationId }, after)).items).toEqual([
      expect.objectContaining({ organName: '太原市教育局', reply: 'not-adopted', replyReason: '超出财力' }),
    ])
    const document = closed.consultation.summaryDocumentId as string
    for (const format of ['docx', 'pdf'] as const) {
      const { body, fileName } = await as('bureau', (act) => renderIssued(act.tx, document, format), after)
      expect([fileName.endsWith(`.${format}`), (body as Buffer).length > 5000]).toEqual([true, true])
    }
    const again = { consultationId, version: closed.consultation.version }
    expect(await refusalsOf(call('bureau', 'closeConsultation', again, after))).toEqual(['consultation-over'])
    expect(
      await refusalsOf(
        call(
          'bureau',
          'replyItems',
          { consultationId, items: await seen(await call('bureau', 'items', { consultationId })), reply: 'adopted' },
          after,
        ),
      ),
    ).toEqual(['consultation-over'])
    expect(await refusalsOf(answer(consultationId, 'development', [item('现在才说')], after))).toEqual([
      'consultation-over',
    ])
    expect(await refusalsOf(call('bureau', 'withdrawConsultation', { ...again, opinion: '不办了' }, after))).toEqual([
      'consultation-over',
    ])
    expect(await factsOf(consultationId)).toEqual([
      'consultation.opened',
      'consultation.collected',
      'consultation.items-replied',
      'kernel.document-issued',
      'consultation.closed',
    ])
  })

  test('where names are kept, no organ learns whose an opinion is, neither from the list nor from the paper nor by filtering', async () => {
    const { consultation } = await openWith(three, 'bureau', { namesShown: false })
    const { id: consultationId } = consultation
    await answer(consultationId, 'education', [item('甲')])
    await answer(consultationId, 'police', [])
    await answer(consultationId, 'development', [])
    const items = await seen(await call('bureau', 'items', { consultationId }))
    await call('bureau', 'replyItems', { consultationId, items, reply: 'adopted' })
    const { consultation: now } = await call('bureau', 'viewConsultation', { consultationId })
    const closed = await call('bureau', 'closeConsultation', { consultationId, version: now.version })
    expect((await call('police', 'items', { consultationId })).items).toMatchObject([
      { organId: null, organName: null, reply: 'adopted' },
    ])
    const filtered = await call('police', 'items', { consultationId, organId: organId('taiyuan-police') })
    expect(filtered.items).toEqual([])
    const guessed = await call('police', 'items', { consultationId, organId: organId('taiyuan-education') })
    const wrong = await call('police', 'items', { consultationId, organId: organId('taiyuan-development') })
    expect(guessed.items).toEqual(wrong.items)
    expect((await call('education', 'items', { consultationId })).items).toMatchObject([{ organName: '太原市教育局' }])
    const kept = await inTx((tx) =>
      sql<{
        document: unknown
      }>`select document from kernel.issued_document where id = ${closed.consultation.summaryDocumentId}`.execute(tx),
    )
    expect(JSON.stringify(kept.rows)).not.toContain('教育局')
  })

  test('reminding: those who have not answered, once a day', async () => {
    const { consultation } = await openWith(three)
    await answer(consultation.id, 'education', [])
    const { consultationId, version } = { consultationId: consultation.id, version: consultation.version }
    const reminded = await call('bureau', 'remindOrgans', { consultationId, version })
    expect(reminded.consultation.remindedOn).toBe(today)
    expect(await refusalsOf(call('bureau', 'remindOrgans', { consultationId, version: version + 1 }))).toEqual([
      'reminded-today',
    ])
    const { rows } = await inTx((tx) =>
      sql<{ organId: string }>`select organ_id from kernel.notification where text like '请答复%'
        and organ_id = any(${three.map((key) => organId(key))}::uuid[]) order by id desc limit 5`.execute(tx),
    )
    expect(new Set(rows.map((row) => row.organId))).toEqual(
      new Set([organId('taiyuan-police'), organId('taiyuan-development')]),
    )
    await expect(call('bureau', 'remindOrgans', { consultationId, version }, until)).rejects.toBeInstanceOf(Conflict)
  })

  test('withdrawing ends every task and says why', async () => {
    const { consultation } = await openWith(three)
    const education = await asked(consultation.id, 'education')
    const { consultation: now } = await call('bureau', 'withdrawConsultation', {
      consultationId: consultation.id,
      version: consultation.version,
      opinion: '上位标准即将调整',
    })
    expect(now.state).toBe('withdrawn')
    expect(await caseStates(education.opinionId)).toEqual({ state: 'withdrawn', closed: true })
    expect(await refusalsOf(answer(consultation.id, 'education', []))).toEqual(['consultation-over'])
  })
})
