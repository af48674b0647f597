import { changeBy } from '#apps/demonstration/execution.ts'
import { contract as budget } from '#modules/budget/contract.ts'
import { contract as ledger } from '#modules/ledger/contract.ts'
import { contract as plans } from '#modules/plans/contract.ts'
import { clerk, first, keep, kept, opinion, reviewer, today, type Any, type MainAct, type World } from './world.ts'

const posting = { occurredOn: '2026-11-20', note: '办公用品' }

async function ownLine(world: World, place: number) {
  const ask = await world.as(clerk)
  const own = (await ask(plans.demands, { limit: 1 })).body.items[0]?.organId
  const { items } = (await ask(ledger.lines, { year: 2026, limit: 200 })).body
  const fitting = items.filter(
    ({ holderOrganId, remainingFen, needKind }) =>
      holderOrganId === own && needKind === 'N01' && remainingFen > 100_000,
  )
  return first(fitting.slice(place), 'line with money left')
}

/** The plan ledger and its adjustment (Art. 34, 35). */
export const ledgerActs: readonly MainAct[] = [
  {
    operation: ledger.commit,
    username: clerk,
    input: async (world) => ({ lineId: (await ownLine(world, 0)).id, title: '采购订单', amountFen: 3000, ...posting }),
    learn: keep('commitment', ({ commitment, line }) => ({ ...commitment, lineId: line.id })),
  },
  {
    operation: ledger.execute,
    username: clerk,
    input: async (world) => {
      const { id, lineId } = kept<Any>(world, 'commitment')
      return { lineId, commitmentId: id, amountFen: 1000, ...posting }
    },
    learn: keep('execution', ({ entry }) => entry.id),
  },
  {
    operation: ledger.release,
    username: clerk,
    input: async (world) => ({ commitmentId: kept<Any>(world, 'commitment').id, amountFen: 500, ...posting }),
  },
  {
    operation: ledger.reverse,
    username: clerk,
    input: async (world) => ({ entryId: kept<number>(world, 'execution'), ...posting }),
  },
  {
    operation: plans.makeAdjustment,
    username: clerk,
    input: async (world) => ({
      year: 2026,
      type: 'other-special',
      cause: '会议改为线上召开，节余用于邮电费。',
      basisDocument: '局办公会议纪要〔2026〕12号',
      adjustedOn: today,
      fundSource: '年初预算内调剂',
      changes: [changeBy(await ownLine(world, 0), -10_000), changeBy(await ownLine(world, 1), 10_000)],
    }),
    learn: keep('adjustment', ({ adjustment }) => adjustment),
  },
  ...(['fileAdjustment', 'returnAdjustment', 'fileAdjustment', 'receiveAdjustment'] as const).map((name): MainAct => ({
    operation: plans[name],
    username: name === 'fileAdjustment' ? clerk : reviewer,
    input: async (world) => ({
      adjustmentId: kept<Any>(world, 'adjustment').id,
      version: kept<Any>(world, 'adjustment').version,
      ...(name === 'returnAdjustment' ? { opinion } : {}),
    }),
    learn: keep('adjustment', ({ adjustment }) => adjustment),
  })),
]

async function planIn(world: World, state: 'draft' | 'consulting') {
  const { items } = (
    await (
      await world.as('sheng.jihua')
    )(plans.plans, { year: 2027, kind: 'organ', state, limit: 50 })
  ).body
  return first(items, `plan in ${state}`)
}

const headOf = (username: string) => username.replace('.jingban', '.fuze')

/** Plans and budgets of the province, which is ahead of the city (Art. 10, 31, 33). */
export const planActs: readonly MainAct[] = [
  {
    operation: plans.submitPlan,
    username: async (world) => {
      const plan = await planIn(world, 'draft')
      world.kept.set('plan', plan)
      world.kept.set('plan clerk', await world.clerkOf(plan.organId))
      return kept(world, 'plan clerk')
    },
    input: async (world) => ({ planId: kept<Any>(world, 'plan').id, version: kept<Any>(world, 'plan').version }),
    learn: keep('plan', ({ plan }) => plan),
  },
  {
    operation: plans.issuePlan,
    username: async (world) => headOf(kept(world, 'plan clerk')),
    input: async (world) => ({
      planId: kept<Any>(world, 'plan').id,
      version: kept<Any>(world, 'plan').version,
      opinion,
    }),
    learn: keep('plan', ({ plan }) => plan),
  },
  {
    operation: budget.makeBudget,
    username: async (world) => kept(world, 'plan clerk'),
    input: async (world) => ({ planId: kept<Any>(world, 'plan').id }),
    learn: keep('budget', ({ budget: made }) => made),
  },
  {
    operation: budget.proposeBudget,
    username: async (world) => kept(world, 'plan clerk'),
    input: async (world) => ({ budgetId: kept<Any>(world, 'budget').id, version: kept<Any>(world, 'budget').version }),
    learn: keep('budget', ({ budget: proposed }) => proposed),
  },
  {
    operation: budget.setControlFigures,
    username: 'sheng.caizheng',
    input: async (world) => {
      const { id, version, proposedFen } = kept<Any>(world, 'budget')
      return { budgetId: id, version, totalFen: proposedFen, document: '晋财预〔2026〕88号' }
    },
    learn: (world, { budget: controlled, lines }) => {
      world.kept.set('budget', controlled)
      world.kept.set('budget lines', lines)
    },
  },
  {
    operation: budget.draftBudget,
    username: async (world) => kept(world, 'plan clerk'),
    input: async (world) => {
      const { id, version } = kept<Any>(world, 'budget')
      const lines = kept<Any[]>(world, 'budget lines')
      return { budgetId: id, version, lines: lines.map((line) => ({ lineId: line.id, amountFen: line.draftedFen })) }
    },
    learn: keep('budget', ({ budget: drafted }) => drafted),
  },
  {
    operation: budget.approveBudget,
    username: 'sheng.caizheng',
    input: async (world) => {
      const { id, version } = kept<Any>(world, 'budget')
      const said = { document: '晋财预批〔2026〕91号', repliedOn: today, opinion: '依据省政府常务会议纪要批准。' }
      return { budgetId: id, version, ...said }
    },
  },
  {
    operation: plans.bringIntoForce,
    username: async (world) => kept(world, 'plan clerk'),
    input: async (world) => {
      const ask = await world.as(kept(world, 'plan clerk'))
      const { plan } = (await ask(plans.viewPlan, { planId: kept<Any>(world, 'plan').id })).body
      return { planId: plan.id, version: plan.version }
    },
  },
]
