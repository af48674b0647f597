import type { Act } from '#kernel/server/context.ts'
import { Refused, type RefusedAndKept } from '#kernel/server/errors.ts'
import { localDateOf } from '#kernel/pure/local-date.ts'
import { record } from '#kernel/server/record.ts'
import { hashOfNobody, isPassword } from '../hashing.ts'
import { law } from '../law.ts'
import { currentPolicy } from '../policy-settings/store.ts'
import { rolesThatRequire } from '../rules/second-factor.ts'
import { proofBy } from '../second-factor/proving.ts'
import { secondFactorOf } from '../second-factor/store.ts'
import { accountNamed } from '../store/accounts.ts'
import { heldAt } from '../store/actors.ts'
import { clearGuard, guardSubject } from '../store/guards.ts'
import { isDemonstration } from '../store/people.ts'
import { settingsOf } from '../store/settings.ts'
import { failed, mindGuards, refuseLocked } from './failures.ts'

/** What somebody at the command line gives; `code` blank where they have no second factor. */
export type Given = Readonly<{ username: string; password: string; code: string }>

/** Whether a command must be told a password: the accounts of a demonstration are everybody's. */
export const asksForProof = async (act: Pick<Act, 'tx'>): Promise<boolean> => !(await isDemonstration(act.tx))

/**
 * Whoever acts at the command line as an account proves to be its person, as at signing in: under the same locks, with the same
 * words for an unknown name and a wrong password, and with the second factor where there is one or the roles ask for one.
 * @returns null when proved; else what to say after the act, whose count of the failure is kept
 * @throws Refused where nothing was counted: locked, or not ready to act
 */
export async function proveAtCommandLine(act: Act, given: Given): Promise<RefusedAndKept | null> {
  const settings = await settingsOf(act.tx)
  const username = given.username.trim().toLowerCase()
  const account = await accountNamed(act.tx, username)
  await refuseLocked(act, username, settings)
  const cost = { memoryKib: settings['hash-memory-kib'], passes: settings['hash-passes'] }
  const right = await isPassword(given.password, account?.passwordHash ?? hashOfNobody(cost))
  await mindGuards(act, username, settings)
  if (account === null || !right || account.state !== 'active')
    return failed(act, username, settings, account, 'password')
  const enrolled = (await secondFactorOf(act.tx, account.personId)) !== null
  if (!enrolled) await insistOnSecondFactor(act, account.personId)
  const proof = enrolled ? await proofBy(act, account.personId, given.code) : null
  if (enrolled && proof === null) return failed(act, username, settings, account, 'second-factor')
  await clearGuard(act.tx, guardSubject(username))
  await record(act, 'people.signed-in', {
    subject: { kind: 'people.person', id: account.personId },
    organId: account.organId,
    after: { method: 'command-line', secondFactor: proof },
  })
  return null
}

/** Whose roles ask for a second factor does nothing before it is there, here as on the screens. */
async function insistOnSecondFactor(act: Act, personId: string): Promise<void> {
  const held = await heldAt(act.tx, personId, localDateOf(act.now))
  const { secondFactorRoles } = await currentPolicy(act.tx)
  const lacking = rolesThatRequire(
    held.flatMap(({ roles }) => roles),
    { secondFactorRoles, demonstration: false },
  )
  if (lacking.length === 0) return
  throw new Refused([
    {
      code: 'second-factor-first',
      message: '本岗位须先启用第二因素（动态口令），才能办理其他事项。',
      basis: law.secondFactor,
      facts: {},
      remedy: '请本人在页面登录并启用后再用命令行。',
    },
  ])
}
