import { holds } from '#kernel/pure/actor.ts'
import type { Act } from '#kernel/server/context.ts'
import { found } from '#kernel/server/errors.ts'
import { secondFactorOf } from '../second-factor/store.ts'
import { heldAt } from '../store/actors.ts'
import { highestLevelHolding, isDemonstration } from '../store/people.ts'

/** Who is signed in, with what they hold, and what they must do first. */
export async function meOf({ tx, actor, today }: Act) {
  const personId = found(actor.personId, '人员')
  return {
    person: { id: personId, name: actor.name },
    organ: actor.organ,
    roles: [...actor.roles],
    holdings: (await heldAt(tx, personId, today)).map(({ organId, organName, jurisdictionName, roles }) => ({
      organId,
      organName,
      jurisdictionName,
      roles,
    })),
    demonstration: await isDemonstration(tx),
    mustChangePassword: actor.unready === 'password',
    mustEnrolSecondFactor: actor.unready === 'second-factor',
    hasSecondFactor: (await secondFactorOf(tx, personId)) !== null,
    looksAfterInstallation:
      holds(actor, 'system-administrator') &&
      actor.organ?.level === (await highestLevelHolding(tx, 'system-administrator', today)),
  }
}
