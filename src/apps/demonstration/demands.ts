import { addDays } from '#kernel/pure/local-date.ts'
import { headcountOn, type OrganRow } from '#modules/organs/offers.ts'
import { actions } from '#modules/plans/actions.ts'
import { contract } from '#modules/plans/contract.ts'
import { saveHolding } from '#modules/plans/store/holding.ts'
import { as, needed, somebody, type Stage } from './cast.ts'
import { fraction, holdingsOf, wishesOf, type Wisher } from './wishes.ts'

/** Demands 需求申请 of the demonstration: applied for, reviewed, sent back, acknowledged. */
const plans = { contract, actions }

export type CycleDates = { opensOn: string; closesOn: string; reviewUntil: string; planUntil: string }

/** An organ as its demands are drawn up. */
export async function wisherOf({ act, authority }: Stage, organ: OrganRow): Promise<Wisher> {
  const posts = (await headcountOn(act.tx, [organ.id], act.today)).get(organ.id) ?? []
  return {
    id: organ.id,
    name: organ.name,
    staff: posts.reduce((sum, { inPost }) => sum + inPost, 0),
    level: organ.level,
    isAuthority: organ.id === authority.id,
    tradeUnion: organ.tradeUnion,
  }
}

/** What every organ reports to have (配置现状); those with a register are counted by their cards, vehicles apart. */
export async function loadHoldings(stage: Stage, asOf: string): Promise<void> {
  for (const organ of stage.organs)
    for (const holding of holdingsOf(await wisherOf(stage, organ)))
      await saveHolding(stage.act.tx, organ.id, holding, asOf)
}

type Demand = { id: string; organId: string; version: number }

/** Opens the year and lets organs apply: all of them, or as `until` says. */
export async function openYear(
  stage: Stage,
  year: number,
  dates: CycleDates,
): Promise<{ cycleId: string; demands: Map<string, Demand> }> {
  const reviewer = await needed(stage, stage.authority, 'plan-reviewer')
  const calendar = {
    demandOpensOn: dates.opensOn,
    demandClosesOn: dates.closesOn,
    reviewUntil: dates.reviewUntil,
    planUntil: dates.planUntil,
  }
  const cycle = await as(
    plans,
    'openCycle',
    stage,
    { actor: reviewer, at: dates.opensOn },
    { year, calendar, standardsOn: dates.opensOn },
  )
  const page = await as(plans, 'demands', stage, { actor: reviewer, at: dates.opensOn }, { year, limit: 200 })
  return { cycleId: cycle.id, demands: new Map(page.items.map((demand: Demand) => [demand.organId, demand])) }
}

/** The clerk fills in the application and asks the public warehouse; `submit` sends it to the authority. */
export async function apply(
  stage: Stage,
  organ: OrganRow,
  demand: Demand,
  year: number,
  on: string,
  submit: boolean,
): Promise<boolean> {
  const clerk = await somebody(stage, organ, 'organ-clerk', 'organ-head')
  if (!clerk) return false
  const who = { actor: clerk, at: on }
  const lines = wishesOf(await wisherOf(stage, organ), year)
  const kept = submit ? lines : lines.slice(0, 4)
  const contact = `${clerk.name} 0351-${String(4_000_000 + Math.floor(fraction(organ.name) * 900_000))}`
  const saved = await as(plans, 'saveDemand', stage, who, {
    demandId: demand.id,
    contact,
    declaredNotSecret: submit,
    lines: kept,
    version: demand.version,
  })
  const things = saved.lines.filter(
    (line: { needKind: string; standardCode: string | null }) => line.needKind === 'N09' && line.standardCode !== null,
  )
  if (things.length > 0)
    await as(plans, 'queryStore', stage, who, {
      demandId: demand.id,
      lineIds: things.map(({ id }: { id: string }) => id),
    })
  if (!submit) return false
  const view = await as(plans, 'viewDemand', stage, who, { demandId: demand.id })
  await as(
    plans,
    'submitDemand',
    stage,
    { actor: clerk, at: addDays(on, 1) },
    { demandId: demand.id, version: view.demand.version },
  )
  return true
}

/** The reviewer takes the proposals over; where they are not clear, decides as the engine proposes with a word of reason. */
export async function review(stage: Stage, demandId: string, on: string, close: boolean): Promise<string | null> {
  const actor = await needed(stage, stage.authority, 'plan-reviewer')
  const who = { actor, at: on }
  await as(plans, 'viewReview', stage, who, { demandId })
  await as(plans, 'acceptProposals', stage, who, { demandId, onlyWithoutFindings: true })
  if (!close) return null
  const { lines } = await as(plans, 'viewReview', stage, who, { demandId })
  for (const { line, proposal, decision } of lines) {
    if (decision !== null) continue
    const grown = proposal.findings.some(({ rule }: { rule: string }) => rule === 'PLAN-GROWTH')
    const cutFen =
      grown && ['O1', 'O6'].includes(proposal.opinion)
        ? Math.round((proposal.amountFen * 0.85) / 10_000) * 10_000
        : proposal.amountFen
    const cut = cutFen > 0 && cutFen < proposal.amountFen
    await as(plans, 'decideLine', stage, who, {
      lineId: line.id,
      opinion: cut ? 'O2' : proposal.opinion,
      quantity: proposal.quantity,
      amountFen: cut ? cutFen : proposal.amountFen,
      reason: cut ? '较上年增长偏高，按厉行节约的要求核减15%。' : `${proposal.reason}经核实，需求合理。`,
    })
  }
  const view = await as(plans, 'viewReview', stage, who, { demandId })
  const { notice } = await as(
    plans,
    'closeReview',
    stage,
    { actor, at: addDays(on, 1) },
    { demandId, version: view.demand.version },
  )
  return notice?.id ?? null
}

export async function sendBack(stage: Stage, demandId: string, on: string): Promise<void> {
  const actor = await needed(stage, stage.authority, 'plan-reviewer')
  const { demand } = await as(plans, 'viewDemand', stage, { actor, at: on }, { demandId })
  await as(
    plans,
    'returnDemand',
    stage,
    { actor, at: on },
    { demandId, version: demand.version, opinion: '差旅费和培训费请补充测算依据；物业管理费请附现行合同。' },
  )
}

export async function acknowledge(stage: Stage, organ: OrganRow, noticeId: string, on: string): Promise<void> {
  const clerk = await somebody(stage, organ, 'organ-clerk', 'organ-head')
  if (clerk) await as(plans, 'acknowledgeNotice', stage, { actor: clerk, at: on }, { noticeId })
}
