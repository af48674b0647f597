import type { ActionsOf } from '#kernel/server/context.ts'
import { accountActions } from './actions/accounts.ts'
import { correctionActions } from './actions/corrections.ts'
import { ownDataActions } from './actions/own-data.ts'
import { personalDataActions } from './actions/personal-data.ts'
import { roleActions } from './actions/roles.ts'
import { sessionActions } from './actions/session.ts'
import { sessionsActions } from './actions/sessions.ts'
import type { contract } from './contract.ts'
import { oidcActions } from './oidc/actions.ts'
import { policyActions } from './policy-settings/actions.ts'
import { secondFactorActions } from './second-factor/actions.ts'

export const actions: ActionsOf<typeof contract> = {
  ...sessionActions,
  ...sessionsActions,
  ...secondFactorActions,
  ...oidcActions,
  ...accountActions,
  ...roleActions,
  ...policyActions,
  ...personalDataActions,
  ...ownDataActions,
  ...correctionActions,
}
