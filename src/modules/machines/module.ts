import { defineModule } from '#kernel/module.ts'
import { actions } from './actions.ts'
import { contract } from './contract.ts'
import { machineOf } from './store.ts'
import * as words from './words.ts'

export default defineModule({
  name: 'machines',
  title: '接口令牌',
  needs: ['organs', 'people'],
  words,
  contract,
  actions,
  closedToMachines: true,
  data: { otherwise: 'internal', columns: { 'token.name': 'internal' } },
  authenticateMachine: machineOf,
})
