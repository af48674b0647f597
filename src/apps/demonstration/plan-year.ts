import type { Actor } from '#kernel/pure/actor.ts'
import { addDays } from '#kernel/pure/local-date.ts'
import { headcountOn, type OrganRow } from '#modules/organs/offers.ts'
import { actions as budgetActions } from '#modules/budget/actions.ts'
import { contract as budgetContract } from '#modules/budget/contract.ts'
import { actions as ledgerActions } from '#modules/ledger/actions.ts'
import { contract as ledgerContract } from '#modules/ledger/contract.ts'
import { actions as planActions } from '#modules/plans/actions.ts'
import { contract as planContract } from '#modules/plans/contract.ts'
import { saveHolding } from '#modules/plans/store/demand.ts'
import { as, somebody, type Stage } from './cast.ts'
import { fraction, holdingsOf, wishesOf, type Wisher } from './wishes.ts'

const plans = { contract: planContract, actions: planActions }
const budget = { contract: budgetContract, actions: budgetActions }
const ledger = { contract: ledgerContract, actions: ledgerActions }

export type CycleDates = { opensOn: string; closesOn: string; reviewUntil: string; planUntil: string }

async function wisherOf({ act, authority }: Stage, organ: OrganRow): Promise<Wisher> {
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

/** What every organ has, as its register would tell (配置现状). */
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

/** Drafts, signs and issues a plan: the authority's, or an organ's own. @returns its id */
export async function makePlan(
  stage: Stage,
  cycleId: string,
  organ: OrganRow,
  kind: 'authority' | 'organ',
  on: string,
): Promise<string | null> {
  const drafter =
    kind === 'authority'
      ? await needed(stage, organ, 'plan-reviewer')
      : await somebody(stage, organ, 'organ-clerk', 'plan-reviewer')
  const signer = await somebody(stage, organ, 'organ-head', 'authority-leader')
  if (!drafter || !signer) return null
  const who = { actor: drafter, at: on }
  const { plan } = await as(plans, 'draftPlan', stage, who, { cycleId, organId: organ.id, kind })
  const sent = await as(plans, 'submitPlan', stage, who, { planId: plan.id, version: plan.version })
  await as(
    plans,
    'issuePlan',
    stage,
    { actor: signer, at: addDays(on, 2) },
    { planId: plan.id, version: sent.plan.version, opinion: '同意下达。' },
  )
  return plan.id
}

/** Two ups and two downs; finance gives `share` of what was proposed. */
export async function budgetOf(
  stage: Stage,
  planId: string,
  owner: OrganRow,
  kind: 'authority' | 'organ',
  dates: { proposedOn: string; controlOn: string; draftedOn: string; repliedOn: string },
  share: number,
): Promise<void> {
  const clerk =
    kind === 'authority'
      ? await needed(stage, owner, 'plan-reviewer')
      : await needed(stage, owner, 'organ-clerk', 'plan-reviewer')
  const finance = await needed(stage, stage.finance, 'finance-reviewer')
  const made = await as(budget, 'makeBudget', stage, { actor: clerk, at: dates.proposedOn }, { planId })
  const proposed = await as(
    budget,
    'proposeBudget',
    stage,
    { actor: clerk, at: dates.proposedOn },
    { budgetId: made.budget.id, version: made.budget.version },
  )
  const totalFen = Math.floor((proposed.budget.proposedFen * share) / 10_000) * 10_000
  const year = made.budget.year as number
  const controlled = await as(
    budget,
    'setControlFigures',
    stage,
    { actor: finance, at: dates.controlOn },
    {
      budgetId: made.budget.id,
      version: proposed.budget.version,
      totalFen: share === 1 ? proposed.budget.proposedFen : totalFen,
      document: `财预〔${year - 1}〕${made.budget.id.slice(-3).toUpperCase()}号`,
    },
  )
  const drafted = await as(
    budget,
    'draftBudget',
    stage,
    { actor: clerk, at: dates.draftedOn },
    {
      budgetId: made.budget.id,
      version: controlled.budget.version,
      lines: controlled.lines.map(({ id, draftedFen }: { id: string; draftedFen: number }) => ({
        lineId: id,
        amountFen: draftedFen,
      })),
    },
  )
  await as(
    budget,
    'approveBudget',
    stage,
    { actor: finance, at: dates.repliedOn },
    {
      budgetId: made.budget.id,
      version: drafted.budget.version,
      document: `财预批〔${year}〕${made.budget.id.slice(-3).toUpperCase()}号`,
      repliedOn: dates.repliedOn,
      // What may only fall (三公) rises only with its ground named in the reply (PLAN-R16).
      ...(drafted.findings.some(({ outcome }: { outcome: string }) => outcome === 'needs-approval')
        ? { opinion: `依据本级政府常务会议纪要〔${year}〕2号批准。` }
        : {}),
    },
  )
}

export async function bringIntoForce(
  stage: Stage,
  planId: string,
  owner: OrganRow,
  kind: 'authority' | 'organ',
  on: string,
): Promise<void> {
  const clerk =
    kind === 'authority'
      ? await needed(stage, owner, 'plan-reviewer')
      : await needed(stage, owner, 'organ-clerk', 'plan-reviewer')
  const { plan } = await as(plans, 'viewPlan', stage, { actor: clerk, at: on }, { planId })
  await as(plans, 'bringIntoForce', stage, { actor: clerk, at: on }, { planId, version: plan.version })
}

/** Spends what the plan of an organ holds over the year up to `until`: some lines nearly whole, some behind. */
export async function spend(stage: Stage, owner: OrganRow, year: number, until: string): Promise<void> {
  const clerk = await somebody(stage, owner, 'organ-clerk', 'plan-reviewer')
  if (!clerk) return
  const { items } = await as(
    ledger,
    'lines',
    stage,
    { actor: clerk, at: until },
    { year, organId: owner.id, limit: 200 },
  )
  const lastMonth = until >= `${year}-12-31` ? 12 : Number(until.slice(5, 7))
  for (const line of items as {
    id: string
    number: string
    itemName: string
    plannedFen: number
    holderOrganId: string
  }[]) {
    if (line.holderOrganId !== owner.id) continue
    const share = (0.78 + fraction(`${line.number} spent`) * 0.215) * (lastMonth / 12)
    const parts = 1 + Math.floor(fraction(`${line.number} parts`) * 3)
    for (let part = 1; part <= parts; part++) {
      const month = Math.max(2, Math.round((lastMonth * part) / parts))
      const on = `${year}-${String(month).padStart(2, '0')}-${String(5 + Math.floor(fraction(`${line.number} ${part}`) * 20)).padStart(2, '0')}`
      const amountFen = Math.floor((line.plannedFen * share) / parts / 100) * 100
      if (on > until || amountFen <= 0) continue
      await as(
        ledger,
        'execute',
        stage,
        { actor: clerk, at: on },
        {
          lineId: line.id,
          amountFen,
          quantity: 0,
          note: `${line.itemName}第${part}次支付`,
          document: `记${String(month).padStart(2, '0')}-${String(Math.floor(fraction(`${line.number}${part}v`) * 900) + 100)}`,
          occurredOn: on,
        },
      )
    }
  }
}

/** The execution report of an organ, sent in March; `receive` by the authority. */
export async function report(stage: Stage, owner: OrganRow, year: number, on: string, receive: boolean): Promise<void> {
  const clerk = await somebody(stage, owner, 'organ-clerk', 'plan-reviewer')
  const head = await somebody(stage, owner, 'organ-head', 'authority-leader')
  if (!clerk || !head) return
  const who = { actor: clerk, at: on }
  const drafted = await as(plans, 'draftReport', stage, who, { year, kind: 'organ' })
  const signed = await as(
    plans,
    'signReport',
    stage,
    { actor: head, at: addDays(on, 1) },
    { reportId: drafted.report.id, version: drafted.report.version },
  )
  const sent = await as(
    plans,
    'sendReport',
    stage,
    { actor: clerk, at: addDays(on, 2) },
    { reportId: drafted.report.id, version: signed.report.version },
  )
  if (!receive) return
  const reviewer = await needed(stage, stage.authority, 'plan-reviewer')
  await as(
    plans,
    'receiveReport',
    stage,
    { actor: reviewer, at: addDays(on, 4) },
    { reportId: drafted.report.id, version: sent.report.version },
  )
}

export async function consolidatedReport(stage: Stage, year: number, on: string): Promise<void> {
  const reviewer = await needed(stage, stage.authority, 'plan-reviewer')
  const leader = await needed(stage, stage.authority, 'authority-leader')
  const drafted = await as(plans, 'draftReport', stage, { actor: reviewer, at: on }, { year, kind: 'consolidated' })
  const signed = await as(
    plans,
    'signReport',
    stage,
    { actor: leader, at: addDays(on, 3) },
    { reportId: drafted.report.id, version: drafted.report.version },
  )
  await as(
    plans,
    'sendReport',
    stage,
    { actor: reviewer, at: addDays(on, 4) },
    { reportId: drafted.report.id, version: signed.report.version, copyToFinance: true },
  )
}

/** An organ moves money between two of its lines after the fact; filed or not yet. */
export async function adjust(
  stage: Stage,
  owner: OrganRow,
  year: number,
  on: string,
  filedOn: string | null,
  what: {
    type: string
    cause: string
    document: string
    moveFen: number
    /** Economic code the money goes to; within N01 otherwise. */ toCode?: string
  },
): Promise<void> {
  const clerk = await somebody(stage, owner, 'organ-clerk')
  if (!clerk) return
  const { items } = await as(ledger, 'lines', stage, { actor: clerk, at: on }, { year, organId: owner.id, limit: 200 })
  type Line = {
    id: string
    itemName: string
    needKind: string
    economicCode: string
    unit: string
    plannedFen: number
    committedFen: number
    executedFen: number
    plannedQuantity: number
    holderOrganId: string
  }
  const own = (items as Line[]).filter(
    ({ holderOrganId, needKind }) => holderOrganId === owner.id && needKind === 'N01',
  )
  const left = ({ plannedFen, committedFen, executedFen }: Line) => plannedFen - committedFen - executedFen
  const from = own.toSorted((a, b) => left(b) - left(a))[0]
  const to = what.toCode
    ? (items as Line[]).find(
        ({ holderOrganId, economicCode }) => holderOrganId === owner.id && economicCode === what.toCode,
      )
    : own.find(({ id }) => id !== from?.id)
  if (!from || !to) return
  const moveFen = Math.min(what.moveFen, Math.floor(left(from) / 2 / 10_000) * 10_000)
  if (moveFen <= 0) return
  const change = (line: Line, byFen: number) => ({
    lineId: line.id,
    needKind: line.needKind,
    itemName: line.itemName,
    economicCode: line.economicCode,
    unit: line.unit,
    beforeFen: line.plannedFen,
    afterFen: line.plannedFen + byFen,
    beforeQuantity: line.plannedQuantity,
    afterQuantity: line.plannedQuantity,
  })
  const made = await as(
    plans,
    'makeAdjustment',
    stage,
    { actor: clerk, at: on },
    {
      year,
      type: what.type,
      cause: what.cause,
      basisDocument: what.document,
      adjustedOn: on,
      fundSource: '本机关计划内调剂',
      changes: [change(from, -moveFen), change(to, moveFen)],
    },
  )
  if (filedOn)
    await as(
      plans,
      'fileAdjustment',
      stage,
      { actor: clerk, at: filedOn },
      { adjustmentId: made.adjustment.id, version: made.adjustment.version },
    )
}

async function needed(stage: Stage, organ: OrganRow, ...roles: Parameters<typeof somebody>[2][]): Promise<Actor> {
  const actor = await somebody(stage, organ, ...roles)
  if (!actor) throw new Error(`the demonstration has nobody with ${roles.join(' or ')} at ${organ.name}`)
  return actor
}
