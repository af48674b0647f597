import { defineModule } from '#kernel/module.ts'
import { actions } from './actions.ts'
import { checks } from './checks.ts'
import { contract } from './contract.ts'
import * as words from './words.ts'

export default defineModule({
  name: 'record',
  title: '档案',
  needs: ['organs', 'people'],
  words,
  contract,
  actions,
  checks,
})
