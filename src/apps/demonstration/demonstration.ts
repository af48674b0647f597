import { addDays, daysBetween } from '#kernel/pure/local-date.ts'
import { addWorkdays } from '#kernel/pure/calendar.ts'
import { currentCalendar } from '#kernel/server/cases/clock.ts'
import type { Act } from '#kernel/server/context.ts'
import { assetRegister } from './assets.ts'
import { askedByMatching } from './asked-of-levels.ts'
import { stageOf, type Stage } from './cast.ts'
import { boughtCentrally } from './central-purchase.ts'
import { officeSupplies, ownFields } from './consumables.ts'
import { consultations } from './consultations.ts'
import { disposals } from './disposals.ts'
import { acknowledge, apply, loadHoldings, openYear, review, sendBack } from './demands.ts'
import { adjust, consolidatedReport, report, spend } from './execution.ts'
import { lentAndRegrouped } from './lending.ts'
import { askedOfCity } from './level-requests.ts'
import { issueTokens } from './machines.ts'
import { matchedDemands } from './matching.ts'
import { askForClosing, bringIntoForce, budgetOf, makePlan } from './plan-and-budget.ts'
import { citySeason, countyCatalogue, provincialRevision } from './standards.ts'
import { stocktakings } from './stocktaking.ts'
import { buyersOf, purchaseFiles } from './purchases.ts'
import { surveys } from './surveys.ts'
import { triedOut } from './whatif.ts'
import { supervise } from './supervision.ts'
import { temporaryBodies } from './temporary-bodies.ts'
import { publicWarehouse } from './warehouse.ts'
import { fraction } from './wishes.ts'

/** One part of the demonstration, in a transaction of its own. */
export type DemonstrationStep = { key: string; title: string; run: (act: Act) => Promise<string> }

const levels = [
  { code: '140100', name: '太原市' },
  { code: '140121', name: '清徐县' },
  { code: '140000', name: '山西省级' },
] as const

/**
 * The plan cycle of the demonstration, made by the acts of its people: a year reported, a year being carried out, and the
 * next year's cycle in mid-flight with every kind of case waiting. Years follow the day of the first start.
 */
export function demonstrationSteps(today: string): DemonstrationStep[] {
  const year = Number(today.slice(0, 4))
  return [
    ...standardsSteps(year),
    // Registers before plans: demands are judged by the cards.
    ...levels.map(({ code, name }) => ({
      key: `${code}-assets`,
      title: `${name}资产台账`,
      run: (act: Act) => assetRegister(act, code),
    })),
    { key: '140100-fields', title: '太原市自定义字段', run: (act: Act) => ownFields(act, '140100') },
    { key: '140100-consumables', title: '太原市低值易耗品', run: (act: Act) => officeSupplies(act, '140100') },
    { key: '140100-warehouse', title: '太原市公物仓', run: (act: Act) => publicWarehouse(act, '140100') },
    ...planSteps(year),
    // After the plans: demands were judged by the register as it was.
    { key: '140100-disposals', title: '太原市资产处置和维修', run: (act) => disposals(act, '140100') },
    { key: '140100-stocktaking', title: '太原市资产盘点', run: (act) => stocktakings(act, '140100') },
    { key: '140100-lending', title: '太原市资产借用和拆分合并', run: (act) => lentAndRegrouped(act, '140100') },
    { key: '140100-bodies', title: '太原市临时机构和会议活动', run: (act) => temporaryBodies(act, '140100') },
    { key: '140121-levels', title: '清徐县跨级调剂', run: (act) => askedOfCity(act, '140121', '140100') },
    { key: '140100-matching', title: '太原市调剂建议', run: (act) => matchedDemands(act, '140100', year + 1) },
    {
      key: '140121-matching',
      title: '清徐县调剂建议',
      run: (act) => askedByMatching(act, '140121', '140100', year + 1),
    },
    { key: '140100-central', title: '太原市集中采购', run: (act) => boughtCentrally(act, '140100', year) },
    { key: '140100-machines', title: '太原市接口令牌', run: (act) => issueTokens(act, '140100') },
    { key: 'whatif', title: '模拟测算方案', run: (act) => triedOut(act, year + 1) },
  ]
}

/** Standards come first: the plan years are judged by them. */
function standardsSteps(year: number): DemonstrationStep[] {
  return [
    { key: 'standards-140000', title: '省级标准修订', run: (act) => provincialRevision(act, year) },
    { key: 'standards-140100', title: '太原市标准制定', run: (act) => citySeason(act, year) },
    { key: 'standards-140121', title: '清徐县补充目录', run: (act) => countyCatalogue(act, year) },
  ]
}

function planSteps(year: number): DemonstrationStep[] {
  return levels.flatMap(({ code, name }) => [
    // One level shows the year before as well: reports are due in the spring after the year they tell of.
    ...(code === '140100'
      ? [
          {
            key: `${code}-${year - 1}`,
            title: `${name}${year - 1}年度计划及执行报告`,
            run: (act: Act) => finishedYear(act, code, year - 1),
          },
        ]
      : []),
    { key: `${code}-${year}`, title: `${name}${year}年度计划及执行`, run: (act: Act) => runningYear(act, code, year) },
    ...(code === '140100'
      ? [{ key: `${code}-purchases`, title: `${name}采购`, run: (act: Act) => purchaseFiles(act, code, year) }]
      : []),
    {
      key: `${code}-${year + 1}`,
      title: `${name}${year + 1}年度${code === '140000' ? '计划编制' : '需求申报与审核'}`,
      // The province is ahead of city and county: there plans are drawn up and money is asked for.
      run: (act: Act) => (code === '140000' ? planningSeason : demandSeason)(act, code, year + 1),
    },
    { key: `${code}-consultations`, title: `${name}征求意见`, run: (act: Act) => consultations(act, code) },
    ...(code === '140100'
      ? [{ key: `${code}-surveys`, title: `${name}满意度调查`, run: (act: Act) => surveys(act, code) }]
      : []),
    { key: `${code}-supervision`, title: `${name}督办`, run: (act: Act) => supervision(act, code) },
  ])
}

async function supervision(act: Act, code: string): Promise<string> {
  return `${await supervise(await stageOf(act, code))}次督办提醒`
}

const datesOf = (year: number) => ({
  opensOn: `${year - 1}-06-01`,
  closesOn: `${year - 1}-07-15`,
  reviewUntil: `${year - 1}-08-31`,
  planUntil: `${year - 1}-09-30`,
})

/** From application to plans in force; the reviewed numbers of every organ. */
async function planYear(stage: Stage, year: number): Promise<void> {
  const { cycleId, demands } = await openYear(stage, year, datesOf(year))
  for (const organ of stage.organs) {
    const demand = demands.get(organ.id)
    const day = addDays(`${year - 1}-06-10`, Math.floor(fraction(`${organ.name} ${year} day`) * 30))
    if (!demand || !(await apply(stage, organ, demand, year, day, true))) continue
    const noticeId = await review(
      stage,
      demand.id,
      addDays(`${year - 1}-07-20`, Math.floor(fraction(`${organ.name} ${year} review`) * 30)),
      true,
    )
    if (noticeId) await acknowledge(stage, organ, noticeId, `${year - 1}-08-26`)
  }
  const money = {
    proposedOn: `${year - 1}-09-20`,
    controlOn: `${year - 1}-11-10`,
    draftedOn: `${year - 1}-12-05`,
    repliedOn: `${year}-01-20`,
  }
  const authorityPlan = await makePlan(stage, cycleId, stage.authority, 'authority', `${year - 1}-09-05`)
  if (authorityPlan) {
    await budgetOf(stage, authorityPlan, stage.authority, 'authority', money, 0.97)
    await bringIntoForce(stage, authorityPlan, stage.authority, 'authority', `${year}-01-25`)
  }
  for (const organ of stage.organs) {
    const planId = await makePlan(stage, cycleId, organ, 'organ', `${year - 1}-09-08`).catch(ignoreNothingToPlan)
    if (!planId) continue
    await budgetOf(stage, planId, organ, 'organ', money, fraction(`${organ.name} cut`) < 0.3 ? 0.96 : 1)
    await bringIntoForce(stage, planId, organ, 'organ', `${year}-01-25`)
  }
}

/** An organ whose matters are all centralised has no plan of its own. */
function ignoreNothingToPlan(error: unknown): null {
  if ((error as { refusals?: { code: string }[] }).refusals?.some(({ code }) => code === 'nothing-reviewed'))
    return null
  throw error
}

async function finishedYear(act: Act, code: string, year: number): Promise<string> {
  const stage = await stageOf(act, code)
  await loadHoldings(stage, `${year}-12-31`)
  await planYear(stage, year)
  for (const organ of stage.organs) await spend(stage, organ, year, `${year}-12-31`)
  const ordinary = stage.organs.filter(({ parts }) => parts.length === 0)
  for (const organ of stage.organs) {
    const day = addDays(`${year + 1}-03-02`, Math.floor(fraction(`${organ.name} report`) * 24))
    // One came late; one was sent back in the last days of the term and never came again.
    const on = organ === ordinary[1] ? `${year + 1}-04-07` : organ === ordinary[6] ? `${year + 1}-03-25` : day
    await report(stage, organ, year, on, organ === ordinary[6] ? 'returned' : 'received').catch(ignoreNoPlan)
  }
  await consolidatedReport(stage, year, `${year + 1}-05-20`)
  await askForClosing(stage, year, addDays(act.today, -6))
  return `${stage.organs.length}个机关`
}

function ignoreNoPlan(error: unknown): void {
  if ((error as { refusals?: { code: string }[] }).refusals?.some(({ code }) => code === 'no-plan')) return
  throw error
}

async function runningYear(act: Act, code: string, year: number): Promise<string> {
  const stage = await stageOf(act, code)
  await loadHoldings(stage, `${year - 1}-12-31`)
  await planYear(stage, year)
  const buyers = buyersOf(stage)
  for (const organ of stage.organs) await spend(stage, organ, year, act.today, buyers.includes(organ) ? ['N09'] : [])
  await adjustments(stage, year, act.today)
  return `${stage.organs.length}个机关`
}

/** Adjustments in every state of the clock: filed in time, counting, nearly over. */
async function adjustments(stage: Stage, year: number, today: string): Promise<void> {
  const calendar = await currentCalendar(stage.act.tx)
  const ordinary = stage.organs.filter(({ parts }) => parts.length === 0)
  const before = (workdays: number) => {
    for (let back = workdays; ; back++)
      if (addWorkdays(addDays(today, -back), workdays, calendar) <= today) return addDays(today, -back)
  }
  const flood = {
    type: 'emergency',
    cause: '强降雨造成办公区进水，应急抢修和临时转移支出增加',
    document: '市防汛抗旱指挥部第3号令',
    moveFen: 3_000_000,
  }
  const policy = {
    type: 'policy-change',
    cause: '落实新出台的差旅费标准，差旅支出结构变化',
    document: '财行〔2026〕18号',
    moveFen: 2_000_000,
  }
  const cases = [
    { organ: ordinary[0], back: 30, filedAfter: 5, what: flood },
    { organ: ordinary[1], back: 6, filedAfter: 3, what: policy },
    { organ: ordinary[2], back: 11, filedAfter: null, what: flood },
    { organ: ordinary[3], back: 2, filedAfter: null, what: policy },
    { organ: ordinary[4], back: 19, filedAfter: null, what: flood },
    // Into reception: finance must approve before the ledger moves (PLAN-R15, R16).
    {
      organ: ordinary[5],
      back: 4,
      filedAfter: 1,
      what: {
        ...policy,
        cause: '承办全省现场会，公务接待批次增加',
        document: '省政府办公厅会议通知',
        moveFen: 500_000,
        toCode: '30217',
      },
    },
  ]
  for (const { organ, back, filedAfter, what } of cases) {
    const on = before(back)
    if (!organ || on < `${year}-02-01`) continue
    await adjust(stage, organ, year, on, filedAfter === null ? null : addWorkdays(on, filedAfter, calendar), what)
  }
}

/** Some organs still fill in, some have sent, some were sent back, some are reviewed and have their notice. */
async function demandSeason(act: Act, code: string, year: number): Promise<string> {
  const stage = await stageOf(act, code)
  const { today } = act
  const opensOn = addDays(today, -60)
  const closesOn = earlier(addDays(today, 7), `${year - 1}-12-15`)
  const { demands } = await openYear(stage, year, {
    opensOn,
    closesOn,
    reviewUntil: earlier(addDays(today, 22), `${year - 1}-12-25`),
    planUntil: earlier(addDays(today, 34), `${year - 1}-12-30`),
  })
  let submitted = 0
  for (const [index, organ] of stage.organs.entries()) {
    const demand = demands.get(organ.id)
    if (!demand) continue
    // The organ whose people stand on the sign-in page is in the middle of filling in.
    const place = organ.name.includes('教育') ? 9 : (index * 7) % 10
    const day = addDays(opensOn, 20 + (index % 20))
    const sent = await apply(stage, organ, demand, year, day, place < 7)
    if (sent) submitted++
    if (sent && place < 3) {
      const noticeId = await review(stage, demand.id, addDays(day, 8), true)
      if (noticeId && place === 0) await acknowledge(stage, organ, noticeId, addDays(day, 11))
    } else if (sent && place === 3) await review(stage, demand.id, addDays(day, 8), false)
    else if (sent && place === 4) await sendBack(stage, demand.id, addDays(today, -2))
  }
  return `${submitted}个机关已提交，距截止${Math.max(0, daysBetween(today, closesOn))}天`
}

/** One organ is overdue, one came late and is under review; the others draw up plans and ask finance for the money. */
async function planningSeason(act: Act, code: string, year: number): Promise<string> {
  const stage = await stageOf(act, code)
  const { today } = act
  const ago = (days: number) => addDays(today, -days)
  const { cycleId, demands } = await openYear(stage, year, {
    opensOn: ago(75),
    closesOn: ago(33),
    reviewUntil: earlier(addDays(today, 3), `${year - 1}-12-25`),
    planUntil: earlier(addDays(today, 20), `${year - 1}-12-30`),
  })
  const ordinary = stage.organs.filter(({ parts, name }) => parts.length === 0 && !name.includes('教育'))
  const [overdue, late, ...rest] = ordinary.toReversed()
  const reviewed = []
  for (const [index, organ] of stage.organs.entries()) {
    const demand = demands.get(organ.id)
    if (!demand) continue
    const on = organ === late ? ago(9) : ago(60 - (index % 20))
    if (!(await apply(stage, organ, demand, year, on, organ !== overdue)) || organ === late) continue
    const noticeId = await review(stage, demand.id, ago(28 - (index % 8)), true)
    if (noticeId && organ !== rest[0]) await acknowledge(stage, organ, noticeId, ago(16))
    reviewed.push(organ)
  }
  const planned = new Map<string, string>()
  for (const [index, organ] of reviewed.entries()) {
    // The notice of one is not even taken note of; others have a draft, or one that waits for signature.
    if (organ === rest[0]) continue
    const until = index % 5 === 3 ? 'drafted' : index % 5 === 4 ? 'sent' : 'issued'
    const planId = await makePlan(stage, cycleId, organ, 'organ', ago(14), until).catch(ignoreNothingToPlan)
    if (planId && until === 'issued') planned.set(planId, organ.id)
  }
  await makePlan(stage, cycleId, stage.authority, 'authority', ago(4), 'sent')
  for (const [index, [planId, organId]] of [...planned].entries()) {
    const organ = stage.organs.find(({ id }) => id === organId)
    if (!organ) continue
    // First proposals, control figures and drafts, so that organs and finance both have something to answer.
    const days = [
      { proposedOn: ago(10) },
      { proposedOn: ago(10), controlOn: ago(5) },
      { proposedOn: ago(10), controlOn: ago(6), draftedOn: ago(2) },
    ][index % 4]
    if (days) await budgetOf(stage, planId, organ, 'organ', days, index % 2 === 0 ? 1 : 0.95)
  }
  return `${reviewed.length}个机关已审结，${planned.size}个机关的计划已下达`
}

const earlier = (date: string, latest: string) => (date < latest ? date : latest)
