import { readsLevel, readsOfOrgan } from '#kernel/pure/actor.ts'
import { defineModule } from '#kernel/module.ts'
import { actions } from './actions.ts'
import { consultationCase, opinionCase } from './cases.ts'
import { contract } from './contract.ts'
import { jobs } from './jobs.ts'

export default defineModule({
  name: 'consultation',
  title: '征求意见',
  needs: ['organs', 'people', 'standards', 'cases', 'record'],
  contract,
  actions,
  cases: [
    { kind: consultationCase, maySee: (actor, { jurisdictionCode }) => readsLevel(actor, jurisdictionCode) },
    {
      kind: opinionCase,
      maySee: (actor, { applicantOrganId, jurisdictionCode }) =>
        readsOfOrgan(actor, { organId: applicantOrganId, jurisdictionCode }),
    },
  ],
  jobs,
})
