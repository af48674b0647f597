import type { JobWork } from '#kernel/server/jobs.ts'
import { actions as planActions } from '#modules/plans/actions.ts'
import { contract as planContract } from '#modules/plans/contract.ts'
import { calling, inActOf, today } from '#modules/warehouse/testing/warehouse-stage.ts'
import { actions } from '../actions.ts'
import { contract } from '../contract.ts'
import { jobs } from '../jobs.ts'
import { proposalsOf } from '../store/proposal.ts'

/** Stands on the warehouse's stage: its organs, people, store and shelf. */
export const plans = calling(planContract, planActions)
export const matching = calling(contract, actions)

/** A cycle of the reviewer's level whose window is open today. */
export const openCycle = (year = 2027, who = 'planner') =>
  plans(who, 'openCycle', {
    year,
    calendar: {
      demandOpensOn: '2026-11-01',
      demandClosesOn: '2026-12-05',
      reviewUntil: '2026-12-20',
      planUntil: '2026-12-31',
    },
    standardsOn: '2026-11-01',
  })

/** What the organ of somebody asks for, as it hands it in: desktops unless said otherwise. */
export async function handIn(
  who: string,
  lines: readonly { quantity: number; unitPriceFen?: number; existing?: number }[],
  year = 2027,
) {
  const { items } = await plans(who, 'demands', { year })
  const demand = items[0]
  if (!demand) throw new Error(`no demand for ${who}`)
  const saved = await plans(who, 'saveDemand', {
    demandId: demand.id,
    contact: '王丽娟 0351-4000000',
    declaredNotSecret: true,
    version: demand.version,
    lines: lines.map(({ quantity, unitPriceFen = 480_000, existing = 0 }) => ({
      id: null,
      needKind: 'N09' as const,
      itemName: '台式计算机',
      standardCode: 'item.desktop',
      economicCode: '31002',
      quantity,
      unit: '台',
      unitPriceFen,
      amountFen: quantity * unitPriceFen,
      neededMonth: 4,
      existingQuantity: existing,
      usableQuantity: existing,
      disposingQuantity: 0,
      replacement: null,
      reason: '新录用人员办公配备',
      note: '',
    })),
  })
  await plans(who, 'queryStore', { demandId: demand.id, lineIds: saved.lines.map(({ id }) => id) })
  const view = await plans(who, 'viewDemand', { demandId: demand.id })
  return plans(who, 'submitDemand', { demandId: demand.id, version: view.demand.version })
}

/** The proposal of a cycle that is still to be reckoned. */
export const pendingOf = (cycleId: string, who = 'planner') =>
  inActOf(who, async ({ tx }) => (await proposalsOf(tx, cycleId)).pending?.id ?? null)

/** What the queue does with a proposal that was asked for. */
export async function reckon(proposalId: string | null, who = 'planner'): Promise<unknown> {
  const work: JobWork = {
    runId: 'run',
    data: { proposalId },
    transact: (doing) => inActOf(who, doing),
    progress: async () => {},
  }
  return jobs['matching.propose']?.run(work)
}

/** The cycle's proposal reckoned anew, with all its lines. */
export async function proposed(cycleId: string, who = 'planner') {
  await matching(who, 'propose', { cycleId })
  await reckon(await pendingOf(cycleId, who), who)
  const view = await matching(who, 'viewCycle', { cycleId })
  if (view.proposal === null) throw new Error('nothing was proposed')
  const { items } = await matching(who, 'lines', { proposalId: view.proposal.id })
  return { view, proposal: view.proposal, lines: items }
}

export { today }
