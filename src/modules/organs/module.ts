import { defineModule } from '#kernel/module.ts'
import { actions } from './actions.ts'
import { contract } from './contract.ts'
import { loadDemonstration, loadReference } from './seed.ts'

export default defineModule({
  name: 'organs',
  title: '机关',
  needs: [],
  contract,
  actions,
  data: {
    otherwise: 'internal',
    columns: { 'jurisdiction.name': 'public', 'organ.name': 'public', 'organ_name.name': 'public' },
  },
  reference: loadReference,
  seed: loadDemonstration,
})
