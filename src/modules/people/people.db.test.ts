import { describe, expect, it } from 'vitest'
import { transaction } from '#kernel/server/database.ts'
import { testAct } from '#kernel/testing/act.ts'
import { demonstrationOrganId } from '#modules/organs/offers.ts'
import { createFirstAdministrator, peopleWithRoles } from './offers.ts'
import { peopleDay } from './testing/people-day.ts'
import { codesOf, education, personId } from './testing/people-stage.ts'

const { stage, at, send, as, signIn, me, newcomer, settle } = peopleDay('2026-11-23T09:00:00')
/** An audit's period and what it rests on. */
const task = (validFrom: string, validUntil: string) => ({ validFrom, validUntil, document: '审行〔2026〕6号' })

describe('roles', () => {
  it('ROLE-R08 end at midnight of Asia/Shanghai after their last day', async () => {
    const person = await newcomer('driver', '2026-11-23')
    at('2026-11-23T23:50:00')
    const cookie = await settle(person)
    expect((await me(cookie)).body).toMatchObject({ organ: { name: '太原市教育局' }, roles: ['driver'] })
    at('2026-11-24T00:00:00')
    expect((await me(cookie)).body).toMatchObject({ organ: null, roles: [], holdings: [] })
  })

  it('are delegated to a colleague for a time and fall with what they were delegated from', async () => {
    const [giver, taker] = [await newcomer('organ-clerk'), await newcomer('staff')]
    const [giving, taking] = [await settle(giver), await settle(taker)]
    const holding = (await send('GET', `/people/${giver.id}`, undefined, giving)).body.holdings[0].id as string
    const delegate = (to: string, cookie: string) =>
      send(
        'POST',
        `/holdings/${holding}/delegations`,
        { personId: to, validFrom: '2026-11-24', validUntil: '2026-11-30' },
        cookie,
      )
    expect((await delegate(taker.id, taking)).status).toBe(403)
    expect(codesOf((await delegate(personId('shi.jihua'), giving)).body)).toEqual(['other-organ'])
    expect((await delegate(taker.id, giving)).status).toBe(200)
    expect((await delegate(taker.id, giving)).status).toBe(409)
    expect((await me(taking)).body.roles).toEqual(['staff'])
    at('2026-11-24T09:00:00')
    const next = await as(taker.username, 'Xiaohe-27-Liu')
    expect((await me(next)).body.roles.toSorted()).toEqual(['organ-clerk', 'staff'])
    const [seen] = (await send('GET', `/people/${taker.id}`, undefined, next)).body.holdings.filter(
      ({ role }: { role: string }) => role === 'organ-clerk',
    )
    expect(seen).toMatchObject({ delegatedBy: { id: giver.id }, validUntil: '2026-11-30' })
    expect((await send('DELETE', `/holdings/${holding}`, undefined, await as('shi.anquan'))).status).toBe(200)
    expect((await me(next)).body.roles).toEqual(['staff'])
    const inbox = await transaction(stage().fresh.db, (tx) =>
      peopleWithRoles(tx, { organId: education, roles: ['organ-clerk'] }, '2026-11-24'),
    )
    expect(inbox.map(({ id }) => id)).toContain(personId('shi.education.jingban'))
    expect(inbox.filter(({ id }) => id === giver.id || id === taker.id)).toEqual([])
  })

  it('that ended long ago stay ended then', async () => {
    const person = await newcomer('organ-clerk', '2026-11-24')
    const holding = (await send('GET', `/people/${person.id}`, undefined, await as('shi.anquan'))).body.holdings[0]
      .id as string
    at('2026-12-20T09:00:00')
    await send('DELETE', `/holdings/${holding}`, undefined, await as('shi.anquan'))
    const { rows } = await stage().fresh.db.pool.query(
      'select valid_until::text as until from people.holding where id = $1',
      [holding],
    )
    expect(rows).toEqual([{ until: '2026-11-24' }])
  })

  it('三员 are kept apart by rule and by the table itself', async () => {
    const person = await newcomer('staff')
    const grant = await send(
      'POST',
      `/people/${person.id}/holdings`,
      { organId: education, role: 'audit-administrator', validFrom: '2026-11-23' },
      await as('shi.anquan'),
    )
    // Facts 9.1 R09–R11: the three are of the authority.
    expect(codesOf(grant.body)).toEqual(['role-organ', 'separation'])
    await expect(
      stage().fresh.db.pool.query(
        `insert into people.holding (id, person_id, organ_id, role, valid_from) values (gen_random_uuid(), $1, $2, 'audit-administrator', '2026-11-23')`,
        [person.id, education],
      ),
    ).rejects.toThrow(/holding_separation/)
  })

  it('facts 9.1 R09–R11: an administrator’s role counts at the authority alone, whenever it was given', async () => {
    const person = await newcomer('staff')
    await stage().fresh.db.pool.query(`delete from people.holding where person_id = $1`, [person.id])
    const give = (organId: string) =>
      stage().fresh.db.pool.query(
        `insert into people.holding (id, person_id, organ_id, role, valid_from) values (gen_random_uuid(), $1, $2, 'audit-administrator', '2026-11-01')`,
        [person.id, organId],
      )
    const rolesHeld = async () =>
      (await send('GET', '/session', undefined, await as(person.username, 'Xiaohe-27-Liu'))).body.roles
    await give(education)
    await settle(person)
    expect(await rolesHeld()).toEqual([])
    await stage().fresh.db.pool.query(`delete from people.holding where person_id = $1`, [person.id])
    await give(demonstrationOrganId('taiyuan-authority'))
    expect(await rolesHeld()).toEqual(['audit-administrator'])
  })

  it('of another organ are taken up by switching, and only where they are held', async () => {
    const person = await newcomer('staff')
    const elsewhere = demonstrationOrganId('taiyuan-audit')
    await send(
      'POST',
      `/people/${person.id}/holdings`,
      { organId: elsewhere, role: 'supervisor', ...task('2026-11-23', '2026-12-31') },
      await as('shi.anquan'),
    )
    const cookie = await settle(person)
    expect((await me(cookie)).body).toMatchObject({ organ: { id: education }, roles: ['staff'] })
    expect((await send('PUT', '/session/organ', { organId: elsewhere }, cookie)).body).toMatchObject({
      organ: { id: elsewhere, parts: ['audit'] },
      roles: ['supervisor'],
    })
    expect((await me(cookie)).body.organ.id).toBe(elsewhere)
    expect(
      (await send('PUT', '/session/organ', { organId: demonstrationOrganId('taiyuan-finance') }, cookie)).status,
    ).toBe(404)
  })

  it('ROLE-R04 ROLE-T07 an audit from 2026-03-01 to 2026-04-30 sees nothing on 2026-05-01, and none is given without its task', async () => {
    at('2026-03-01T09:00:00')
    const person = await newcomer()
    const audit = demonstrationOrganId('taiyuan-audit')
    const give = async (period: object) =>
      send(
        'POST',
        `/people/${person.id}/holdings`,
        { organId: audit, role: 'supervisor', ...period },
        await as('shi.anquan'),
      )
    const { document, ...untold } = task('2026-03-01', '2026-04-30')
    for (const lacking of [untold, { validFrom: '2026-03-01', document }])
      expect(codesOf((await give(lacking)).body)).toEqual(['ROLE-R04'])
    expect((await give(task('2026-03-01', '2026-04-30'))).status).toBe(200)
    await settle(person)
    at('2026-04-30T23:50:00')
    const cookie = await as(person.username, 'Xiaohe-27-Liu')
    expect((await me(cookie)).body).toMatchObject({ organ: { id: audit }, roles: ['supervisor'] })
    at('2026-05-01T00:00:00')
    expect((await me(cookie)).body).toMatchObject({ organ: null, roles: [] })
    expect((await send('PUT', '/session/organ', { organId: audit }, cookie)).status).toBe(404)
  })
})

describe('administration', () => {
  it('is refused to whom it does not belong', async () => {
    const clerk = await as('shi.education.jingban')
    const colleague = personId('shi.education.fuze')
    const stranger = personId('xian.education.jingban')
    expect(
      (await send('POST', '/people', { name: '某人', organId: education, username: 'someone' }, clerk)).status,
    ).toBe(403)
    expect(
      (
        await send(
          'POST',
          `/people/${colleague}/holdings`,
          { organId: education, role: 'driver', validFrom: '2026-11-23' },
          clerk,
        )
      ).status,
    ).toBe(403)
    expect((await send('PUT', `/people/${colleague}/account`, { state: 'disabled' }, clerk)).status).toBe(403)
    expect((await send('POST', `/people/${colleague}/password-reset`, undefined, clerk)).status).toBe(403)
    expect((await send('GET', `/people/${stranger}`, undefined, clerk)).status).toBe(404)
    expect((await send('POST', `/people/${stranger}/password-reset`, undefined, await as('shi.xitong'))).status).toBe(
      404,
    )
    expect(
      (
        await send(
          'POST',
          '/people',
          { name: '某人', organId: education, username: 'shi.jihua' },
          await as('shi.xitong'),
        )
      ).status,
    ).toBe(409)
  })

  it('pages people by name with a true count; account names are for administrators', async () => {
    const cookie = await as('shi.xitong')
    const names: string[] = []
    let after = ''
    let total = 0
    do {
      const { body } = await send('GET', `/people?limit=7${after ? `&after=${after}` : ''}`, undefined, cookie)
      names.push(...body.items.map(({ id }: { id: string }) => id))
      after = body.next
      total = body.total
    } while (after)
    expect(new Set(names).size).toBe(total)
    expect(names).toHaveLength(total)
    const own = (await send('GET', '/people', undefined, await as('shi.education.jiashi'))).body
    expect(
      own.items.every(
        ({ organId, account }: { organId: string; account: null }) => organId === education && account === null,
      ),
    ).toBe(true)
    expect((await send('GET', '/people?text=%25', undefined, cookie)).body.items).toEqual([])
  })

  it('begins with a first administrator, once for each of the three', async () => {
    const organId = demonstrationOrganId('taiyuan-authority')
    const make = (role: 'system-administrator', where: string) =>
      transaction(stage().fresh.db, (tx) =>
        createFirstAdministrator(testAct({ tx, now: stage().now() }), {
          organId: where,
          name: '管理员',
          username: 'First-Admin',
          role,
        }),
      )
    await expect(make('system-administrator', organId)).rejects.toMatchObject({
      refusals: [{ code: 'administrator-exists' }],
    })
    await stage().fresh.db.pool.query(
      `update people.holding set valid_until = '2026-11-22' where role = 'system-administrator' and person_id = $1`,
      [personId('xian.xitong')],
    )
    const made = await make('system-administrator', demonstrationOrganId('qingxu-authority'))
    expect((await signIn('first-admin', made.initialPassword)).body).toMatchObject({ mustChangePassword: true })
  })
})

it('shows demonstration accounts only where the demonstration made them', async () => {
  const { items } = (await send('GET', '/demonstration-accounts')).body
  expect(items.length).toBeGreaterThan(30)
  expect((await signIn(items[0].username, items[0].password)).status).toBe(200)
  await stage().fresh.db.pool.query('update people.account set demonstration_position = null')
  expect((await send('GET', '/demonstration-accounts')).body).toEqual({ items: [] })
})
