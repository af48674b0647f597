import { addWorkdays, lastWorkdayUpTo, type WorkCalendar } from '#kernel/pure/calendar.ts'
import { addDays } from '#kernel/pure/local-date.ts'
import { currentCalendar } from '#kernel/server/cases/clock.ts'
import type { Act } from '#kernel/server/context.ts'
import { actions } from '#modules/consultation/actions.ts'
import { contract } from '#modules/consultation/contract.ts'
import { usualQuestions, type ServiceField } from '#modules/consultation/model/survey.ts'
import { as, needed, somebody, stageOf, type Stage } from './cast.ts'
import { fraction } from './wishes.ts'

/** Satisfaction surveys 满意度调查 of the demonstration: two that can be compared, one under way; improvements in every state. */
const consultation = { contract, actions }

/** How satisfied organs are on the whole, and by how much it changed from one survey to the next; invented. */
const mood: Record<ServiceField, [base: number, change: number]> = {
  premises: [3.2, 0.35],
  property: [3.9, 0.1],
  catering: [3.6, -0.2],
  vehicles: [4.1, 0.05],
  meetings: [3.7, 0.25],
  equipment: [3.4, 0.15],
  security: [4.3, 0],
  energy: [3.9, -0.1],
  overall: [3.8, 0.15],
}
const remarks = [
  '报修后希望能看到处理进度。',
  '午餐高峰排队时间长，建议错峰。',
  '大会议室预约紧张，建议开放更多机关会议室共享。',
  '办公电脑更新及时，维修响应比去年快。',
]

export async function surveys(act: Act, code: string): Promise<string> {
  const stage = await stageOf(act, code)
  const calendar = await currentCalendar(act.tx)
  const ago = (days: number) => lastWorkdayUpTo(addDays(act.today, -days), calendar)
  await finished(stage, calendar, ago(757), 0)
  const surveyId = await finished(stage, calendar, ago(392), 1)
  await improve(stage, surveyId, calendar, ago(392))
  await underWay(stage, calendar, ago(5))
  return '两次已办结，一次评价中'
}

async function finished(stage: Stage, calendar: WorkCalendar, opensOn: string, turn: number): Promise<string> {
  const { survey, tasks, until } = await open(stage, calendar, opensOn)
  for (const [index, task] of tasks.entries())
    if (index % 9 !== 7) await rate(stage, task, turn, addWorkdays(opensOn, 1 + (index % 11), calendar))
  const who = { actor: await needed(stage, stage.authority, 'service-reviewer'), at: addWorkdays(until, 5, calendar) }
  await as(consultation, 'closeSurvey', stage, who, {
    surveyId: survey.id,
    version: survey.version,
    conclusion: '各项服务总体平稳，房屋维修、设备维修和餐饮列为改进重点。',
  })
  return survey.id
}

async function underWay(stage: Stage, calendar: WorkCalendar, opensOn: string): Promise<void> {
  const { tasks } = await open(stage, calendar, opensOn)
  for (const [index, task] of tasks.entries())
    if (index % 3 === 0 && !task.organName.includes('教育'))
      await rate(stage, task, 2, addWorkdays(opensOn, 1 + (index % 2), calendar))
}

/** One finished, one still being done, one past its day. */
async function improve(stage: Stage, surveyId: string, calendar: WorkCalendar, opensOn: string): Promise<void> {
  const actor = await needed(stage, stage.authority, 'service-reviewer')
  const on = addWorkdays(opensOn, 25, calendar)
  const { today } = stage.act
  const wanted = [
    {
      field: 'premises',
      problem: '房屋报修不能跟踪进度，跨楼层维修等待时间长',
      measure: '设统一报修窗口，限时到场，逐单回访',
      ownerName: '房地产管理科',
      dueOn: addDays(on, 180),
      done: addDays(on, 150),
    },
    {
      field: 'catering',
      problem: '午餐高峰排队时间长',
      measure: '分两个时段就餐，增设自选窗口',
      ownerName: '服务保障科',
      dueOn: addDays(today, -12),
      done: null,
    },
    {
      field: 'meetings',
      problem: '大会议室不足',
      measure: '统筹各机关会议室共享预约',
      ownerName: '服务保障科',
      dueOn: addDays(today, 40),
      done: null,
    },
  ]
  for (const { done, ...item } of wanted) {
    const added = await as(consultation, 'addImprovement', stage, { actor, at: on }, { surveyId, ...item })
    if (done !== null)
      await as(
        consultation,
        'finishImprovement',
        stage,
        { actor, at: done },
        {
          improvementId: added.id,
          version: added.version,
          result: '报修窗口已运行，到场和修复时间逐单公开，回访满意度明显提高。',
        },
      )
  }
}

type Task = { id: string; organName: string }

async function open(stage: Stage, calendar: WorkCalendar, on: string) {
  const who = { actor: await needed(stage, stage.authority, 'service-reviewer'), at: on }
  const until = addWorkdays(on, 13, calendar)
  const { survey } = await as(consultation, 'openSurvey', stage, who, {
    title: `${on.slice(0, 4)}年度机关运行保障满意度调查`,
    questions: usualQuestions,
    answersUntil: until,
  })
  const { items } = await as(consultation, 'surveyAnswers', stage, who, { surveyId: survey.id, limit: 200 })
  return { survey, until, tasks: items as Task[] }
}

async function rate(stage: Stage, task: Task, turn: number, at: string): Promise<void> {
  const organ = stage.organs.find(({ name }) => name === task.organName)
  const clerk = organ && (await somebody(stage, organ, 'organ-clerk', 'organ-head'))
  if (!clerk) return
  const who = { actor: clerk, at }
  const { answer } = await as(consultation, 'viewAnswer', stage, who, { answerId: task.id })
  const score = (field: ServiceField): number | null => {
    const chance = fraction(`${task.organName} ${field} ${turn}`)
    const [base, change] = mood[field]
    if (field === 'vehicles' && chance > 0.93) return null
    return Math.min(5, Math.max(1, Math.round(base + change * turn + (chance - 0.5) * 2.4)))
  }
  const chosen = Math.floor(fraction(`${task.organName} remark ${turn}`) * 12)
  await as(consultation, 'submitAnswer', stage, who, {
    answerId: task.id,
    version: answer.version,
    scores: usualQuestions.map(({ field }) => score(field)),
    remark: remarks[chosen] ?? '',
  })
}
