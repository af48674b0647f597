import { defineModule } from '#kernel/module.ts'
import { actions } from './actions.ts'
import { repairCase } from './cases.ts'
import { contract } from './contract.ts'
import { maySeeRepairs } from './policy.ts'
import { quoteKind } from './rules/quote.ts'
import * as words from './words.ts'

export default defineModule({
  name: 'repairs',
  title: '资产维修',
  needs: ['organs', 'assets', 'standards', 'ledger', 'cases', 'record', 'decisions'],
  words,
  contract,
  actions,
  data: { otherwise: 'internal', columns: { 'request.requested_by': 'personal', 'request.paid_by': 'personal' } },
  cases: [
    {
      kind: repairCase,
      maySee: (actor, { applicantOrganId, jurisdictionCode }) =>
        maySeeRepairs(actor, { organId: applicantOrganId, jurisdictionCode }),
    },
  ],
  decisions: [quoteKind],
})
