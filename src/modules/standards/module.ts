import { defineModule } from '#kernel/module.ts'
import { actions } from './actions.ts'
import { contract } from './contract.ts'
import { loadReference } from './reference.ts'

export default defineModule({
  name: 'standards',
  title: '标准',
  needs: ['organs'],
  contract,
  actions,
  data: { otherwise: 'public' },
  reference: loadReference,
})
