import { defineModule } from '#kernel/module.ts'
import { actions } from './actions.ts'
import { contract } from './contract.ts'
import { jobs } from './jobs.ts'
import * as words from './words.ts'

export default defineModule({
  name: 'duties',
  title: '法定时限',
  needs: ['organs', 'people'],
  words,
  contract,
  actions,
  data: { otherwise: 'internal' },
  jobs,
})
