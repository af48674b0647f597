import { defineModule } from '#kernel/module.ts'
import { actions } from './actions.ts'
import { contract } from './contract.ts'

export default defineModule({
  name: 'norms',
  title: '条例对照',
  needs: [
    'organs',
    'duties',
    'plans',
    'budget',
    'ledger',
    'standards',
    'drafting',
    'consultation',
    'regulations',
    'decisions',
    'whatif',
    'assets',
  ],
  contract,
  actions,
})
