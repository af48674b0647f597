import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Conflict, Missing } from '#kernel/server/errors.ts'
import {
  accepted,
  approved,
  awarded,
  balanceOf,
  call,
  closeProcurementStage,
  desktops,
  inTx,
  lines,
  openProcurementStage,
  refusalsOf,
  stepOf,
  terms,
  type View,
} from './testing/procurement-stage.ts'

beforeAll(openProcurementStage, 60_000)
afterAll(closeProcurementStage)

const supplier = { supplier: '山西并州信息技术有限公司', creditCode: '91140100MA0K10003X' }
const asked = (view: View, more: Record<string, unknown> = {}) => ({
  purchaseId: view.purchase.id,
  kind: 'question' as const,
  ...supplier,
  about: 'result' as const,
  knownOn: '2026-09-29',
  receivedOn: '2026-09-30',
  claims: '成交供应商所报型号不满足采购文件要求的内存容量，请求重新评审。',
  bearsOnResult: true,
  ...more,
})
const of = ({ question }: { question: { id: string; version: number } }) => ({
  questionId: question.id,
  version: question.version,
})
const about = ({ complaint }: { complaint: { id: string; version: number } }) => ({
  complaintId: complaint.id,
  version: complaint.version,
})
const small = (name: string) => ({
  ...desktops(),
  title: `${name}采购`,
  items: desktops().items.map((item) => ({ ...item, quantity: 2 })),
})
const again = (id: string, on?: string) => call('clerk', 'viewPurchase', { purchaseId: id }, on)
const inboxOf = (purchaseId: string) =>
  inTx(async (tx) => {
    const { rows } = await sql<{
      term: string
      dueOn: string
      fulfilledOn: string | null
    }>`select term, due_on, fulfilled_on
      from procurement.deadline where purchase_id = ${purchaseId} and about <> '' order by term`.execute(tx)
    return rows.map(({ term, dueOn, fulfilledOn }) => [term, dueOn, fulfilledOn])
  })

describe('a question of a supplier', () => {
  let view: View
  test('A11-2 is recorded by the organ that buys and is due within seven workdays; the contract waits for the answer', async () => {
    view = await awarded(await approved(small('质疑')), 900_000)
    await expect(call('other', 'recordQuestion', asked(view))).rejects.toThrow(Missing)
    expect(await refusalsOf(call('finance', 'recordQuestion', asked(view)))).toEqual(['not-own-organ', 'role'])
    const on = '2026-09-30'
    expect(await refusalsOf(call('clerk', 'recordQuestion', asked(view, { receivedOn: '2026-10-01' }), on))).toEqual([
      'future-date',
    ])
    expect(await refusalsOf(call('clerk', 'recordQuestion', asked(view, { claims: '机密★ 内容' }), on))).toEqual([
      'PRO-R18',
    ])
    const recorded = await call('clerk', 'recordQuestion', asked(view), on)
    expect(recorded.question).toMatchObject({
      number: 'ZY-2026-0001',
      state: 'received',
      askUntil: '2026-10-14',
      answerUntil: '2026-10-15',
    })
    expect(await inboxOf(view.purchase.id)).toEqual([['supplier-question', '2026-10-15', null]])
    view = await again(view.purchase.id, on)
    expect(view.held?.map(({ code }) => code)).toEqual(['question-waits'])
    expect(await refusalsOf(call('clerk', 'signContract', terms(view, 450_000), on))).toContain('question-waits')
    const wrong = { ...of(recorded), outcome: 'explained' as const, answer: '见采购文件第三章。' }
    expect(await refusalsOf(call('clerk', 'answerQuestion', wrong, on))).toEqual(['outcome-of-kind'])
    expect(await refusalsOf(call('clerk', 'declineQuestion', { ...of(recorded), opinion: '不受理' }, on))).toEqual([
      'in-time',
    ])
    const answer = { ...of(recorded), outcome: 'unfounded' as const, answer: '复核响应文件，内存为16GB，满足要求。' }
    const answered = await call('clerk', 'answerQuestion', answer, '2026-10-09')
    expect(answered.question).toMatchObject({ state: 'answered', outcome: 'unfounded', settledOn: '2026-10-09' })
    await expect(call('clerk', 'answerQuestion', answer, '2026-10-09')).rejects.toThrow(Conflict)
    expect(await inboxOf(view.purchase.id)).toEqual([['supplier-question', '2026-10-15', '2026-10-09']])
    view = await again(view.purchase.id)
    expect([view.held, view.questions.map(({ outcome }) => outcome)]).toEqual([null, ['unfounded']])
  })

  test('A11-2 one that came too late may be declined; an enquiry is explained and holds nothing up', async () => {
    const late = await call('clerk', 'recordQuestion', asked(view, { knownOn: '2026-09-01' }), '2026-09-30')
    expect(late.question.askUntil).toBe('2026-09-10')
    const declined = await call('clerk', 'declineQuestion', { ...of(late), opinion: '超过法定质疑期' }, '2026-09-30')
    expect(declined.question.state).toBe('declined')
    const enquiry = await call('clerk', 'recordQuestion', asked(view, { kind: 'enquiry' }), '2026-09-30')
    expect(enquiry.question).toMatchObject({ askUntil: null, answerUntil: '2026-10-10', bearsOnResult: false })
    expect((await again(view.purchase.id)).held).toBeNull()
    const back = await call('clerk', 'withdrawQuestion', { ...of(enquiry), opinion: '供应商书面撤回' }, '2026-10-08')
    expect(back.question.state).toBe('withdrawn')
    // What was declined or taken back is owed no longer.
    expect((await inboxOf(view.purchase.id)).map(([term]) => term)).toEqual(['supplier-question'])
  })

  test('A11-2 answered with “to be repeated”, the purchase cannot go on but only end', async () => {
    let redo = await awarded(await approved(small('重新')), 900_000)
    const recorded = await call('clerk', 'recordQuestion', asked(redo), '2026-09-30')
    const answer = { ...of(recorded), outcome: 'redo' as const, answer: '评审有误，重新开展采购。' }
    await call('clerk', 'answerQuestion', answer, '2026-10-09')
    redo = await again(redo.purchase.id, '2026-10-09')
    expect(await refusalsOf(call('clerk', 'signContract', terms(redo, 450_000), '2026-10-09'))).toContain(
      'to-be-repeated',
    )
    const ended = await call('clerk', 'terminatePurchase', { ...stepOf(redo), opinion: '质疑成立' }, '2026-10-09')
    expect(ended.purchase.state).toBe('terminated')
  })
})

describe('a complaint to finance', () => {
  let view: View
  let questionId = ''
  let current: Awaited<ReturnType<typeof complain>>
  const complain = (on: string) =>
    call('finance', 'recordComplaint', { questionId, receivedOn: on, claims: '质疑答复没有说明内存的实测结果。' }, on)

  test('A11-2 follows the answer to a question, is recorded once and by finance of the level alone', async () => {
    view = await awarded(await approved(small('投诉')), 900_000)
    const recorded = await call('clerk', 'recordQuestion', asked(view), '2026-09-30')
    questionId = recorded.question.id
    expect(await refusalsOf(complain('2026-10-09'))).toEqual(['question-first'])
    const answer = { ...of(recorded), outcome: 'unfounded' as const, answer: '复核响应文件，满足要求。' }
    await call('clerk', 'answerQuestion', answer, '2026-10-09')
    const given = { questionId, receivedOn: '2026-10-12', claims: '质疑答复没有依据。' }
    expect(await refusalsOf(call('clerk', 'recordComplaint', given, '2026-10-12'))).toEqual(['not-finance', 'role'])
    await expect(call('countyFinance', 'recordComplaint', given, '2026-10-12')).rejects.toThrow(Missing)
    current = await complain('2026-10-12')
    expect(current.complaint).toMatchObject({
      number: 'TS-2026-0001',
      state: 'received',
      complainUntil: '2026-11-05',
      reviewUntil: '2026-10-19',
      decideUntil: '2026-11-23',
    })
    await expect(complain('2026-10-12')).rejects.toThrow(Conflict)
  })

  test('A11-2 accepted it is told to the organ, which replies; finance suspends, and contract and acceptance are refused', async () => {
    current = await call('finance', 'acceptComplaint', about(current), '2026-10-13')
    expect(current.complaint.replyUntil).toBe('2026-10-20')
    const replied = await call(
      'clerk',
      'replyToComplaint',
      { ...about(current), reply: '响应文件第12页载明内存16GB，附检测报告。' },
      '2026-10-15',
    )
    const days = { from: '2026-10-15', document: '并财采停〔2026〕3号', opinion: '可能影响成交结果，需要核查' }
    const suspend = (until: string) =>
      call('finance', 'suspendPurchase', { ...about(replied), ...days, until }, '2026-10-15')
    expect(await refusalsOf(suspend('2026-11-15'))).toEqual(['suspension-too-long'])
    current = await suspend('2026-11-14')
    expect(current.suspended).toBe(true)
    view = await again(view.purchase.id, '2026-10-16')
    expect(view.held?.[0]?.message).toContain('可能影响成交结果，需要核查')
    const signing = terms(view, 450_000)
    expect(await refusalsOf(call('clerk', 'signContract', signing, '2026-10-16'))).toContain('suspended')
    // A suspension ends by itself with its last day.
    expect((await again(view.purchase.id, '2026-11-15')).held).toBeNull()
    current = await call('finance', 'resumePurchase', { ...about(current), opinion: '核查完毕' }, '2026-10-20')
    view = await call('clerk', 'signContract', { ...signing, signedOn: '2026-10-20' }, '2026-10-20')
    expect(view.purchase.state).toBe('contracted')
  })

  test('A11-2 A34-2 upheld with a void contract, the purchase ends and its money is free on the plan line at once', async () => {
    const before = await balanceOf('desktops')
    const decision = { ...about(current), document: '并财采处〔2026〕5号', reasons: '响应产品不满足实质性要求。' }
    const on = '2026-10-21'
    expect(await refusalsOf(call('finance', 'decideComplaint', { ...decision, upheld: true }, on))).toEqual([
      'consequence',
    ])
    expect(
      await refusalsOf(
        call('finance', 'decideComplaint', { ...decision, upheld: true, consequence: 'liability' as const }, on),
      ),
    ).toEqual(['not-fulfilled'])
    const upheld = { ...decision, upheld: true, consequence: 'annul' as const }
    const answers = await Promise.allSettled([
      call('finance', 'decideComplaint', upheld, on),
      call('finance', 'decideComplaint', upheld, on),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const decided = await call('finance', 'viewComplaint', { complaintId: current.complaint.id })
    expect(decided.complaint).toMatchObject({ state: 'upheld', consequence: 'annul', releasedFen: 900_000 })
    expect(decided.purchase).toEqual({ state: 'terminated', heldFen: 0, acceptedFen: 0 })
    const after = await balanceOf('desktops')
    expect((before?.committed ?? 0) - (after?.committed ?? 0)).toBe(900_000)
    expect((await inboxOf(view.purchase.id)).map(([term, , done]) => [term, done])).toEqual([
      ['complaint-reply', '2026-10-15'],
      ['complaint-review', '2026-10-13'],
      ['procurement-complaint', '2026-10-21'],
      ['supplier-question', '2026-10-09'],
    ])
    // What it held may be asked for anew at once.
    expect((await approved(small('重新采购'))).purchase.state).toBe('purchasing')
  })

  test('A11-2 what was accepted is not undone, and no file closes while a complaint is open', async () => {
    let bought = await awarded(await approved(small('已验收')), 900_000)
    bought = await call('clerk', 'signContract', terms(bought, 450_000))
    const recorded = await call('clerk', 'recordQuestion', asked(bought, { bearsOnResult: false }), '2026-09-30')
    bought = await accepted(await again(bought.purchase.id), 2, '2026-10-08')
    expect(await refusalsOf(call('clerk', 'closePurchase', stepOf(bought), '2026-10-08'))).toContain('objection-open')
    questionId = recorded.question.id
    // Nobody answered in time: silence may be complained of.
    let open = await complain('2026-10-16')
    open = await call('finance', 'acceptComplaint', about(open), '2026-10-16')
    const decision = { ...about(open), document: '并财采处〔2026〕6号', reasons: '评审过程有误。', upheld: true }
    expect(
      await refusalsOf(
        call('finance', 'decideComplaint', { ...decision, consequence: 'annul' as const }, '2026-10-20'),
      ),
    ).toEqual(['state', 'fulfilled'])
    open = await call('finance', 'decideComplaint', { ...decision, consequence: 'liability' as const }, '2026-10-20')
    expect([open.complaint.state, open.purchase.state, open.complaint.releasedFen]).toEqual(['upheld', 'accepted', 0])
  })

  test('A6-1 lists tell the organ its own and finance its level’s; nobody else learns of them', async () => {
    const list = async (who: string) =>
      (await call(who, 'complaints', { limit: 50 })).items.map(({ number }) => number).sort()
    expect(await list('finance')).toEqual(['TS-2026-0001', 'TS-2026-0002'])
    expect(await list('clerk')).toEqual(['TS-2026-0001', 'TS-2026-0002'])
    expect([await list('other'), await list('countyFinance')]).toEqual([[], []])
    expect((await call('finance', 'questions', { limit: 2 })).items).toHaveLength(2)
    const overdue = await call('finance', 'questions', { limit: 50, overdue: true }, '2026-10-20')
    expect(overdue.items.map(({ id }) => id)).toEqual([questionId])
    await expect(call('other', 'viewQuestion', { questionId })).rejects.toThrow(Missing)
    expect(lines['desktops']).toBeDefined()
  })
})
