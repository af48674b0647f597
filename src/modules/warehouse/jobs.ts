import { notify, wasTold } from '#kernel/server/cases/notifications.ts'
import type { Act } from '#kernel/server/context.ts'
import type { JobHandlers } from '#kernel/server/jobs.ts'
import { record, recordAll } from '#kernel/server/record.ts'
import { longIdle, longIdleCards } from '#modules/assets/offers.ts'
import { authoritiesBelow, jurisdictionByCode } from '#modules/organs/offers.ts'
import { standardTable } from '#modules/standards/offers.ts'
import { figureFor, lineage, type StandardTable } from '#modules/standards/rules/in-force.ts'
import { monthsLater } from '#modules/standards/rules/terms.ts'
import { warehouseStandards, workCalendar } from './actions/access.ts'
import { endIfClear, openClearance, tellAuthorityOf, tellOrganOf } from './actions/clearing.ts'
import { tellAsking, tellAuthority } from './actions/telling.ts'
import { triggerLabels } from './model.ts'
import { reviewerRoles, warehouseRoles } from './policy.ts'
import { loanStanding } from './rules/lending.ts'
import { flagLoans, lateLoans, type RequestRow } from './store/request.ts'
import { waitingLong } from './store/level.ts'
import { endUseOfGone } from './store/body.ts'
import { accountedCards, changeClearance, idleTasksSince, lateClearances, settleByRegister } from './store/clearance.ts'

export const jobs: JobHandlers = {
  'warehouse.clearances': {
    title: '闲置、遗留资产清理',
    cron: '30 8 * * *',
    run: async ({ transact }) => {
      const settled = await transact(settleFromRegister)
      const opened = await transact(openIdleTasks)
      return { settled, opened, flagged: await transact(flagLate), stopped: await transact(flagStoppedLoans) }
    },
  },
  'warehouse.long-waiting': {
    title: '长期在仓物品提醒',
    cron: '40 8 * * *',
    run: async ({ transact }) => ({ told: await transact(tellOfLongWaiting) }),
  },
}

/** Things that were disposed of, went to another organ or are in use again are cleared away. @returns tasks looked at */
export async function settleFromRegister(act: Act): Promise<number> {
  await endUseOfGone(act.tx, act.today)
  const concerned = await settleByRegister(act.tx, act.today)
  await endIfClear(act, concerned)
  return concerned.length
}

/**
 * GWC-R02, AST-R23, EQ-12: an organ with things idle for half a year has the task to hand them in or to say why not; new ones
 * are put into a task once a month. What it said it needs is not asked about again for as long.
 * @returns how many tasks were opened
 */
export async function openIdleTasks(act: Act): Promise<number> {
  const { tx, today } = act
  const table = await standardsOfTop(act)
  if (table === null) return 0
  const half = figureFor(table, 'warehouse.idle-term', 'term').value.amount
  const since = monthsLater(today, -half)
  const owing = await longIdle(tx, since)
  const asked = await idleTasksSince(
    tx,
    owing.map(({ organId }) => organId),
    monthsLater(today, -1),
  )
  let opened = 0
  for (const { organId, jurisdictionCode } of owing) {
    if (asked.has(organId)) continue
    const accounted = await accountedCards(tx, organId, since)
    const cards = (await longIdleCards(tx, organId, since)).filter(({ cardId }) => !accounted.has(cardId))
    const [first] = cards.map((card) => card.since).toSorted()
    if (first === undefined) continue
    const clearance = await openClearance(act, {
      organ: { id: organId, jurisdictionCode },
      trigger: 'G1',
      triggeredOn: monthsLater(first, half),
      clockFrom: today,
      bodyId: null,
      document: '',
      reason: triggerLabels.G1,
      things: cards,
    })
    await tellOrganOf(
      act,
      clearance,
      `本机关${cards.length}件资产闲置满半年，请于${clearance.dueOn}前申请入公物仓，或说明留用理由（${clearance.number}）。`,
    )
    opened++
  }
  return opened
}

/** GWC-R02, R03: what is still open the day after the last is flagged to the authority, with the number of things; once. */
export async function flagLate(act: Act): Promise<number> {
  const late = await lateClearances(act.tx, act.today)
  for (const clearance of late) {
    const { organName, number, dueOn, open, trigger, bodyName } = clearance
    await changeClearance(act.tx, clearance.id, { flaggedOn: act.today })
    await record(act, 'warehouse.clearance-overdue', {
      subject: { kind: 'warehouse.clearance', id: clearance.id },
      organId: clearance.organId,
      after: { number, dueOn, open },
    })
    const what = bodyName === '' ? triggerLabels[trigger] : `“${bodyName}”撤销、结束`
    await tellAuthorityOf(act, clearance, `${organName}${what}，应于${dueOn}前清理完毕，逾期未处理${open}件，请督办。`)
    await tellOrganOf(act, clearance, `清理任务${number}应于${dueOn}前办结，已逾期，还有${open}件资产未处理。`)
  }
  return late.length
}

/**
 * GWC-R07: once a loan is late by the working days of `warehouse.overdue-stop`, the authority is told that nothing more is
 * lent to the organ; once. What is late by less its organ is reminded of by the clock of the case.
 * @returns how many loans were flagged
 */
export async function flagStoppedLoans(act: Act): Promise<number> {
  const { tx, today } = act
  const calendar = await workCalendar(act)
  const tables = new Map<string, StandardTable>()
  const stopped: RequestRow[] = []
  for (const loan of await lateLoans(tx, today)) {
    const { jurisdictionCode, dueOn } = loan
    const table = tables.get(jurisdictionCode) ?? (await warehouseStandards(act, jurisdictionCode))
    tables.set(jurisdictionCode, table)
    if (dueOn === null || loanStanding(table, dueOn, today, calendar).state !== 'stopped') continue
    stopped.push(loan)
    const { daysLate } = loanStanding(table, dueOn, today, calendar)
    const said = `${loan.organName}借用${loan.number}应于${dueOn}归还，已逾期${daysLate}天，已停止向该机关出借`
    await tellAuthority(act, loan, `${said}，请督办。`)
    await tellAsking(
      act,
      loan,
      `借用${loan.number}应于${dueOn}归还，已逾期${daysLate}天，归还前不能再借用，请立即归还。`,
    )
  }
  await flagLoans(
    tx,
    stopped.map(({ id }) => id),
    today,
  )
  await recordAll(
    act,
    stopped.map(({ id, organId, number, dueOn }) => ({
      fact: 'warehouse.loan-overdue',
      subject: { kind: 'warehouse.request', id },
      organId,
      after: { number, dueOn },
    })),
  )
  return stopped.length
}

/**
 * What nobody of the level wanted for a year is offered to the levels below, what waited for two years is to be disposed of
 * (facts 3.2); each is told once a month. @returns how many authorities were told
 */
export async function tellOfLongWaiting(act: Act): Promise<number> {
  const { tx, today } = act
  const month = today.slice(0, 7)
  const table = await standardsOfTop(act)
  if (table === null) return 0
  const monthsOf = (code: string) => figureFor(table, code, 'term').value.amount
  const [second, last] = [monthsOf('warehouse.second-round'), monthsOf('warehouse.disposal-list')]
  let told = 0
  for (const { jurisdictionCode, items } of await waitingLong(tx, monthsLater(today, -second), today)) {
    const name = (await jurisdictionByCode(tx, jurisdictionCode, today))?.name ?? jurisdictionCode
    const link = `/warehouse/levels/stock?jurisdictionCode=${jurisdictionCode}&month=${month}`
    if (await wasTold(tx, link, '')) continue
    const text = `${name}公物仓有${items}件物品在仓满${second}个月无人调用，需要的可商请调剂。`
    for (const authority of await authoritiesBelow(tx, jurisdictionCode, today)) {
      // Each level offers to the next one; what a city does not want it offers on itself.
      if (lineage(authority.jurisdictionCode)[1] !== jurisdictionCode) continue
      await notify(act, { organId: authority.id, roles: reviewerRoles, link, text })
      told++
    }
  }
  for (const { jurisdictionCode, items } of await waitingLong(tx, monthsLater(today, -last), today)) {
    const link = `/warehouse/items?stay=disposal-list&month=${month}`
    const authority = await act.directory.partyOrgan(tx, jurisdictionCode, 'authority', today)
    const text = `${items}件物品在仓满${last}个月，请列入处置。`
    if (authority === null || (await wasTold(tx, link, text))) continue
    await notify(act, { organId: authority.id, roles: warehouseRoles, link, text })
    told++
  }
  return told
}

/** Which things are idle or wait long is one question for all levels, by the standards of the highest; null before there is one. */
async function standardsOfTop({ tx, today, directory }: Act): Promise<StandardTable | null> {
  const top = await directory.topAuthority(tx, today)
  return top && standardTable(tx, top.jurisdictionCode, today, ['warehouse.'])
}
