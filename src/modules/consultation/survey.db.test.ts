import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { Conflict, Missing } from '#kernel/server/errors.ts'
import { usualQuestions } from './model/survey.ts'
import {
  after,
  as,
  call,
  caseStates,
  closeConsultationStage,
  everythingKept,
  factsOf,
  inboxOf,
  openConsultationStage,
  refusalsOf,
  today,
  until,
} from './testing/consultation-stage.ts'

beforeAll(openConsultationStage, 60_000)
afterAll(closeConsultationStage)

const questions = usualQuestions.slice(0, 3)
const opening = { title: '2026年度机关运行保障满意度调查', questions, answersUntil: until }
const open = () => call('bureau', 'openSurvey', opening)
const mineOf = async (surveyId: string, who: string, day = today) => {
  const { items } = await call(who, 'surveys', {}, day)
  const answerId = items.find(({ id }) => id === surveyId)?.mine?.answerId
  if (!answerId) throw new Error(`${who} was not asked`)
  const { answer } = await call(who, 'viewAnswer', { answerId }, day)
  return { answerId, version: answer.version }
}
const rate = async (surveyId: string, who: string, scores: (number | null)[], remark = '', day = today) =>
  call(who, 'submitAnswer', { ...(await mineOf(surveyId, who, day)), scores, remark }, day)

describe('A5-1, A38-1 the survey', () => {
  test('every organ served finds its task; the authority itself is not asked', async () => {
    const { survey } = await open()
    expect(survey.invited).toBeGreaterThan(10)
    expect((await inboxOf('education')).map(({ title }) => title)).toContain(`满意度评价：${opening.title}`)
    expect((await call('bureau', 'surveys', {})).items[0]?.mine).toBeNull()
    expect(await refusalsOf(call('education', 'openSurvey', opening))).toContain('not-department')
    expect(await refusalsOf(call('bureau', 'openSurvey', { ...opening, answersUntil: '2026-12-01' }))).toEqual(['term'])
  })

  test('nobody but the organ reads its ratings, neither by the code nor past it; the record does not tell them', async () => {
    const { survey } = await open()
    const { rating } = await rate(survey.id, 'education', [2, 5, null], '报修太慢')
    expect(rating).toEqual({ scores: [2, 5, null], remark: '报修太慢' })
    const { answerId } = await mineOf(survey.id, 'education')
    expect((await call('bureau', 'viewAnswer', { answerId })).rating).toBeNull()
    await expect(call('police', 'viewAnswer', { answerId })).rejects.toBeInstanceOf(Missing)
    const bare = (who: string) =>
      as(
        who,
        async ({ tx }) =>
          (await sql`select scores from consultation.rating where survey_id = ${survey.id}`.execute(tx)).rows.length,
      )
    expect([await bare('education'), await bare('bureau'), await bare('police')]).toEqual([1, 0, 0])
    expect(await factsOf(answerId)).toEqual(['consultation.rated'])
    const kept = await as(
      'bureau',
      async ({ tx }) =>
        (
          await sql<{
            text: string
          }>`select e::text as text from kernel.audit_entry e where subject_id = ${answerId}`.execute(tx)
        ).rows,
    )
    expect(JSON.stringify(kept)).not.toContain('报修太慢')
    expect(await caseStates(answerId)).toEqual({ state: 'answered', closed: true })
  })

  test('ratings are changed until the last day; two at once: one is taken', async () => {
    const { survey } = await open()
    await rate(survey.id, 'education', [1, 1, 1])
    await rate(survey.id, 'education', [4, 4, 4], '', until)
    expect(await refusalsOf(rate(survey.id, 'education', [5, 5, 5], '', after))).toEqual(['answer-final'])
    const mine = await mineOf(survey.id, 'police')
    const results = await Promise.allSettled([
      call('police', 'submitAnswer', { ...mine, scores: [5, 5, 5] }),
      call('police', 'submitAnswer', { ...mine, scores: [1, 1, 1] }),
    ])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: expect.any(Conflict) })
    expect(await refusalsOf(rate(survey.id, 'development', [5, 5]))).toEqual(['scores-missing'])
    expect(await refusalsOf(rate(survey.id, 'development', [5, 5, 5], '机密★'))).toEqual(['A44-1'])
    expect(await everythingKept()).not.toContain('机密★')
  })

  test('results only after the closing, which waits for the last day; small groups are not told apart', async () => {
    const { survey } = await open()
    for (const [who, scores] of [
      ['education', [5, 4, 3]],
      ['police', [4, 4, null]],
      ['development', [3, 2, null]],
    ] as const)
      await rate(survey.id, who, [...scores], who === 'police' ? '会议室太少' : '')
    const before = await call('bureau', 'viewSurvey', { surveyId: survey.id })
    expect([before.results, before.remarks]).toEqual([null, []])
    const close = { surveyId: survey.id, version: survey.version, conclusion: '改进报修。' }
    expect(await refusalsOf(call('bureau', 'closeSurvey', close))).toEqual(['still-asking'])
    expect(await refusalsOf(call('finance', 'closeSurvey', close, after))).toEqual(['not-own-consultation'])
    const closed = await call('bureau', 'closeSurvey', close, after)
    expect(closed.results).toMatchObject([
      { answers: 3, average: 4, spread: [0, 0, 1, 1, 1] },
      { answers: 3, average: 3.33 },
      { answers: 1, average: null, spread: [] },
    ])
    expect(closed.groups).toEqual([])
    expect(closed.remarks).toEqual(['会议室太少'])
    const seen = await call('education', 'viewSurvey', { surveyId: survey.id }, after)
    expect([seen.results?.[0]?.average, seen.remarks, seen.groups]).toEqual([4, [], []])
    expect(await refusalsOf(rate(survey.id, 'audit', [5, 5, 5], '', after))).toContain('role')
    expect(await refusalsOf(call('bureau', 'closeSurvey', { ...close, version: 2 }, after))).toEqual(['survey-over'])
    expect(await factsOf(survey.id)).toEqual(['consultation.survey-opened', 'consultation.survey-closed'])
  })

  test('the trend compares with the surveys before; the next is due a year later', async () => {
    const { survey } = await open()
    for (const who of ['education', 'police', 'development']) await rate(survey.id, who, [5, 5, 5])
    const closed = await call('bureau', 'closeSurvey', { surveyId: survey.id, version: survey.version }, after)
    const last = closed.trend.at(-1)
    expect(last).toMatchObject({ surveyId: survey.id, averages: [{ field: 'premises', average: 5 }, {}, {}] })
    expect(closed.trend.length).toBeGreaterThan(1)
    const list = await call('bureau', 'surveys', {}, after)
    expect([list.nextDueOn, list.overdue]).toEqual(['2027-11-23', false])
    expect((await call('bureau', 'surveys', {}, '2027-11-24')).overdue).toBe(true)
    expect((await call('education', 'surveys', {}, after)).nextDueOn).toBeNull()
  })

  test('A38-1 an improvement has an owner and a last day, stands in the inbox, and ends with its result', async () => {
    const { survey } = await open()
    const given = {
      surveyId: survey.id,
      field: 'premises' as const,
      problem: '报修太慢',
      measure: '设报修专线',
      ownerName: '房产处',
      dueOn: '2026-12-31',
    }
    expect(await refusalsOf(call('bureau', 'addImprovement', given))).toEqual(['survey-open'])
    for (const who of ['education', 'police', 'development']) await rate(survey.id, who, [2, 5, 5])
    await call('bureau', 'closeSurvey', { surveyId: survey.id, version: survey.version }, after)
    expect(await refusalsOf(call('bureau', 'addImprovement', { ...given, dueOn: '2026-12-01' }, after))).toEqual([
      'due-on',
    ])
    expect(await refusalsOf(call('education', 'addImprovement', given, after))).toContain('not-own-consultation')
    const added = await call('bureau', 'addImprovement', given, after)
    expect(await inboxOf('bureauTwo', after)).toContainEqual({
      title: '改进：报修太慢',
      link: `/consultation/improvements/${added.id}`,
      dueOn: '2026-12-31',
    })
    expect((await call('bureau', 'viewImprovement', { improvementId: added.id }, '2027-01-04')).overdue).toBe(true)
    const finish = { improvementId: added.id, version: added.version, result: '平均到场时间缩短' }
    expect(await refusalsOf(call('education', 'finishImprovement', finish, after))).toContain('not-own-consultation')
    await expect(call('county', 'viewImprovement', { improvementId: added.id }, after)).rejects.toBeInstanceOf(Missing)
    const results = await Promise.allSettled([
      call('bureau', 'finishImprovement', finish, after),
      call('bureauTwo', 'finishImprovement', finish, after),
    ])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await caseStates(added.id)).toEqual({ state: 'done', closed: true })
    expect((await call('education', 'improvements', { surveyId: survey.id }, after)).items).toMatchObject([
      { state: 'done', result: '平均到场时间缩短', doneOn: after },
    ])
  })

  test('withdrawing ends every task', async () => {
    const { survey } = await open()
    const { answerId } = await mineOf(survey.id, 'education')
    const withdrawn = await call('bureau', 'withdrawSurvey', {
      surveyId: survey.id,
      version: survey.version,
      opinion: '问卷有误',
    })
    expect(withdrawn.survey.state).toBe('withdrawn')
    expect(await caseStates(answerId)).toEqual({ state: 'withdrawn', closed: true })
    expect(await refusalsOf(rate(survey.id, 'education', [5, 5, 5]))).toEqual(['survey-over'])
  })
})
