import { defineModule } from '#kernel/module.ts'
import { actions } from './actions.ts'
import { contract } from './contract.ts'
import { loadDemonstration, loadReference } from './seed.ts'
import * as words from './words.ts'

export default defineModule({
  name: 'organs',
  title: '机关',
  needs: [],
  words,
  contract,
  actions,
  data: {
    otherwise: 'internal',
    columns: { 'jurisdiction.name': 'public', 'organ.name': 'public', 'organ_name.name': 'public' },
  },
  reference: loadReference,
  seed: loadDemonstration,
})
