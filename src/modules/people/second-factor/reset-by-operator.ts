import type { Act } from '#kernel/server/context.ts'
import { found, Missing } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import { accountNamed, endCredentials } from '../store/accounts.ts'
import { deleteSecondFactor } from './store.ts'

/**
 * Takes the second factor from an account by whoever runs the machine: for the one security administrator of a level who lost
 * phone and recovery codes, and whom nobody else may help.
 * @throws Missing when there is no such account, or it has no second factor
 */
export async function resetSecondFactorByOperator(act: Act, username: string): Promise<void> {
  const account = found(await accountNamed(act.tx, username.trim().toLowerCase()), '账号')
  if (!(await deleteSecondFactor(act.tx, account.personId))) throw new Missing('第二因素')
  await endCredentials(act.tx, account.personId)
  await record(act, 'people.second-factor-reset', {
    subject: { kind: 'people.person', id: account.personId },
    organId: account.organId,
  })
}
