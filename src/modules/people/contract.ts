import { defineContract } from '#kernel/pure/contract.ts'
import { oidcOperations } from './contract/oidc.ts'
import { peopleOperations } from './contract/people.ts'
import { personalDataOperations } from './contract/personal-data.ts'
import { policyOperations } from './contract/policy.ts'
import { secondFactorOperations } from './contract/second-factor.ts'
import { sessionOperations } from './contract/session.ts'

/** The HTTP surface of persons, accounts, sessions and roles, one file a subject. */
export const contract = defineContract('people', {
  ...sessionOperations,
  ...secondFactorOperations,
  ...oidcOperations,
  ...peopleOperations,
  ...policyOperations,
  ...personalDataOperations,
})
