import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BadInput, Missing } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import {
  actor,
  as,
  call,
  closeCasesStage,
  move,
  open,
  openCasesStage,
  organId,
  refusalsOf,
  sent,
  titles,
} from './testing/cases-stage.ts'

beforeEach(openCasesStage)
afterEach(closeCasesStage)

describe('inbox', () => {
  test('shows by last day what is overdue, due and new, and filters and counts alike; a provisional date is never overdue (CAL-R01)', async () => {
    await open('education', '无期限', { dueOn: '2027-06-30' })
    const undated = await open('education', '另一无期限', { dueOn: '2027-01-04' })
    await move('education', undated, 'send') // waits for the authority now: no longer here
    await open('education', '暂定已过', { on: '2027-03-01' })
    await open('education', '昨日到期', { dueOn: '2027-04-12' })
    await open('education', '今日到期', { dueOn: '2027-04-13' })
    await open('education', '周六到期', { dueOn: '2027-04-17' }) // three working days are left, as on Friday
    await open('education', '四日后到期', { dueOn: '2027-04-19' })
    const { items, counts, total } = await call('education', 'inbox', {})
    expect(items.map(({ title, urgency }) => [title, urgency])).toEqual([
      ['暂定已过', 'due'],
      ['昨日到期', 'overdue'],
      ['今日到期', 'due'],
      ['周六到期', 'due'],
      ['四日后到期', 'new'],
      ['无期限', 'new'],
    ])
    expect(items[0]?.clock).toMatchObject({ provisional: true })
    expect([counts, total]).toEqual([{ overdue: 1, due: 3, all: 6 }, 6])
    expect(await titles('education', { urgency: 'overdue' })).toEqual(['昨日到期'])
    expect(await titles('education', { urgency: 'due' })).toEqual(['暂定已过', '今日到期', '周六到期'])
    expect(await titles('education', { urgency: 'new' })).toEqual(['四日后到期', '无期限'])
    expect(await titles('education', { kind: 'test.other' })).toEqual([])
    expect(await titles('audit')).toEqual([])
    expect(await titles('li')).toEqual(['另一无期限'])
    expect(await titles('county')).toEqual([])
  })

  test('is paged without loss or repetition, also among equal days, cases without one, and opinions asked for', async () => {
    const days = ['2027-04-20', '2027-04-21', '2027-04-20', undefined]
    for (let i = 0; i < 22; i++) {
      const day = days[i % days.length]
      const caseId = await open('financeClerk', `第${i}件`, { dueOn: day ?? '2027-05-31' })
      if (day === undefined)
        await as(null, (act) => sql`update kernel.case_item set due_on = null where id = ${caseId}`.execute(act.tx))
    }
    for (let i = 0; i < 3; i++)
      await call('li', 'askSignature', {
        caseId: await sent(`会签${i}`),
        kind: 'co-sign',
        organId: organId('financeClerk'),
        question: '有无意见',
      })
    const whole = (await call('financeClerk', 'inbox', { limit: 100 })).items
    expect(whole).toHaveLength(25)
    expect(whole.filter(({ signature }) => signature !== null)).toHaveLength(3)
    const paged: typeof whole = []
    let after: string | undefined
    do {
      const page = await call('financeClerk', 'inbox', { limit: 4, after })
      expect(page.items.length).toBeLessThanOrEqual(4)
      expect(page.total).toBe(25)
      paged.push(...page.items)
      after = page.next ?? undefined
    } while (after !== undefined)
    expect(paged).toEqual(whole)
    expect(whole.map(({ clock }) => clock?.dueOn ?? '9999').join()).toBe(
      whole
        .map(({ clock }) => clock?.dueOn ?? '9999')
        .toSorted()
        .join(),
    )
  })

  test('what the organ started is paged newest first', async () => {
    const ids: string[] = []
    for (const on of ['2027-04-01', '2027-04-02', '2027-04-02', '2027-04-05', '2027-04-06'])
      ids.push(await open('education', on, { on, dueOn: '2027-05-31' }))
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await call('education', 'started', { limit: 2, after })
      seen.push(...page.items.map(({ caseId }) => caseId))
      after = page.next ?? undefined
    } while (after !== undefined)
    expect(seen.toSorted()).toEqual(ids.toSorted())
    expect([seen[0], seen[1], seen[4]]).toEqual([ids[4], ids[3], ids[0]])
    expect((await call('audit', 'started', {})).items).toEqual([])
  })
})

describe('handing over （转办）', () => {
  test('gives the step to one colleague alone until it is taken back or done', async () => {
    const caseId = await sent()
    const given = await call('li', 'handOver', {
      caseId,
      personId: actor('wu').personId as string,
      opinion: '请您把关',
    })
    expect(given).toMatchObject({
      assignedTo: '武文斌',
      may: { handOver: [{ code: 'case-assigned' }], takeBack: null },
    })
    expect([await titles('li'), await titles('wu')]).toEqual([[], ['送审']])
    expect((await call('wu', 'notifications', {})).items.map(({ text }) => text)).toEqual(['li将“送审”转您办理。'])
    expect((await call('li', 'notifications', {})).items.map(({ text }) => text)).not.toContain('li将“送审”转您办理。')
    expect(await refusalsOf(move('li', caseId, 'agree'))).toEqual(['case-assigned'])
    expect(await refusalsOf(call('li', 'handOver', { caseId, personId: actor('wu').personId as string }))).toEqual([
      'case-assigned',
    ])
    expect(
      await refusalsOf(
        call('li', 'askSignature', { caseId, kind: 'co-sign', organId: organId('finance'), question: '有无意见' }),
      ),
    ).toEqual(['case-assigned'])
    expect(await call('li', 'takeBack', { caseId })).toMatchObject({ assignedTo: null })
    expect(await refusalsOf(call('li', 'takeBack', { caseId }))).toEqual(['case-unassigned'])
    await call('li', 'handOver', { caseId, personId: actor('wu').personId as string })
    await move('wu', caseId, 'agree')
    const { steps, assignedTo } = await call('li', 'viewCourse', { caseId })
    expect(steps.map(({ step, act, personName }) => [step, act, personName])).toEqual([
      [1, '提交', 'education'],
      [2, '转办给武文斌', 'li'],
      [3, '收回转办', 'li'],
      [4, '转办给武文斌', 'li'],
      [5, '收讫', 'wu'],
    ])
    expect(assignedTo).toBeNull()
  })

  test('is for those whose step it is, to those who could take it too', async () => {
    const caseId = await sent()
    const to = (name: string) => ({ caseId, personId: actor(name).personId as string })
    expect((await call('li', 'viewCourse', { caseId })).colleagues.map(({ name }) => name)).toEqual(['武文斌'])
    for (const name of ['li', 'leader', 'finance', 'county', 'education'])
      expect(await refusalsOf(call('li', 'handOver', to(name)))).toEqual(['not-a-colleague'])
    expect(await refusalsOf(call('education', 'handOver', to('wu')))).toEqual(['case-party'])
    for (const stranger of ['audit', 'finance', 'county']) {
      await expect(call(stranger, 'handOver', to('wu'))).rejects.toBeInstanceOf(Missing)
      await expect(call(stranger, 'viewCourse', { caseId })).rejects.toBeInstanceOf(Missing)
    }
    expect((await call('li', 'viewCourse', { caseId })).assignedTo).toBeNull()
  })

  test('of ten at once one is taken, the others find it taken', async () => {
    const caseId = await sent()
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, () =>
        refusalsOf(call('li', 'handOver', { caseId, personId: actor('wu').personId as string })),
      ),
    )
    expect(tries.filter(({ status }) => status === 'rejected')).toHaveLength(1) // `refusalsOf` throws for the one that was not refused
    for (const result of tries) if (result.status === 'fulfilled') expect(result.value).toEqual(['case-assigned'])
    expect((await call('wu', 'viewCourse', { caseId })).steps).toHaveLength(2)
  })
})

describe('co-sign and one more signer （会签、加签）', () => {
  const coSign = (caseId: string, who = 'li') =>
    call(who, 'askSignature', { caseId, kind: 'co-sign', organId: organId('finance'), question: '资金有无安排' })

  test('an opinion asked of another organ holds the decision up until it is answered, once', async () => {
    const caseId = await sent()
    await expect(call('finance', 'viewCourse', { caseId })).rejects.toBeInstanceOf(Missing)
    const signatureId = (await coSign(caseId)).signatures[0]?.id as string
    expect(await refusalsOf(coSign(caseId, 'wu'))).toEqual(['asked-before'])
    expect(await refusalsOf(move('li', caseId, 'agree'))).toEqual(['case-signatures'])
    const [row] = (await call('finance', 'inbox', {})).items
    expect(row).toMatchObject({
      task: '返回会签意见',
      signature: { id: signatureId, question: '资金有无安排', askedByName: 'li' },
    })
    await expect(call('audit', 'answerSignature', { signatureId, agrees: true })).rejects.toBeInstanceOf(Missing)
    expect(await refusalsOf(call('li', 'answerSignature', { signatureId, agrees: true }))).toEqual(['not-asked'])
    expect(await refusalsOf(call('finance', 'answerSignature', { signatureId, agrees: false }))).toEqual([
      'case-opinion',
    ])
    const answers = await Promise.allSettled(
      ['finance', 'financeClerk'].map((who) =>
        call(who, 'answerSignature', { signatureId, agrees: false, opinion: '年内无安排' }),
      ),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await refusalsOf(call('finance', 'answerSignature', { signatureId, agrees: true }))).toEqual(['answered'])
    expect(await refusalsOf(call('li', 'recallSignature', { signatureId }))).toEqual(['answered'])
    expect(await titles('finance')).toEqual([])
    expect((await call('li', 'viewCourse', { caseId })).signatures).toMatchObject([
      { agrees: false, opinion: '年内无安排', organName: '太原市财政局' },
    ])
    await move('li', caseId, 'agree')
  })

  test('a colleague asked by name answers alone; who asked may recall, and the decision is free again', async () => {
    const caseId = await sent()
    const ask = (name: string) =>
      call('li', 'askSignature', {
        caseId,
        kind: 'signer',
        personId: actor(name).personId as string,
        question: '请领导审定',
      })
    for (const name of ['li', 'finance', 'county']) await expect(ask(name)).rejects.toBeInstanceOf(BadInput)
    const signatureId = (await ask('leader')).signatures[0]?.id as string
    expect([await titles('leader'), await titles('wu')]).toEqual([['送审'], ['送审']])
    expect(await refusalsOf(call('wu', 'answerSignature', { signatureId, agrees: true }))).toEqual(['not-asked'])
    expect(await refusalsOf(call('wu', 'recallSignature', { signatureId }))).toEqual(['not-asker'])
    expect(await refusalsOf(move('wu', caseId, 'agree'))).toEqual(['case-signatures'])
    await call('li', 'recallSignature', { signatureId })
    expect(await refusalsOf(call('leader', 'answerSignature', { signatureId, agrees: true }))).toEqual(['recalled'])
    const again = (await ask('leader')).signatures.at(-1)?.id as string
    expect(await call('leader', 'answerSignature', { signatureId: again, agrees: true })).toMatchObject({
      signatures: [{ agrees: null }, { agrees: true, answeredByName: 'leader' }],
    })
    await move('wu', caseId, 'agree')
  })

  test('a recalled organ no longer knows of the case; own and unknown organs are no co-signers', async () => {
    const caseId = await sent()
    const signatureId = (await coSign(caseId)).signatures[0]?.id as string
    expect((await call('financeClerk', 'viewCourse', { caseId })).summary.title).toBe('送审')
    await call('li', 'recallSignature', { signatureId })
    await expect(call('financeClerk', 'viewCourse', { caseId })).rejects.toBeInstanceOf(Missing)
    for (const asked of [organId('li'), newId(), undefined])
      await expect(
        call('li', 'askSignature', { caseId, kind: 'co-sign', organId: asked, question: '有无意见' }),
      ).rejects.toBeInstanceOf(BadInput)
    expect(
      await refusalsOf(
        call('education', 'askSignature', {
          caseId,
          kind: 'co-sign',
          organId: organId('finance'),
          question: '有无意见',
        }),
      ),
    ).toEqual(['case-party'])
  })
})
