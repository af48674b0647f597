import { contract as plans } from '#modules/plans/contract.ts'
import { demandIn, first, keep, kept, opinion, reviewer, type Any, type MainAct } from './world.ts'

/** Demands of the coming year: filled in, handed in, reviewed to the end (Art. 32, 33). */
export const demandActs: readonly MainAct[] = [
  {
    operation: plans.saveDemand,
    username: async (world) => {
      const demand = await demandIn(world, 'draft')
      world.kept.set('demand', demand)
      world.kept.set('demand clerk', await world.clerkOf(demand.organId))
      return kept(world, 'demand clerk')
    },
    input: async (world) => {
      const { id, version } = kept<Any>(world, 'demand')
      const { lines } = (await (await world.as(kept(world, 'demand clerk')))(plans.viewDemand, { demandId: id })).body
      const money = lines.find(({ needKind }) => needKind !== 'N09')
      const line = { ...first(money ? [money] : lines, 'line'), reason: '日常办公需要' } as Any
      for (const name of ['lineNo', 'storeQuery', 'carriedFrom', 'findings', 'outcome']) delete line[name]
      return { demandId: id, version, contact: '王建国 0351-4000000', declaredNotSecret: true, lines: [line] }
    },
    learn: keep('demand', ({ demand }) => demand),
  },
  ...(['submitDemand', 'withdrawDemand', 'submitDemand'] as const).map((name): MainAct => ({
    operation: plans[name],
    username: async (world) => kept(world, 'demand clerk'),
    input: async (world) => ({ demandId: kept<Any>(world, 'demand').id, version: kept<Any>(world, 'demand').version }),
    learn: keep('demand', ({ demand }) => demand),
  })),
  {
    operation: plans.returnDemand,
    username: reviewer,
    input: async (world) => ({
      demandId: kept<Any>(world, 'demand').id,
      version: kept<Any>(world, 'demand').version,
      opinion,
    }),
  },
  {
    operation: plans.remindOrgans,
    username: reviewer,
    input: async (world) => {
      const { cycleId, organId } = kept<Any>(world, 'demand')
      return { cycleId, organIds: [organId], text: '请尽快补正。' }
    },
  },
  {
    operation: plans.acceptProposals,
    username: reviewer,
    input: async (world) => {
      const { id: demandId } = await demandIn(world, 'submitted')
      const ask = await world.as(reviewer)
      await ask(plans.viewReview, { demandId }) // proposals are made by looking
      world.kept.set('reviewed', demandId)
      return { demandId, onlyWithoutFindings: false }
    },
    learn: keep('accepted', ({ accepted }) => accepted),
  },
  {
    operation: plans.undoDecisions,
    username: reviewer,
    input: async (world) => ({
      demandId: kept(world, 'reviewed'),
      lineIds: kept<string[]>(world, 'accepted').slice(0, 1),
    }),
  },
  {
    operation: plans.decideLine,
    username: reviewer,
    input: async (world) => {
      const ask = await world.as(reviewer)
      const { lines } = (await ask(plans.viewReview, { demandId: kept<string>(world, 'reviewed') })).body
      const open = lines.filter(({ decision, proposal }) => decision === null && proposal !== null)
      const decide = ({ line, proposal }: Any) => {
        const { opinion: proposed, quantity, amountFen } = proposal
        return { lineId: line.id, opinion: proposed, quantity, amountFen, reason: `${proposal.reason}${opinion}` }
      }
      for (const one of open.slice(1)) await ask(plans.decideLine, decide(one))
      return decide(first(open, 'line without a decision'))
    },
  },
  {
    operation: plans.closeReview,
    username: reviewer,
    input: async (world) => {
      const { demand } = (
        await (
          await world.as(reviewer)
        )(plans.viewReview, { demandId: kept<string>(world, 'reviewed') })
      ).body
      return { demandId: demand.id, version: demand.version }
    },
    learn: keep('notice', ({ notice }) => notice),
  },
  {
    operation: plans.acknowledgeNotice,
    username: async (world) => world.clerkOf(kept<Any>(world, 'notice').organId),
    input: async (world) => ({ noticeId: kept<Any>(world, 'notice').id }),
  },
  {
    operation: plans.proposeAll,
    username: reviewer,
    input: async (world) => ({ cycleId: kept<Any>(world, 'demand').cycleId }),
  },
  {
    operation: plans.openCycle,
    username: reviewer,
    input: async () => ({
      year: 2028,
      calendar: {
        demandOpensOn: '2026-11-20',
        demandClosesOn: '2026-12-20',
        reviewUntil: '2027-01-20',
        planUntil: '2027-02-20',
      },
      standardsOn: '2026-11-20',
    }),
  },
]
