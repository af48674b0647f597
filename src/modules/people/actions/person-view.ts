import { holds } from '#kernel/pure/actor.ts'
import { mayOf } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import { found, Missing } from '#kernel/server/errors.ts'
import type { Person } from '../model.ts'
import { can, maySee } from '../policy.ts'
import { rolesThatRequire } from '../rules/second-factor.ts'
import { secondFactorOf, secondFactorRoles } from '../second-factor/store.ts'
import { accountOf } from '../store/accounts.ts'
import { guardSubject, isLocked } from '../store/guards.ts'
import { holdingsOfPerson, isDemonstration, personById } from '../store/people.ts'

/** Account names and states are for those who keep accounts. */
export function showsAccounts({ actor }: Pick<Act, 'actor'>): boolean {
  return holds(actor, 'system-administrator') || holds(actor, 'security-administrator')
}

/** The person, where the actor may know of them. @throws Missing */
export async function seenPerson({ tx, actor }: Act, personId: string): Promise<Person> {
  const person = found(await personById(tx, personId), '人员')
  if (person.id !== actor.personId && !maySee(actor, person)) throw new Missing('人员')
  return person
}

/** A person with account, roles, and what the actor may do with them. */
export async function personView(act: Act, person: Person) {
  const { tx, actor, today, now } = act
  const account = await accountOf(tx, person.id)
  const subject = { organId: person.organId, jurisdictionCode: person.jurisdictionCode, personId: person.id }
  const holdings = await holdingsOfPerson(tx, person.id, today)
  const shown = account !== null && (showsAccounts(act) || person.id === actor.personId)
  const required = async () =>
    rolesThatRequire(
      holdings.filter(({ validFrom }) => validFrom <= today).map(({ role }) => role),
      { secondFactorRoles: await secondFactorRoles(tx), demonstration: await isDemonstration(tx) },
    ).length > 0
  return {
    person,
    account: shown
      ? {
          username: account.username,
          state: account.state,
          mustChange: account.mustChange,
          passwordSetAt: account.passwordSetAt,
          locked: await isLocked(tx, 'account', guardSubject(account.username), now),
          secondFactorSince: (await secondFactorOf(tx, person.id))?.confirmedAt ?? null,
          secondFactorRequired: await required(),
        }
      : null,
    holdings,
    may: {
      grant: mayOf(can.grant(actor, subject)),
      disable: mayOf(can.disable(actor, subject)),
      unlock: mayOf(can.unlock(actor, subject)),
      resetPassword: mayOf(can.resetPassword(actor, subject)),
      resetSecondFactor: mayOf(can.resetSecondFactor(actor, subject)),
      endSessions: mayOf(can.endSessions(actor, subject)),
      delegate: mayOf(can.delegate(actor, { personId: person.id })),
    },
  }
}
