import { defineModule } from '#kernel/module.ts'
import { actions } from './actions.ts'
import { contract } from './contract.ts'
import { jobs } from './jobs.ts'
import * as words from './words.ts'

export default defineModule({
  name: 'whatif',
  title: '模拟测算',
  needs: ['organs', 'standards', 'plans'],
  words,
  contract,
  actions,
  data: { otherwise: 'internal' },
  jobs,
})
