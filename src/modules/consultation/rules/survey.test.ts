import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { caseKindFaults } from '#kernel/pure/case-kind.ts'
import type { Verdict } from '#kernel/pure/verdict.ts'
import { answerCase, improvementCase, surveyCase } from '../cases.ts'
import { fewestAnswers, usualQuestions } from '../model/survey.ts'
import {
  checkRatings,
  groupResults,
  mayCloseSurvey,
  mayOpenSurvey,
  mayRate,
  nextSurveyDue,
  resultsOf,
  type ScoreCount,
} from './survey.ts'

const codes = (verdict: Verdict) => (verdict.ok ? [] : verdict.refusals.map(({ code }) => code))
const count = (organGroup: string, question: number, score: number, n: number): ScoreCount => ({
  organGroup,
  question,
  score,
  n,
})

describe('A5-1 results', () => {
  test('average, share of the satisfied and spread are reckoned from the ratings', () =>
    expect(resultsOf(2, [count('K03', 1, 5, 2), count('K01', 1, 4, 1), count('K01', 1, 2, 1)])).toEqual([
      { answers: 4, average: 4, satisfiedBp: 7500, spread: [0, 1, 0, 1, 2] },
      { answers: 0, average: null, satisfiedBp: null, spread: [] },
    ]))

  test('fewer than three ratings are not shown', () =>
    expect(resultsOf(1, [count('K03', 1, 5, 2)])).toEqual([
      { answers: 2, average: null, satisfiedBp: null, spread: [] },
    ]))

  test('a small group is put together with the next smallest', () => {
    const counts = [count('K01', 1, 4, 2), count('K02', 1, 5, 4), count('K03', 1, 3, 9)]
    expect(groupResults(1, counts).map(({ groups }) => groups)).toEqual([['K03'], ['K01', 'K02']])
  })

  test('where only one group would be left, nothing is shown apart', () =>
    expect(groupResults(1, [count('K01', 1, 4, 2), count('K02', 1, 5, 4)])).toEqual([]))

  test('A38-1 no group ever shows one or two ratings, and none is lost', () => {
    const cells = fc.array(
      fc.record({
        organGroup: fc.constantFrom('K01', 'K02', 'K03', 'K04', 'K05'),
        question: fc.integer({ min: 1, max: 3 }),
        score: fc.integer({ min: 1, max: 5 }),
        n: fc.integer({ min: 1, max: 4 }),
      }),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(cells, (counts) => {
        const groups = groupResults(3, counts)
        expect(groups.length).not.toBe(1)
        for (const { results } of groups)
          for (const { answers } of results) expect(answers === 0 || answers >= fewestAnswers).toBe(true)
        if (groups.length === 0) return
        const total = resultsOf(3, counts).map(({ answers }) => answers)
        expect(
          total.map((_, index) => groups.reduce((sum, { results }) => sum + (results[index]?.answers ?? 0), 0)),
        ).toEqual(total)
        expect(groups.flatMap(({ groups: parts }) => [...parts]).toSorted()).toEqual(
          [...new Set(counts.map(({ organGroup }) => organGroup))].toSorted(),
        )
      }),
    )
  })

  test('an average lies between 1 and 5, and all at their best is 5', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 3, maxLength: 40 }), (scores) => {
        const [result] = resultsOf(
          1,
          scores.map((score) => count('K03', 1, score, 1)),
        )
        expect(result?.average).toBeGreaterThanOrEqual(Math.min(...scores))
        expect(result?.average).toBeLessThanOrEqual(Math.max(...scores))
        expect(result?.spread.reduce((sum, n) => sum + n, 0)).toBe(scores.length)
      }),
    ))
})

describe('A38-1 asking regularly', () => {
  test.each([
    [null, 12, null],
    ['2026-03-15', 12, '2027-03-15'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2026-12-01', 1, '2027-01-01'],
  ])('after %s, %i months: %s', (last, months, expected) => expect(nextSurveyDue(last, months)).toBe(expected))

  const open = { title: '年度满意度', questions: usualQuestions, answersUntil: '2026-12-07', organs: 10 }
  test.each([
    ['as usual', {}, []],
    ['too few to be anonymous', { organs: 2 }, ['too-few-organs']],
    ['one field twice', { questions: [...usualQuestions, ...usualQuestions.slice(0, 1)] }, ['field-twice']],
    ['too short', { answersUntil: '2026-12-06' }, ['term']],
    ['a slip of the year', { answersUntil: '2036-12-07' }, ['term']],
    ['a mark of secrecy (A44-1)', { title: '机密★5年' }, ['A44-1']],
  ])('%s', (_, given, expected) =>
    expect(codes(mayOpenSurvey({ ...open, ...given }, '2026-12-07', '2027-11-24'))).toEqual(expected),
  )

  test.each([
    ['in time', 'open', 'waiting', '2026-12-07', []],
    ['late, for the first time', 'open', 'waiting', '2026-12-08', []],
    ['again in time', 'open', 'answered', '2026-12-07', []],
    ['again late', 'open', 'answered', '2026-12-08', ['answer-final']],
    ['after the closing', 'closed', 'unanswered', '2026-12-01', ['survey-over']],
  ] as const)('rating %s', (_, state, answer, today, expected) =>
    expect(codes(mayRate({ state, answersUntil: '2026-12-07' }, answer, today))).toEqual(expected),
  )

  test.each([
    ['every question', [5, 4, null], '', []],
    ['too few', [5], '', ['scores-missing']],
    ['nothing used', [null, null, null], '', ['nothing-rated']],
    ['a mark of secrecy (A44-1)', [1, 2, 3], '秘密★', ['A44-1']],
  ] as const)('rating %s', (_, scores, remark, expected) =>
    expect(codes(checkRatings(3, [...scores], remark))).toEqual(expected),
  )

  test.each([
    ['all have answered', { answered: 3 }, '2026-12-01', []],
    ['the last day', { answered: 2 }, '2026-12-07', ['still-asking']],
    ['the day after', { answered: 0 }, '2026-12-08', []],
    ['closed', { state: 'closed' as const }, '2026-12-08', ['survey-over']],
  ])('closing: %s', (_, given, today, expected) =>
    expect(
      codes(mayCloseSurvey({ state: 'open', answersUntil: '2026-12-07', invited: 3, answered: 3, ...given }, today)),
    ).toEqual(expected),
  )

  test('the tables of the procedures are whole', () =>
    expect([surveyCase, answerCase, improvementCase].map((kind) => caseKindFaults(kind))).toEqual([[], [], []]))
})
