import { defineModule } from '#kernel/module.ts'
import { actions } from './actions.ts'
import { budgetCase } from './cases.ts'
import { contract } from './contract.ts'
import { maySeeBudget } from './policy.ts'
import { budgetCheckKind } from './rules/decision.ts'
import { faultyBudgets } from './store.ts'
import * as words from './words.ts'

export default defineModule({
  name: 'budget',
  title: '预算',
  needs: ['organs', 'standards', 'plans', 'cases'],
  words,
  contract,
  actions,
  data: { otherwise: 'internal' },
  cases: [
    {
      kind: budgetCase,
      maySee: (actor, { applicantOrganId, jurisdictionCode }) =>
        maySeeBudget(actor, { organId: applicantOrganId, jurisdictionCode }),
    },
  ],
  decisions: [budgetCheckKind],
  checks: [
    {
      name: 'budget-sums',
      title: '预算控制数与批复数',
      check: async (tx) => {
        const { checked, faults } = await faultyBudgets(tx)
        return { checked, faults: faults.map(({ id, what }) => `预算 ${id} 的${what}`) }
      },
    },
  ],
})
