import { defineModule } from '#kernel/module.ts'
import { actions } from './actions.ts'
import { adjustmentCase, closingCase, consolidatedReportCase, demandCase, organReportCase, planCase } from './cases.ts'
import { contract } from './contract.ts'
import { duties } from './duties.ts'
import { jobs } from './jobs.ts'
import { adjustmentFilingKind } from './rules/decisions/adjustment-filing.ts'
import { demandAcceptanceKind } from './rules/decisions/demand-acceptance.ts'
import { planInForceKind } from './rules/decisions/plan-in-force.ts'
import { reviewLineKind } from './rules/decisions/review-line.ts'
import * as words from './words.ts'

export default defineModule({
  name: 'plans',
  title: '计划',
  needs: ['organs', 'standards', 'ledger', 'duties', 'assets'],
  words,
  contract,
  actions,
  data: {
    otherwise: 'internal',
    columns: {
      // Whom to ask about the demand, at the office: printed in what is sent to the authority (Art. 32).
      'demand.contact': 'personal',
      'plan_version.made_by': 'personal',
      'adjustment.fund_source': 'internal',
      'demand_line.fund_source': 'internal',
    },
  },
  cases: [demandCase, planCase, closingCase, adjustmentCase, organReportCase, consolidatedReportCase].map((kind) => ({
    kind,
  })),
  decisions: [reviewLineKind, demandAcceptanceKind, adjustmentFilingKind, planInForceKind],
  duties,
  jobs,
})
