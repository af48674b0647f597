import { defineModule } from '#kernel/module.ts'
import { actions } from './actions.ts'
import { clockJob } from './clock-job.ts'
import { contract } from './contract.ts'
import * as words from './words.ts'

export default defineModule({
  name: 'cases',
  title: '待办',
  needs: [],
  words,
  contract,
  actions,
  jobs: { 'cases.clock': clockJob },
})
