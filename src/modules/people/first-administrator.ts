import { refused } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import { Conflict, found, insist } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { record } from '#kernel/server/record.ts'
import { organById } from '#modules/organs/offers.ts'
import { hashPassword, newInitialPassword } from './hashing.ts'
import { law } from './law.ts'
import { Username, type administratorRoles } from './model.ts'
import { insertAccount, insertHolding, insertPerson, isRoleHeldAtAuthority } from './store/people.ts'
import { mayHold } from './rules/granting.ts'
import { settingsOf } from './store/settings.ts'

/**
 * Somebody to begin with where nobody could open accounts or give roles yet: the first of the three administrators of a
 * jurisdiction, once each, by whoever runs the machine.
 * @returns the initial password, which nobody can read again
 * @throws Refused when the jurisdiction has that administrator; Conflict when the name is taken
 */
export async function createFirstAdministrator(
  act: Act,
  given: { organId: string; name: string; username: string; role: (typeof administratorRoles)[number] },
): Promise<{ personId: string; initialPassword: string }> {
  const organ = found(await organById(act.tx, given.organId, act.today), '机关')
  if (await isRoleHeldAtAuthority(act.tx, organ.jurisdictionCode, given.role, act.today))
    insist(
      refused({
        code: 'administrator-exists',
        message: '本级已有这一管理员。',
        basis: law.separation,
        remedy: '请由本级安全保密管理员授予角色。',
      }),
    )
  insist(mayHold({ role: given.role, organ, validFrom: act.today, validUntil: null }, [], act.today))
  const settings = await settingsOf(act.tx)
  const [personId, initialPassword, username] = [newId(), newInitialPassword(), Username.parse(given.username)]
  await insertPerson(act.tx, { id: personId, name: given.name, organId: organ.id, post: null })
  const isNew = await insertAccount(act.tx, {
    personId,
    username,
    mustChange: true,
    passwordSetAt: act.now,
    lastOrganId: organ.id,
    passwordHash: await hashPassword(initialPassword, {
      memoryKib: settings['hash-memory-kib'],
      passes: settings['hash-passes'],
    }),
    initialUntil: new Date(act.now.getTime() + settings['initial-password-days'] * 86_400_000),
  })
  if (!isNew) throw new Conflict('用户名', `用户名“${username}”已经有人使用。请换一个。`)
  await insertHolding(act.tx, {
    id: newId(),
    personId,
    organId: organ.id,
    role: given.role,
    validFrom: act.today,
    validUntil: null,
    delegatedFrom: null,
    document: null,
    grantedBy: null,
  })
  await record(act, 'people.first-administrator', {
    subject: { kind: 'people.person', id: personId },
    organId: organ.id,
    after: { name: given.name, username, role: given.role },
  })
  return { personId, initialPassword }
}
