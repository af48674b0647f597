import { defineModule } from '#kernel/module.ts'
import { actions } from './actions.ts'
import { contract } from './contract.ts'
import { loadReference } from './reference.ts'
import * as words from './words.ts'

export default defineModule({
  name: 'standards',
  title: '标准',
  needs: ['organs'],
  words,
  contract,
  actions,
  data: { otherwise: 'public' },
  reference: loadReference,
})
