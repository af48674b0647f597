import { openGround } from '#apps/application.ts'
import { readSettings } from '#apps/settings.ts'
import { addDays, localDateOf } from '#kernel/pure/local-date.ts'
import { newId } from '#kernel/server/identifier.ts'
import { openLines } from '#modules/ledger/offers.ts'
import { demonstrationOrganId, demonstrationOrgans } from '#modules/organs/offers.ts'
import { demonstrationPeople } from '#modules/people/reference/demonstration.ts'
import { contract as plans } from '#modules/plans/contract.ts'
import { contract as consultation } from '#modules/consultation/contract.ts'
import { callerAt } from '../../journeys/visit.ts'

/** Money on each line, 分: enough for a long run, little enough that some acts are refused for want of it. */
export const plannedFen = 20_000_000

/** The place the clients work at: one city, its clerks, their lines, an open cycle, a consultation under way. */
export type LabGround = { clerks: Clerk[]; cycleId: string; jurisdictionCode: string }
export type Clerk = { username: string; organId: string; lineIds: string[]; demandId: string; opinionId: string }

export const reviewer = 'shi.jihua'
export const serviceReviewer = 'shi.cheliang'

/** Makes database, organs, people and ledger lines, with no application running; the plan lines stand for a plan in force. */
export async function makeGround(
  environment: Record<string, string>,
  log: (line: string) => void,
): Promise<Map<string, string[]>> {
  const ground = await openGround(readSettings(environment), async () => 'demo', log, { demonstration: 'people' })
  const lineIds = new Map<string, string[]>()
  try {
    await ground.act(async (act) => {
      const planId = newId()
      const year = Number(act.today.slice(0, 4))
      const lines = [...clerksOfCity()].flatMap(([username, organId], place) =>
        [1, 2].map((part) => ({
          id: newId(),
          jurisdictionCode: '140100',
          year,
          number: `LAB-${String(place * 2 + part).padStart(4, '0')}`,
          planId,
          holderOrganId: organId,
          servedOrganId: organId,
          needKind: 'N01',
          itemName: `办公费（${username}）`,
          economicCode: '30201',
          unit: '项',
          centralised: false,
          amountFen: plannedFen,
          quantity: 0,
          username,
        })),
      )
      await openLines(
        act,
        lines.map(({ username: _, ...line }) => line),
        act.today,
      )
      for (const { id, username } of lines) lineIds.set(username, [...(lineIds.get(username) ?? []), id])
    })
  } finally {
    await ground.close()
  }
  return lineIds
}

function clerksOfCity(): Map<string, string> {
  return new Map(
    demonstrationPeople(demonstrationOrgans.map(({ key }) => key))
      .filter(({ username, roles }) => username.startsWith('shi.') && roles.includes('organ-clerk'))
      .filter(({ organKey }) => organKey !== 'taiyuan-authority' && organKey !== 'taiyuan-finance')
      .map(({ username, organKey }) => [username, demonstrationOrganId(organKey)]),
  )
}

/** What people do before the clients begin, through the running application. */
export async function openBusiness(address: string, lineIds: ReadonlyMap<string, string[]>): Promise<LabGround> {
  const today = localDateOf(new Date())
  // Plans must be ready before their year begins (A31-1), whatever day this runs on.
  const year = Number(today.slice(0, 4)) + 2
  const plan = await callerAt(address, reviewer)
  const service = await callerAt(address, serviceReviewer)
  const cycle = await plan(plans.openCycle, {
    year,
    calendar: {
      demandOpensOn: addDays(today, -5),
      demandClosesOn: addDays(today, 30),
      reviewUntil: addDays(today, 45),
      planUntil: addDays(today, 60),
    },
    standardsOn: addDays(today, -5),
  })
  if (cycle.status !== 200) throw new Error(`the cycle could not be opened: ${JSON.stringify(cycle.body)}`)
  const demands = (await plan(plans.demands, { year, limit: 200 })).body.items
  const { organs } = (await service(consultation.invitableOrgans, {})).body
  const opened = await service(consultation.openConsultation, {
    title: '机关食堂服务规范（征求意见稿）',
    text: '第一条 为规范机关食堂服务，制定本规范。\n第二条 食堂每日公布菜单和价格。',
    organIds: organs.map(({ id }) => id),
    opinionsUntil: addDays(today, 45),
    namesShown: true,
  })
  if (opened.status !== 200) throw new Error(`the consultation could not be opened: ${JSON.stringify(opened.body)}`)
  const consultationId = opened.body.consultation.id
  const opinions = (await service(consultation.opinions, { consultationId, limit: 200 })).body.items
  const clerks = [...clerksOfCity()].flatMap(([username, organId]) => {
    const demand = demands.find((one) => one.organId === organId)
    const opinion = opinions.find((one) => one.organId === organId)
    return demand && opinion
      ? [{ username, organId, lineIds: lineIds.get(username) ?? [], demandId: demand.id, opinionId: opinion.id }]
      : []
  })
  if (clerks.length < 5) throw new Error(`only ${clerks.length} clerks have both a demand and an opinion to give`)
  return { clerks, cycleId: cycle.body.id, jurisdictionCode: '140100' }
}
