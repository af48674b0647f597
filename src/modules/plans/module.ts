import { defineModule } from '#kernel/module.ts'
import { actions } from './actions.ts'
import { adjustmentCase, consolidatedReportCase, demandCase, organReportCase, planCase } from './cases.ts'
import { contract } from './contract.ts'
import { jobs } from './jobs.ts'

export default defineModule({
  name: 'plans',
  title: '计划',
  needs: ['organs', 'standards', 'ledger'],
  contract,
  actions,
  cases: [demandCase, planCase, adjustmentCase, organReportCase, consolidatedReportCase].map((kind) => ({ kind })),
  jobs,
})
