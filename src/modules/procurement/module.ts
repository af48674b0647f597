import { defineModule } from '#kernel/module.ts'
import type { Actor } from '#kernel/pure/actor.ts'
import type { CaseRow } from '#kernel/server/cases/case-row.ts'
import { actions } from './actions.ts'
import { complaintCase, paymentCase, purchaseCase, questionCase } from './cases.ts'
import { checks } from './checks.ts'
import { contract } from './contract.ts'
import { duties } from './duties.ts'
import { maySeePurchase } from './policy.ts'
import * as words from './words.ts'

const maySee = (actor: Actor, row: CaseRow) =>
  maySeePurchase(actor, { organId: row.applicantOrganId, jurisdictionCode: row.jurisdictionCode })

export default defineModule({
  name: 'procurement',
  title: '采购',
  needs: ['organs', 'standards', 'plans', 'ledger', 'assets', 'warehouse', 'duties', 'cases', 'record'],
  words,
  contract,
  actions,
  data: {
    otherwise: 'internal',
    columns: {
      // Where the intention was published.
      'purchase.intention_address': 'public',
      // A supplier is a body, not a person.
      'bidder.name': 'internal',
      'item.name': 'internal',
      'question.supplier': 'internal',
      'complaint.supplier': 'internal',
    },
  },
  cases: [
    { kind: purchaseCase, maySee },
    { kind: paymentCase, maySee },
    { kind: questionCase, maySee },
    { kind: complaintCase, maySee },
  ],
  duties,
  checks,
})
