import { defineModule } from '#kernel/module.ts'
import { actions } from './actions.ts'
import { contract } from './contract.ts'
import { jobs } from './jobs.ts'
import { directory } from './offers.ts'
import { secretInUse, secretShown } from './second-factor/sealed-secrets.ts'
import { loadDemonstration } from './seed.ts'
import { actorOf } from './store/actors.ts'

export default defineModule({
  name: 'people',
  title: '人员',
  needs: ['organs'],
  contract,
  actions,
  seed: loadDemonstration,
  closedToMachines: true,
  authenticate: actorOf,
  directory,
  jobs,
  sealed: [secretInUse, secretShown],
})
