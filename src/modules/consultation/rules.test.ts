import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { builtInNotices } from '#kernel/pure/calendar-notices.ts'
import { isWorkday, makeCalendar, workdaysBetween } from '#kernel/pure/calendar.ts'
import { caseKindFaults, transitionsFrom } from '#kernel/pure/case-kind.ts'
import { addDays } from '#kernel/pure/local-date.ts'
import type { Verdict } from '#kernel/pure/verdict.ts'
import { consultationCase, opinionCase } from './cases.ts'
import { Reply, type ConsultationState, type ItemDraft } from './model.ts'
import { checkAnswer, isLate, mayAnswer, mergeItems } from './rules/answering.ts'
import { checkReply, mayClose, mayRemind } from './rules/closing.ts'
import { earliestLastDay, mayOpen } from './rules/opening.ts'
import { paragraphsOf, placeNumber } from './rules/places.ts'

const codes = (verdict: Verdict) => (verdict.ok ? [] : verdict.refusals.map(({ code }) => code))
const calendar = makeCalendar(builtInNotices)
const term = { count: 10, citation: '项目默认值' }
const item = (opinion: string, given: Partial<ItemDraft> = {}): ItemDraft => ({
  id: null,
  place: '',
  opinion,
  suggestion: '',
  reason: '',
  ...given,
})

describe('A9-1 opening', () => {
  const facts = {
    title: '标准',
    text: '正文',
    organId: 'authority',
    organIds: ['a', 'b'],
    known: new Set(['a', 'b', 'c']),
    opinionsUntil: '2026-12-07',
  }
  const when = { today: '2026-11-23', calendar, region: '140100', term }

  test.each([
    ['ten working days later', {}, []],
    ['a day sooner', { opinionsUntil: '2026-12-06' }, ['term-too-short']],
    ['a slip of the year', { opinionsUntil: '2028-12-07' }, ['term-too-long']],
    ['nobody asked', { organIds: [] }, ['nobody-asked']],
    ['oneself', { organIds: ['a', 'authority'] }, ['asked-oneself']],
    ['an organ of another level', { organIds: ['z'] }, ['unknown-organ']],
    ['a mark of secrecy in the title (A44-1)', { title: '机密★5年' }, ['A44-1']],
    ['a mark of secrecy in the text (A44-1)', { text: '属于绝密级文件' }, ['A44-1']],
    [
      'everything at once',
      { organIds: ['z'], opinionsUntil: '2026-11-24', text: '秘密★' },
      ['unknown-organ', 'term-too-short', 'A44-1'],
    ],
  ])('%s', (_, given, expected) => expect(codes(mayOpen({ ...facts, ...given }, when))).toEqual(expected))

  test('the refusal of a mark repeats nothing of the text', () => {
    const verdict = mayOpen({ ...facts, text: '机密★10年 甲乙丙丁' }, when)
    expect(JSON.stringify(verdict)).not.toMatch(/机密★|甲乙丙丁/)
  })

  test('over the spring festival the days off do not count', () =>
    expect(earliestLastDay('2026-02-12', term, calendar, '140100')).toBe('2026-03-04'))

  test('the earliest day always leaves the working days asked for, and is one', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 1, max: 60 }), (offset, workdays) => {
        const today = addDays('2025-02-01', offset)
        const day = earliestLastDay(today, { ...term, count: workdays }, calendar, '140100')
        expect(isWorkday(day, calendar, '140100')).toBe(true)
        expect(workdaysBetween(today, day, calendar, '140100')).toBe(workdays)
      }),
    ))
})

describe('A9-1 an organ answers', () => {
  const running = { consultationState: 'open', opinionState: 'waiting', opinionsUntil: '2026-12-07' } as const
  test.each([
    ['first, in time', {}, '2026-12-07', []],
    ['first, late', {}, '2026-12-08', []],
    ['again, on the last day', { opinionState: 'answered' }, '2026-12-07', []],
    ['again, late', { opinionState: 'answered' }, '2026-12-08', ['answer-final']],
    ['while opinions are being answered', { consultationState: 'answering' }, '2026-12-08', []],
    [
      'after the closing',
      { consultationState: 'closed', opinionState: 'unanswered' },
      '2026-12-01',
      ['consultation-over'],
    ],
    [
      'after the withdrawal',
      { consultationState: 'withdrawn', opinionState: 'withdrawn' },
      '2026-12-01',
      ['consultation-over'],
    ],
  ] as const)('%s', (_, given, today, expected) =>
    expect(codes(mayAnswer({ ...running, ...given }, today))).toEqual(expected),
  )

  test('late is the day after the last', () =>
    expect([isLate('2026-12-07', '2026-12-07'), isLate('2026-12-08', '2026-12-07')]).toEqual([false, true]))

  test.each([
    ['no opinion', null, [], ['no-stance']],
    ['agrees', 'agrees', [], []],
    ['agrees with remarks', 'agrees', [item('甲')], ['items-without-stance']],
    ['remarks without any', 'comments', [], ['no-items']],
    ['an empty remark', 'comments', [item('甲'), item('')], ['item-empty-2']],
    ['a mark of secrecy (A44-1)', 'comments', [item('甲', { reason: '秘密★' })], ['A44-1']],
  ] as const)('%s', (_, stance, items, expected) =>
    expect(codes(checkAnswer({ stance, items: [...items] }))).toEqual(expected),
  )
})

describe('answering again', () => {
  const texts = fc.record({
    place: fc.constantFrom('', '第一条', '第二条'),
    opinion: fc.constantFrom('甲', '乙', '丙'),
    suggestion: fc.constantFrom('', '改'),
    reason: fc.constantFrom('', '因'),
  })
  const ids = fc.constantFrom(null, 'i0', 'i1', 'i2', 'i3', 'elsewhere')

  test('every former item is kept, changed or removed, once; only what says the same keeps its answer; what is sent is what stands', () =>
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 4 }), fc.array(fc.tuple(ids, texts), { maxLength: 6 }), (old, now) => {
        const before = old.map((text, index) => ({ id: `i${index}`, ...text }))
        const sent = now.map(([id, text]) => ({ id, ...text }))
        const { kept, changed, added, removed } = mergeItems(before, sent)
        const fates = [...kept, ...changed.map(({ id }) => id), ...removed]
        expect(fates.toSorted()).toEqual(before.map(({ id }) => id).toSorted())
        const standing = [...before.filter(({ id }) => kept.includes(id)), ...changed, ...added]
        const words = (all: readonly { place: string; opinion: string; suggestion: string; reason: string }[]) =>
          all.map(({ place, opinion, suggestion, reason }) => [place, opinion, suggestion, reason].join('|')).toSorted()
        expect(words(standing)).toEqual(words(sent))
      }),
    ))
})

describe('A9-1 closing', () => {
  const counts = { invited: 3, answered: 3, late: 0, commented: 2, items: 5, replied: 5 }
  const facts = { state: 'open' as ConsultationState, opinionsUntil: '2026-12-07', counts }
  test.each([
    ['all answered and answered to', {}, '2026-11-30', []],
    [
      'somebody has not answered, on the last day',
      { counts: { ...counts, answered: 2 } },
      '2026-12-07',
      ['still-collecting'],
    ],
    ['somebody has not answered, the day after', { counts: { ...counts, answered: 2 } }, '2026-12-08', []],
    ['an opinion without an answer', { counts: { ...counts, replied: 4 } }, '2026-12-08', ['A9-1']],
    ['both', { counts: { ...counts, answered: 1, replied: 0 } }, '2026-12-01', ['still-collecting', 'A9-1']],
    ['nobody said anything', { counts: { ...counts, answered: 0, items: 0, replied: 0 } }, '2026-12-08', []],
    ['closed before', { state: 'closed' as const }, '2026-12-08', ['consultation-over']],
    ['withdrawn', { state: 'withdrawn' as const }, '2026-12-08', ['consultation-over']],
  ])('%s', (_, given, today, expected) => expect(codes(mayClose({ ...facts, ...given }, today))).toEqual(expected))

  test('never with an opinion unanswered, never before its time, whatever the numbers', () =>
    fc.assert(
      fc.property(
        fc.constantFrom('open', 'answering', 'closed', 'withdrawn'),
        fc.nat(20),
        fc.nat(20),
        fc.nat(50),
        fc.nat(50),
        fc.integer({ min: -10, max: 10 }),
        (state, invited, answered, items, replied, offset) => {
          const today = addDays('2026-12-07', offset)
          const given = {
            invited,
            answered: Math.min(answered, invited),
            late: 0,
            commented: 0,
            items,
            replied: Math.min(replied, items),
          }
          if (mayClose({ state, opinionsUntil: '2026-12-07', counts: given }, today).ok) {
            expect(given.replied).toBe(given.items)
            expect(['open', 'answering']).toContain(state)
            expect(offset > 0 || given.answered === given.invited).toBe(true)
          }
        },
      ),
    ))

  test.each([
    ['adopted', '', []],
    ['partly', '', ['no-reason']],
    ['not-adopted', '', ['no-reason']],
    ['partly', '改为两年', []],
    ['not-adopted', '超出标准', []],
    ['adopted', '机密★', ['A44-1']],
  ] as const)('%s “%s”', (reply, reason, expected) => expect(codes(checkReply(reply, reason))).toEqual(expected))

  test('there is no reply but the three', () => expect(Reply.options).toEqual(['adopted', 'partly', 'not-adopted']))

  test.each([
    [{ answered: 3 }, null, ['all-answered']],
    [{ answered: 2 }, '2026-11-23', ['reminded-today']],
    [{ answered: 2 }, '2026-11-22', []],
  ])('reminding with %o, last on %s', (given, remindedOn, expected) =>
    expect(codes(mayRemind({ state: 'open', counts: { ...counts, ...given }, remindedOn }, '2026-11-23'))).toEqual(
      expected,
    ),
  )
})

describe('the two procedures', () => {
  test('their tables are whole', () =>
    expect([caseKindFaults(consultationCase), caseKindFaults(opinionCase)]).toEqual([[], []]))
  test.each([
    ['open', ['collect', 'close', 'withdraw']],
    ['answering', ['close', 'withdraw']],
    ['closed', []],
    ['withdrawn', []],
  ] as const)('a consultation that is %s admits %j', (state, expected) =>
    expect(transitionsFrom(consultationCase, state)).toEqual(expected),
  )
  test.each([
    ['waiting', ['answer', 'lapse', 'withdraw']],
    ['answered', []],
    ['unanswered', []],
    ['withdrawn', []],
  ] as const)('what an organ is asked, %s, admits %j', (state, expected) =>
    expect(transitionsFrom(opinionCase, state)).toEqual(expected),
  )
})

describe('places of a draft', () => {
  test.each([
    ['第一条 总则', ['第一条']],
    ['第三条 范围\n（一）房屋\n（二）车辆', ['第三条', '第三条（一）', '第三条（二）']],
    ['一、配备\n1.台式机\n2.复印机\n二、更新', ['一', '一第1项', '一第2项', '二']],
    ['前言\n\n说明', ['第1段', '第2段']],
    ['', []],
  ])('%j', (text, expected) => expect(paragraphsOf(text).map(({ place }) => place)).toEqual(expected))

  test.each([
    ['', 0],
    ['第一条', 1],
    ['第三条（二）', 4],
    ['第三条第二款', 2],
    ['附件', 1_000_000],
    ['第十条', 1_000_000],
  ])('“%s” stands at %i', (place, expected) =>
    expect(placeNumber(paragraphsOf('第一条 甲\n第三条 乙\n（一）丙\n（二）丁'), place)).toBe(expected),
  )

  test('nothing of the text is lost but blank lines', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom('第一条 甲', '（一）乙', '1.丙', '丁', '')), (lines) => {
        expect(paragraphsOf(lines.join('\n')).map(({ text }) => text)).toEqual(lines.filter((line) => line !== ''))
      }),
    ))
})
