import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { newId } from '#kernel/server/identifier.ts'
import { faultyConsultations } from './store/faults.ts'
import { consultationOf, openConsultation } from './offers.ts'
import {
  answer,
  as,
  call,
  closeConsultationStage,
  draft,
  inTx,
  item,
  openConsultationStage,
  openWith,
  organId,
  people,
  refusalsOf,
} from './testing/consultation-stage.ts'

beforeAll(openConsultationStage, 60_000)
afterAll(closeConsultationStage)

const three = ['taiyuan-education', 'taiyuan-police', 'taiyuan-development'] as const
const seen = async (items: { items: { id: string; version: number }[] }) =>
  items.items.map(({ id, version }) => ({ id, version }))

describe('what neighbours are offered', () => {
  test('A9-1 a subject is told where its latest consultation stands; two at once are refused', async () => {
    const subject = { kind: 'standards.draft', id: newId() }
    const opening = { ...draft, subject, organIds: [organId('taiyuan-police')] }
    const stands = async () => (await as('bureau', (act) => consultationOf(act.tx, subject)))?.state ?? null
    expect(await stands()).toBeNull()
    const { id } = await as('bureau', (act) => openConsultation(act, opening))
    expect(await refusalsOf(as('bureau', (act) => openConsultation(act, opening)))).toEqual(['already-running'])
    expect(await stands()).toBe('open')
    await answer(id, 'police', [])
    expect(await as('bureau', (act) => consultationOf(act.tx, subject))).toMatchObject({
      id,
      state: 'answering',
      counts: { invited: 1, answered: 1, items: 0 },
    })
    const { consultation } = await call('bureau', 'viewConsultation', { consultationId: id })
    await call('bureau', 'closeConsultation', { consultationId: id, version: consultation.version })
    expect(await stands()).toBe('closed')
    const second = await as('bureau', (act) => openConsultation(act, opening))
    expect(second.id).not.toBe(id)
    expect(await stands()).toBe('open')
    expect((await call('police', 'consultationsOnSubject', subject)).items).toHaveLength(2)
    expect((await call('education', 'consultationsOnSubject', subject)).items).toEqual([])
  })

  test('an organ cannot open through a neighbour what it may not open itself', async () => {
    const opening = { ...draft, subject: null, organIds: [organId('taiyuan-police')] }
    expect(await refusalsOf(as('education', (act) => openConsultation(act, opening)))).toContain('not-department')
    expect(
      await refusalsOf(as('bureau', (act) => openConsultation(act, { ...opening, documentIds: [newId()] }))),
    ).toEqual(['unknown-document'])
  })

  test('opinions go by the draft, page by page', async () => {
    const { consultation } = await openWith(three)
    const { id: consultationId } = consultation
    await answer(consultationId, 'education', [item('附则', '第三条'), item('总体', ''), item('数量', '第二条')])
    await answer(consultationId, 'police', [item('范围', '第一条'), item('附件', '附件二'), item('单列', '第二条')])
    const said: string[] = []
    let next: string | null = null
    do {
      const page: { items: { opinion: string }[]; next: string | null } = await call('bureau', 'items', {
        consultationId,
        limit: 2,
        ...(next === null ? {} : { after: next }),
      })
      said.push(...page.items.map(({ opinion }) => opinion))
      next = page.next
    } while (next !== null)
    expect(said).toEqual(['总体', '范围', '数量', '单列', '附则', '附件'])
  })

  test('A9-1 verifying recomputes that what is closed is answered, and finds what is not', async () => {
    expect((await inTx(faultyConsultations)).faults).toEqual([])
    const { consultation } = await openWith(['taiyuan-police'])
    const { id: consultationId } = consultation
    await answer(consultationId, 'police', [item('甲')])
    const items = await seen(await call('bureau', 'items', { consultationId }))
    await call('bureau', 'replyItems', { consultationId, items, reply: 'adopted' })
    const { consultation: now } = await call('bureau', 'viewConsultation', { consultationId })
    await call('bureau', 'closeConsultation', { consultationId, version: now.version })
    const undone = new Error('undo')
    const faults = inTx(async (tx) => {
      await sql`update consultation.item set reply = null, replied_at = null where consultation_id = ${consultationId}`.execute(
        tx,
      )
      expect((await faultyConsultations(tx)).faults).toEqual([
        { number: consultation.number, what: '已办结，但第1条意见没有答复' },
      ])
      throw undone
    })
    await expect(faults).rejects.toBe(undone)
    expect((await inTx(faultyConsultations)).faults).toEqual([])
  })

  test('lists page by key and narrow to what waits', async () => {
    for (let turn = 0; turn < 4; turn++) await openWith(['taiyuan-education'])
    const first = await call('education', 'consultations', { limit: 2 })
    expect(first.items).toHaveLength(2)
    const second = await call('education', 'consultations', { limit: 2, after: first.next as string })
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(4)
    const waiting = await call('education', 'consultations', { part: 'to-answer', limit: 200 })
    expect(waiting.items.every(({ mine }) => mine?.state === 'waiting')).toBe(true)
    expect((await call('education', 'consultations', { part: 'led' })).items).toEqual([])
    expect(people['education']?.organ?.name).toBe('太原市教育局')
  })
})
