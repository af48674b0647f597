import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, mayOf, provided } from '#kernel/pure/verdict.ts'
import { openCase } from '#kernel/server/cases/engine.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { Conflict, found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { officeOrgan } from '#kernel/server/office.ts'
import { record } from '#kernel/server/record.ts'
import { ledgerSums } from '#modules/ledger/offers.ts'
import { jurisdictionByCode, organNames, organsOf } from '#modules/organs/offers.ts'
import { demandCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import type { Cycle } from '../model.ts'
import { can, maySeeLevel } from '../policy.ts'
import { mayOpenCycle, notClosed, stillPlanning } from '../rules/cycle.ts'
import { adjustmentCounts, reportCounts } from '../store/overview.ts'
import {
  calendarOf,
  cycleById,
  cycleCounts,
  cycleOf,
  cyclesPage,
  insertCycle,
  lockCycle,
  moneyByKind,
  moveCaseDays,
  saveCycleCalendar,
  standingsPage,
  type CycleRow,
  type StandingRow,
} from '../store/cycle.ts'
import { insertDemands, prefillFromLastYear, saveDemand, demandById } from '../store/demand.ts'
import { homeSummary } from './home.ts'

type CycleActions = Pick<
  ActionsOf<typeof contract>,
  'cycles' | 'openCycle' | 'changeCycleCalendar' | 'viewCycle' | 'standings' | 'remindOrgans' | 'homeSummary'
>

export const cycleActions: CycleActions = {
  async cycles(ctx) {
    const { year, after, limit } = ctx.input
    const rows = await cyclesPage(
      ctx.tx,
      ownJurisdiction(ctx),
      year,
      after === undefined ? undefined : Number(after) || 0,
      limit + 1,
    )
    const page = pageFrom(rows, limit, (last) => String(last.year))
    return { ...page, items: await Promise.all(page.items.map((row) => asCycle(ctx, row))) }
  },

  /** Art. 31, 32: opens the year; every organ of the level finds its demand waiting, prefilled. */
  async openCycle(ctx) {
    const jurisdictionCode = ownJurisdiction(ctx)
    permit(can.openCycle(ctx.actor, { jurisdictionCode }))
    const { year, calendar, standardsOn } = ctx.input
    insist(mayOpenCycle(year, calendar, ctx.today))
    if (await cycleOf(ctx.tx, jurisdictionCode, year)) throw new Conflict('年度周期', `${year}年度的周期已经开启。`)
    const cycle: CycleRow = {
      id: newId(),
      jurisdictionCode,
      year,
      state: 'open',
      ...calendar,
      standardsOn,
      openedOn: ctx.today,
      version: 1,
    }
    await insertCycle(ctx.tx, { ...cycle, openedBy: ctx.actor.personId })
    const organs = await organsOf(ctx.tx, jurisdictionCode, ctx.today)
    const demands = organs.map((organ) => ({
      id: newId(),
      cycleId: cycle.id,
      jurisdictionCode,
      organId: organ.id,
      year,
      number: `XQ-${year}-${organ.budgetCode ?? jurisdictionCode}-0001`,
    }))
    await insertDemands(ctx.tx, demands)
    const carried = await prefillFromLastYear(ctx.tx, cycle.id, year - 1)
    for (const demand of demands) {
      const opened = await openCase(ctx, demandCase, {
        subjectId: demand.id,
        title: `${year}年度需求申请`,
        applicantOrganId: demand.organId,
        jurisdictionCode,
        dueOn: calendar.demandClosesOn,
      })
      await saveDemand(ctx.tx, found(await demandById(ctx.tx, demand.id), '需求申请'), { caseId: opened.id })
    }
    await record(ctx, 'plans.cycle-opened', {
      subject: { kind: 'plans.cycle', id: cycle.id },
      organId: ctx.actor.organ?.id ?? null,
      after: { ...cycle, demands: demands.length, carried },
    })
    return asCycle(ctx, cycle)
  },

  async changeCycleCalendar(ctx) {
    const cycle = found(await lockCycle(ctx.tx, ctx.input.cycleId), '年度周期')
    if (!maySeeLevel(ctx.actor, cycle)) throw new Missing('年度周期')
    permit(can.changeCycle(ctx.actor, cycle))
    insist(allOf(notClosed(cycle), mayOpenCycle(cycle.year, ctx.input.calendar, ctx.today)))
    await saveCycleCalendar(ctx.tx, cycle, ctx.input.calendar)
    await moveCaseDays(ctx.tx, cycle.id, ctx.input.calendar)
    await record(ctx, 'plans.cycle-calendar-changed', {
      subject: { kind: 'plans.cycle', id: cycle.id },
      before: calendarOf(cycle),
      after: ctx.input.calendar,
      basis: ctx.input.reason,
    })
    return asCycle(ctx, found(await cycleById(ctx.tx, cycle.id), '年度周期'))
  },

  async viewCycle(ctx) {
    const cycle = await seenCycle(ctx, ctx.input.cycleId)
    const sums = new Map(
      (await ledgerSums(ctx.tx, ['need-kind'], { jurisdictionCode: cycle.jurisdictionCode, year: cycle.year }))[
        'need-kind'
      ].map((sum) => [sum.key, sum.executedFen]),
    )
    const money = await moneyByKind(ctx.tx, cycle.id)
    const act = mayOf(allOf(can.changeCycle(ctx.actor, cycle), notClosed(cycle)))
    const open = mayOf(
      allOf(
        can.changeCycle(ctx.actor, cycle),
        provided(cycle.state === 'open', { code: 'state', message: '本周期的申报审核已经结束。' }),
      ),
    )
    return {
      cycle: await asCycle(ctx, cycle),
      counts: await cycleCounts(ctx.tx, cycle.id, ctx.today),
      money: money.map((row) => ({ ...row, executedFen: sums.get(row.needKind) ?? 0 })),
      adjustments: await adjustmentCounts(ctx.tx, cycle.jurisdictionCode, cycle.year),
      reports: await reportCounts(ctx.tx, cycle.jurisdictionCode, cycle.year, ctx.today),
      may: { changeCalendar: open, proposeAll: open, draftPlan: act, remind: open },
    }
  },

  async standings(ctx) {
    const { cycleId, state, text, after, limit } = ctx.input
    const cycle = await seenCycle(ctx, cycleId)
    const organs = await organsOf(ctx.tx, cycle.jurisdictionCode, ctx.today)
    const organIds = text ? organs.filter(({ name }) => name.includes(text)).map(({ id }) => id) : undefined
    const rows = await standingsPage(ctx.tx, { cycleId, state, organIds, today: ctx.today }, after, limit + 1)
    return standingPage(ctx, rows, limit)
  },

  async remindOrgans(ctx) {
    const cycle = await seenCycle(ctx, ctx.input.cycleId)
    permit(can.changeCycle(ctx.actor, cycle))
    insist(stillPlanning(cycle))
    const rows = await standingsPage(
      ctx.tx,
      { cycleId: cycle.id, organIds: ctx.input.organIds, today: ctx.today },
      undefined,
      ctx.input.organIds.length,
    )
    const waiting = rows.filter(({ state }) => state === 'draft' || state === 'returned')
    for (const row of waiting)
      await notify(ctx, {
        organId: row.organId,
        roles: ['organ-clerk', 'organ-head'],
        link: `/plans/demands/${row.demandId}`,
        text: ctx.input.text ?? `请尽快提交${cycle.year}年度需求申请，截止${cycle.demandClosesOn}。`,
      })
    await record(ctx, 'plans.organs-reminded', {
      subject: { kind: 'plans.cycle', id: cycle.id },
      after: { organs: waiting.map(({ organId }) => organId) },
    })
    return { reminded: waiting.length }
  },

  homeSummary,
}

/** The cycle, if it belongs to the actor's own jurisdiction; organs see their level's calendar too. */
export async function seenCycle({ tx, actor }: Pick<Act, 'tx' | 'actor'>, cycleId: string): Promise<CycleRow> {
  const cycle = found(await cycleById(tx, cycleId), '年度周期')
  if (!maySeeLevel(actor, cycle)) throw new Missing('年度周期')
  return cycle
}

/** The jurisdiction of somebody in office at an organ; nobody else has plan business. */
export function ownJurisdiction({ actor }: Pick<Act, 'actor'>): string {
  return officeOrgan(actor, '计划业务').jurisdictionCode
}

export async function asCycle({ tx, today }: Pick<Act, 'tx' | 'today'>, row: CycleRow): Promise<Cycle> {
  const { id, jurisdictionCode, year, state, standardsOn, openedOn, version } = row
  const jurisdiction = await jurisdictionByCode(tx, jurisdictionCode, today)
  return {
    id,
    jurisdictionCode,
    jurisdictionName: jurisdiction?.name ?? '',
    year,
    state,
    calendar: calendarOf(row),
    standardsOn,
    openedOn,
    version,
  }
}

/** Rows with the names of their organs, cut to a page. */
export async function standingPage({ tx }: Pick<Act, 'tx'>, rows: readonly StandingRow[], limit: number) {
  const page = pageFrom(rows, limit, ({ demandId }) => demandId)
  const names = await organNames(
    tx,
    page.items.map(({ organId }) => organId),
  )
  return { ...page, items: page.items.map((row) => ({ ...row, organName: names.get(row.organId) ?? '' })) }
}
