import type { Role } from '#kernel/pure/actor.ts'
import { addDays, type LocalDate } from '#kernel/pure/local-date.ts'
import { noSession, type Act } from '#kernel/server/context.ts'
import { namedId, newId } from '#kernel/server/identifier.ts'
import { demonstrationOrganId, demonstrationOrgans } from '#modules/organs/offers.ts'
import { correctionActions } from './actions/corrections.ts'
import { personalDataActions } from './actions/personal-data.ts'
import { hashPassword } from './hashing.ts'
import { settings } from './model.ts'
import { currentPolicy, putPolicy } from './policy-settings/store.ts'
import { demonstrationNumbers, demonstrationPassword, demonstrationPeople } from './reference/demonstration.ts'
import { policyChanges } from './rules/security-policy.ts'
import { actorOfAccount } from './store/actors.ts'
import { holdingsOfPerson, insertAccount, insertHolding, insertPerson } from './store/people.ts'
import { insertPersonalData } from './store/personal-data.ts'
import { settingsOf } from './store/settings.ts'

/** Named accounts for each role; the password is hashed once, since it is no secret. Many may look at it at once. */
export async function loadDemonstration(act: Act): Promise<void> {
  const figures = await settingsOf(act.tx)
  const passwordHash = await hashPassword(demonstrationPassword, {
    memoryKib: figures['hash-memory-kib'],
    passes: figures['hash-passes'],
  })
  const people = demonstrationPeople(demonstrationOrgans.map(({ key }) => key))
  const numbers: Parameters<typeof insertPersonalData>[1][number][] = []
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
    numbers.push({ personId: id, ...demonstrationNumbers(position) })
    for (const role of person.roles)
      await insertHolding(act.tx, {
        id: newId(),
        personId: id,
        organId,
        role,
        ...periodOf(role, act.today),
        delegatedFrom: null,
        grantedBy: null,
      })
  }
  await insertPersonalData(act, numbers)
  await loadCorrections(act)
  await widenParallelSessions(act)
  for (const level of ['sheng', 'shi', 'xian']) await delegateClerk(act, level)
}

/** An audit looks in for a task and until its end (ROLE-R04). */
function periodOf(role: Role, today: LocalDate) {
  const year = Number(today.slice(0, 4))
  return role === 'supervisor'
    ? { validFrom: `${year}-01-01`, validUntil: `${year + 1}-12-31`, document: `审行〔${year}〕6号` }
    : { validFrom: '2021-01-01', validUntil: null, document: null }
}

/** The accounts of a demonstration are shared by everybody who looks at it. */
async function widenParallelSessions({ tx, now }: Act): Promise<void> {
  const before = await currentPolicy(tx, true)
  const after = { ...before, values: { ...before.values, 'parallel-sessions': settings['parallel-sessions'].most } }
  await putPolicy(
    tx,
    { ...after, version: before.version + 1 },
    {
      changedAt: now,
      changedBy: namedId('person.sheng.anquan'),
      changedByName: '温静',
      reason: '演示账号由多人共用，放宽同时登录数',
      changes: policyChanges(before, after),
    },
  )
}

/** A leave that is over, and one to come: neither gives a right today. */
async function delegateClerk({ tx, today }: Act, level: string): Promise<void> {
  const giver = namedId(`person.${level}.education.jingban`)
  const held = (await holdingsOfPerson(tx, giver, today)).find(({ role }) => role === 'organ-clerk')
  if (!held) throw new Error(`${level}.education.jingban is no clerk`)
  for (const [from, until, document] of [
    [-40, -34, '年休假'],
    [24, 28, '外出培训'],
  ] as const)
    await insertHolding(tx, {
      id: newId(),
      personId: namedId(`person.${level}.education.zhigong`),
      organId: held.organId,
      role: held.role,
      validFrom: addDays(today, from),
      validUntil: addDays(today, until),
      delegatedFrom: held.id,
      document,
      grantedBy: giver,
    })
}

/** What people of the city do about their data: two corrections, one of them done, and a number that was looked at. */
async function loadCorrections(act: Act): Promise<void> {
  const as = async (username: string) => {
    const actor = await actorOfAccount(act.tx, username, null, act.now)
    if (typeof actor === 'string') throw new Error(actor)
    return { ...act, actor, ifMatch: null, session: noSession }
  }
  const { askCorrection, decideCorrection } = correctionActions
  const clerk = await as('shi.education.jingban')
  const asked = { field: 'post', wanted: '办公室副主任', reason: '市教育局任职文件，2026年10月起任现职' } as const
  const { id: correctionId } = await askCorrection({ ...clerk, input: asked })
  await decideCorrection({
    ...(await as('shi.xitong')),
    input: { correctionId, decision: 'done', answer: '已与任职文件核对。' },
  })
  const worker = await as('shi.education.zhigong')
  await askCorrection({ ...worker, input: { field: 'post', wanted: '一级科员', reason: '职级晋升通知' } })
  const reading = { personId: namedId('person.shi.education.jingban'), field: 'mobile', purpose: 'duty' } as const
  await personalDataActions.readPersonalData({ ...(await as('shi.jihua')), input: reading })
}
