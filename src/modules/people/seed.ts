import { sql } from 'kysely'
import type { Act } from '#kernel/server/context.ts'
import { namedId, newId } from '#kernel/server/identifier.ts'
import { demonstrationOrganId, demonstrationOrgans } from '#modules/organs/offers.ts'
import { hashPassword } from './hashing.ts'
import { demonstrationPassword, demonstrationPeople } from './reference/demonstration.ts'
import { insertAccount, insertHolding, insertPerson } from './store/people.ts'
import { settingsOf } from './store/settings.ts'

/** Named accounts for each role; the password is hashed once, since it is no secret. Many may look at it at once. */
export async function loadDemonstration(act: Act): Promise<void> {
  const settings = await settingsOf(act.tx)
  const passwordHash = await hashPassword(demonstrationPassword, {
    memoryKib: settings['hash-memory-kib'],
    passes: settings['hash-passes'],
  })
  await sql`update people.setting set value = 200 where key = 'parallel-sessions'`.execute(act.tx)
  const people = demonstrationPeople(demonstrationOrgans.map(({ key }) => key))
  for (const [position, person] of people.entries()) {
    const id = namedId(`person.${person.username}`)
    const organId = demonstrationOrganId(person.organKey)
    await insertPerson(act.tx, { id, name: person.name, organId, post: person.post })
    await insertAccount(act.tx, {
      personId: id,
      username: person.username,
      passwordHash,
      passwordSetAt: act.now,
      mustChange: false,
      initialUntil: null,
      lastOrganId: organId,
      demonstrationPosition: person.listed ? position : null,
    })
    for (const role of person.roles)
      await insertHolding(act.tx, {
        id: newId(),
        personId: id,
        organId,
        role,
        validFrom: '2021-01-01',
        validUntil: null,
        delegatedFrom: null,
        document: null,
        grantedBy: null,
      })
  }
}
