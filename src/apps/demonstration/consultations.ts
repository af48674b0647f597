import { addWorkdays, lastWorkdayUpTo, type WorkCalendar } from '#kernel/pure/calendar.ts'
import { addDays } from '#kernel/pure/local-date.ts'
import { systemActor } from '#kernel/pure/actor.ts'
import { currentCalendar } from '#kernel/server/cases/clock.ts'
import type { Act } from '#kernel/server/context.ts'
import { actions } from '#modules/consultation/actions.ts'
import { contract } from '#modules/consultation/contract.ts'
import { collectPast } from '#modules/consultation/jobs.ts'
import { organsById, type OrganRow } from '#modules/organs/offers.ts'
import { as, needed, somebody, stageOf, type Stage } from './cast.ts'
import { canteenService, equipmentQuota, propertyService, type Answered, type Said } from './consultation-texts.ts'

/** Consultations 征求意见 of the demonstration: one closed, one under way, one past its last day with organs overdue. */
const consultation = { contract, actions }

type Draft = { title: string; text: string; said: readonly Said[] }
/** A consultation opened, with what each organ was asked. */
type Opened = { id: string; opinions: { id: string; organ: OrganRow }[] }

export async function consultations(act: Act, code: string): Promise<string> {
  const stage = await stageOf(act, code)
  const calendar = await currentCalendar(act.tx)
  const { today } = act
  const ago = (days: number) => lastWorkdayUpTo(addDays(today, -days), calendar)
  if (code === '140100') await closed(stage, calendar, ago(80))
  if (code !== '140121') await underWay(stage, calendar, ago(6))
  await overdue(stage, calendar, ago(28))
  return code === '140100' ? '已办结、征求中、逾期未答复各一' : '征求意见'
}

/** All but one answered, every opinion was answered, the summary is out. */
async function closed(stage: Stage, calendar: WorkCalendar, opensOn: string): Promise<void> {
  const until = addWorkdays(opensOn, 12, calendar)
  const { id, opinions } = await open(stage, propertyService, opensOn, until, true)
  const asked = opinions.slice(0, -1)
  for (const [index, { organ, id: opinionId }] of asked.entries())
    await say(
      stage,
      organ,
      opinionId,
      saidBy(propertyService, index, asked.length),
      dayOfAnswer(opensOn, index, calendar),
    )
  const repliesOn = addWorkdays(until, 4, calendar)
  await collected(stage, addDays(until, 1))
  await reply(stage, id, propertyService.said, repliesOn)
  const leader = {
    actor: await needed(stage, stage.authority, 'service-reviewer'),
    at: addWorkdays(repliesOn, 2, calendar),
  }
  const view = await as(consultation, 'viewConsultation', stage, leader, { consultationId: id })
  await as(consultation, 'closeConsultation', stage, leader, {
    consultationId: id,
    version: view.consultation.version,
    conclusion: propertyService.conclusion,
  })
}

/** Half have answered; the organ whose people stand on the sign-in page has begun to write. */
async function underWay(stage: Stage, calendar: WorkCalendar, opensOn: string): Promise<void> {
  const { opinions } = await open(stage, canteenService, opensOn, addWorkdays(opensOn, 12, calendar), true)
  const education = opinions.find(({ organ }) => isEducation(organ))
  const others = opinions.filter((opinion) => opinion !== education)
  const answering = others.filter((_, index) => index % 2 === 0)
  for (const [index, { organ, id }] of answering.entries())
    await say(
      stage,
      organ,
      id,
      saidBy(canteenService, index, answering.length),
      addWorkdays(opensOn, 1 + (index % 3), calendar),
    )
  const clerk = education && (await somebody(stage, education.organ, 'organ-clerk'))
  if (!clerk) return
  const who = { actor: clerk, at: addWorkdays(opensOn, 2, calendar) }
  const { opinion } = await as(consultation, 'viewOpinion', stage, who, { opinionId: education.id })
  await as(consultation, 'saveOpinion', stage, who, {
    opinionId: education.id,
    version: opinion.version,
    draft: { stance: 'comments', items: [{ id: null, place: '第六条', opinion: '建议就餐意见可以在线填写' }] },
  })
}

/** Past its last day: some never answered, one came late, the authority is half through the opinions. */
async function overdue(stage: Stage, calendar: WorkCalendar, opensOn: string): Promise<void> {
  const until = addWorkdays(opensOn, 12, calendar)
  const { id, opinions } = await open(stage, equipmentQuota, opensOn, until, false)
  const answering = opinions.filter(({ organ }, index) => index % 4 !== 3 && !isEducation(organ))
  const [late, ...inTime] = answering
  for (const [index, { organ, id: opinionId }] of inTime.entries())
    await say(
      stage,
      organ,
      opinionId,
      saidBy(equipmentQuota, index, inTime.length),
      dayOfAnswer(opensOn, index, calendar),
    )
  await collected(stage, addDays(until, 1))
  const lateOn = addWorkdays(until, 1, calendar)
  if (late && lateOn <= stage.act.today) await say(stage, late.organ, late.id, [], lateOn)
  await reply(stage, id, equipmentQuota.said, addWorkdays(until, 2, calendar))
}

async function open(stage: Stage, draft: Draft, on: string, until: string, namesShown: boolean): Promise<Opened> {
  const who = { actor: await needed(stage, stage.authority, 'service-reviewer'), at: on }
  const { organs } = await as(consultation, 'invitableOrgans', stage, who, {})
  const organIds = organs.map((organ: { id: string }) => organ.id)
  const view = await as(consultation, 'openConsultation', stage, who, {
    title: `${stage.jurisdictionName.replace(/省$/, '省级')}${draft.title}（征求意见稿）`,
    text: draft.text,
    organIds,
    opinionsUntil: until,
    namesShown,
  })
  const { id } = view.consultation
  const { items } = await as(consultation, 'opinions', stage, who, { consultationId: id, limit: 200 })
  const rows = await organsById(stage.act.tx, organIds, stage.act.today)
  const opinions = (items as { id: string; organId: string }[]).flatMap(({ id: opinionId, organId }) => {
    const organ = rows.get(organId)
    return organ ? [{ id: opinionId, organ }] : []
  })
  return { id, opinions: opinions.toSorted((one, other) => turnOf(one.organ).localeCompare(turnOf(other.organ))) }
}

/** The organ whose people stand on the sign-in page comes first, so that every demonstration shows the same of it. */
const turnOf = (organ: OrganRow): string => `${isEducation(organ) ? 0 : 1}${organ.name}`

/** What the organ at this place says: the remarks go round, most organs have none. */
function saidBy({ said }: Draft, index: number, organs: number): readonly Said[] {
  return said.filter((_, place) => place % organs === index || (place * 2 + 1) % organs === index).slice(0, 2)
}

async function say(stage: Stage, organ: OrganRow, opinionId: string, said: readonly Said[], at: string): Promise<void> {
  const clerk = await somebody(stage, organ, 'organ-clerk', 'organ-head')
  if (!clerk) return
  const who = { actor: clerk, at }
  const { opinion } = await as(consultation, 'viewOpinion', stage, who, { opinionId })
  await as(consultation, 'submitOpinion', stage, who, {
    opinionId,
    version: opinion.version,
    stance: said.length > 0 ? 'comments' : 'agrees',
    items: said.map(({ place, opinion: text, suggestion = '', reason = '' }) => ({
      id: null,
      place,
      opinion: text,
      suggestion,
      reason,
    })),
  })
}

/** Answers what has an answer in the text; what has none still waits. */
async function reply(
  stage: Stage,
  consultationId: string,
  said: readonly (Said | Answered)[],
  at: string,
): Promise<void> {
  const who = { actor: await needed(stage, stage.authority, 'service-reviewer'), at: earlier(at, stage.act.today) }
  const { items } = await as(consultation, 'items', stage, who, { consultationId, limit: 200 })
  for (const one of said) {
    if (!('reply' in one)) continue
    const same = items.filter(({ opinion }: { opinion: string }) => opinion === one.opinion)
    if (same.length === 0) continue
    await as(consultation, 'replyItems', stage, who, {
      consultationId,
      items: same.map(({ id, version }: { id: string; version: number }) => ({ id, version })),
      reply: one.reply,
      reason: one.why ?? '',
    })
  }
}

/** The night's work on the day after the last. */
async function collected(stage: Stage, on: string): Promise<void> {
  const now = new Date(`${on}T00:10:00+08:00`)
  await collectPast({ transact: (work) => work({ ...stage.act, actor: systemActor, now, today: on }) })
}

const dayOfAnswer = (opensOn: string, index: number, calendar: WorkCalendar) =>
  addWorkdays(opensOn, 2 + (index % 9), calendar)

const isEducation = ({ name }: OrganRow) => name.includes('教育')
const earlier = (date: string, latest: string) => (date < latest ? date : latest)
