import { defineModule } from '#kernel/module.ts'
import { actions } from './actions.ts'
import { contract } from './contract.ts'
import { jobs } from './jobs.ts'
import { directory } from './offers.ts'
import { secretInUse, secretShown } from './second-factor/sealed-secrets.ts'
import { loadDemonstration } from './seed.ts'
import { actorOf } from './store/actors.ts'
import { personalColumns } from './store/personal-data.ts'
import * as words from './words.ts'

export default defineModule({
  name: 'people',
  title: '人员',
  needs: ['organs'],
  words,
  contract,
  actions,
  data: {
    otherwise: 'internal',
    columns: {
      'account.username': 'personal',
      'person.name': 'personal',
      'person.post': 'personal',
      'personal_data.mobile': 'sensitive',
      'personal_data.mobile_index': 'secret',
      'personal_data.office_phone': 'sensitive',
      'personal_data.identity_number': 'sensitive',
      'personal_data.identity_number_index': 'secret',
      'oidc_link.subject': 'personal',
      'oidc_flow.state_hash': 'secret',
      'oidc_flow.browser_hash': 'secret',
      'oidc_flow.nonce': 'secret',
      'oidc_flow.code_verifier': 'secret',
      'second_factor.secret': 'secret',
      'second_factor_enrolment.secret': 'secret',
      'recovery_code.code_hash': 'secret',
      'session.source': 'personal',
      'pending_sign_in.source': 'personal',
      'session.user_agent': 'personal',
      'sign_in_guard.subject': 'personal',
      'sign_in_guard.names': 'personal',
    },
  },
  seed: loadDemonstration,
  closedToMachines: true,
  authenticate: actorOf,
  directory,
  jobs,
  sealed: [...Object.values(personalColumns), secretInUse, secretShown],
})
