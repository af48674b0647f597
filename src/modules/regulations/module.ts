import { defineModule } from '#kernel/module.ts'
import { actions } from './actions.ts'
import { contract } from './contract.ts'
import { loadDemonstration, loadReference } from './seed.ts'
import * as words from './words.ts'

export default defineModule({
  name: 'regulations',
  title: '制度库',
  needs: ['organs', 'people', 'standards', 'plans'],
  words,
  contract,
  actions,
  data: { otherwise: 'public', columns: { 'import.source': 'internal', 'version.source': 'public' } },
  reference: loadReference,
  seed: loadDemonstration,
})
