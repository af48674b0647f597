import { defineModule } from '#kernel/module.ts'
import { actions } from './actions.ts'
import { contract } from './contract.ts'
import { jobs } from './jobs.ts'

export default defineModule({
  name: 'duties',
  title: '法定时限',
  needs: ['organs', 'people'],
  contract,
  actions,
  data: { otherwise: 'internal' },
  jobs,
})
