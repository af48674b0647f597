import { defineModule } from '#kernel/module.ts'
import { actions } from './actions.ts'
import { draftCase, expenditureReviewCase } from './cases.ts'
import { contract } from './contract.ts'
import { jobs } from './jobs.ts'
import { maySeeDraft, maySeeExpenditureReview } from './policy.ts'
import * as words from './words.ts'

export default defineModule({
  name: 'drafting',
  title: '标准制定',
  needs: ['organs', 'standards', 'plans', 'consultation', 'cases', 'record', 'duties'],
  words,
  contract,
  actions,
  data: { otherwise: 'internal', columns: { 'draft.authors': 'personal' } },
  cases: [
    {
      kind: draftCase,
      maySee: (actor, { jurisdictionCode, state }) =>
        maySeeDraft(actor, { jurisdictionCode, state: state as Parameters<typeof maySeeDraft>[1]['state'] }),
    },
    { kind: expenditureReviewCase, maySee: maySeeExpenditureReview },
  ],
  jobs,
})
