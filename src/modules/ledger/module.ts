import { defineModule } from '#kernel/module.ts'
import { actions } from './actions.ts'
import { contract } from './contract.ts'
import { faultyLines } from './store/agreement.ts'
import * as words from './words.ts'

export default defineModule({
  name: 'ledger',
  title: '计划台账',
  needs: ['organs', 'standards'],
  words,
  contract,
  actions,
  data: {
    otherwise: 'internal',
    columns: { 'entry.source_id': 'internal', 'entry.source_kind': 'internal', 'entry.posted_by': 'personal' },
  },
  checks: [
    {
      name: 'ledger-balances',
      title: '计划台账余额与分录',
      check: async (tx) => {
        const { checked, faults } = await faultyLines(tx)
        return { checked, faults: faults.map(({ number, what }) => `计划行 ${number} 的${what}与分录之和不符`) }
      },
    },
  ],
})
