import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { transaction } from '#kernel/server/database.ts'
import { demonstrationPassword } from '../reference/demonstration.ts'
import { codesOf, education, openPeopleStage, personId, type PeopleStage } from '../testing/people-stage.ts'

let stage: PeopleStage
let other: FastifyInstance
beforeAll(async () => {
  stage = await openPeopleStage('2026-11-23T09:00:00')
  other = await stage.anotherServer()
})
afterAll(() => stage.close())
beforeEach(async () => {
  stage.later(10)
  await transaction(stage.fresh.db, (tx) => sql`delete from people.sign_in_guard`.execute(tx))
})

const send: PeopleStage['send'] = (...sent) => stage.send(...sent)
const me = (cookie: string, server?: FastifyInstance) =>
  send('GET', '/session', undefined, cookie, server ? { server } : {})

describe('security policy', () => {
  const changed = async (cookie: string, change: object, ifMatch?: number) => {
    const { body } = await send('GET', '/policy', undefined, cookie)
    return send(
      'PUT',
      '/policy',
      {
        profile: body.profile,
        values: {},
        secondFactorRoles: body.secondFactorRoles,
        reason: '按年度测评意见调整',
        ...change,
      },
      cookie,
      { ifMatch: ifMatch ?? body.version },
    )
  }

  it('is read by the three administrators, changed by the security administrator of the highest level, with a reason', async () => {
    const [province, city] = [await stage.as('sheng.anquan'), await stage.as('shi.anquan')]
    for (const username of ['sheng.xitong', 'shi.shenjiyuan'])
      expect((await send('GET', '/policy', undefined, await stage.as(username))).status).toBe(200)
    expect((await send('GET', '/policy', undefined, await stage.as('shi.jihua'))).status).toBe(403)
    const refused = await changed(city, { values: { 'lock-minutes': 60 } })
    expect([refused.status, codesOf(refused.body)]).toEqual([403, ['not-highest-level']])
    expect(codesOf((await changed(await stage.as('sheng.xitong'), { values: {} })).body)).toEqual([
      'not-security-administrator',
    ])
    const done = await changed(province, { values: { 'lock-minutes': 60, 'failures-per-account': 4 } })
    expect(done.status, JSON.stringify(done.body)).toBe(200)
    expect(done.body).toMatchObject({
      version: 3,
      changes: [
        {
          version: 3,
          changedByName: '温静',
          reason: '按年度测评意见调整',
          changes: [
            { title: '账号锁定前连续失败次数', before: '5次', after: '4次' },
            { title: '锁定时间', before: '30分钟', after: '60分钟' },
          ],
        },
        { version: 2, reason: '演示账号由多人共用，放宽同时登录数' },
      ],
    })
    const { rows } = await stage.fresh.db.pool.query(
      `select before, after from kernel.audit_entry where fact = 'people.policy-changed'`,
    )
    expect(rows).toEqual([
      {
        before: { 账号锁定前连续失败次数: '5次', 锁定时间: '30分钟' },
        after: { 账号锁定前连续失败次数: '4次', 锁定时间: '60分钟', reason: '按年度测评意见调整' },
      },
    ])
    for (let turn = 0; turn < 4; turn++) await stage.signIn('nobody.here', 'wrong')
    expect(codesOf((await stage.signIn('nobody.here', 'wrong')).body)).toEqual(['locked'])
  })

  it('stays within its bounds, as seen, and keeps the administrators under a second factor', async () => {
    const province = await stage.as('sheng.anquan')
    const codes = async (change: object, ifMatch?: number) => {
      const { status, body } = await changed(province, change, ifMatch)
      return [status, ...(codesOf(body) ?? [])]
    }
    expect(await codes({ values: { 'session-idle-minutes': 31, 'password-length': 7 } })).toEqual([
      422,
      'out-of-bounds',
      'out-of-bounds',
    ])
    expect(await codes({ secondFactorRoles: ['plan-reviewer'] })).toEqual([422, 'administrators-without-second-factor'])
    expect(await codes({ values: {} })).toEqual([422, 'unchanged'])
    expect(await codes({ values: { 'session-hours': 8 } }, 1)).toEqual([409])
    expect(await codes({ values: { 'session-hours': 8 }, reason: '' })).toEqual([400])
    expect(await codes({ values: { 'no-such-setting': 8 } })).toEqual([400])
    expect(
      (
        await send(
          'PUT',
          '/policy',
          { profile: 'asvs', values: {}, secondFactorRoles: [], reason: '没有版本' },
          province,
        )
      ).status,
    ).toBe(400)
    await expect(
      stage.fresh.db.pool.query(`update people.policy_change set reason = '改写' where version = 2`),
    ).rejects.toThrow(/permission denied/)
  })

  it('of two changes of one version side by side one wins', async () => {
    const province = await stage.as('sheng.anquan')
    const { version } = (await send('GET', '/policy', undefined, province)).body as { version: number }
    const answers = await Promise.all([
      changed(province, { values: { 'session-hours': 10 } }, version),
      changed(province, { values: { 'session-hours': 9 } }, version),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })

  it('G5 of four sign-ins of one account at once the first ends, as the policy allows three; the limit is the policy’s', async () => {
    const province = await stage.as('sheng.anquan')
    const standard = await changed(province, { values: { 'parallel-sessions': 3 } })
    expect(standard.status).toBe(200)
    const cookies: string[] = []
    for (let turn = 0; turn < 4; turn++) {
      stage.later(1) // the oldest is the one that goes
      cookies.push(await stage.as('xian.shenhe'))
    }
    const seen = async () => Promise.all(cookies.map(async (cookie) => (await me(cookie)).status))
    expect(await seen()).toEqual([401, 200, 200, 200])
    expect((await changed(province, { values: { 'session-idle-minutes': 10 } })).status).toBe(200)
    stage.later(11)
    expect(await seen()).toEqual([401, 401, 401, 401])
    const restored = await changed(await stage.as('sheng.anquan'), {
      values: { 'parallel-sessions': 200, 'session-idle-minutes': 30 },
    })
    expect(restored.status).toBe(200)
  })

  it('profile asvs asks for no composition and no rotation', async () => {
    const province = await stage.as('sheng.anquan')
    const change = (cookie: string, newPassword: string) =>
      send('PUT', '/session/password', { currentPassword: demonstrationPassword, newPassword }, cookie)
    const cookie = await stage.as('xian.jihua')
    expect(codesOf((await change(cookie, 'fenhe liujing taiyuan')).body)).toEqual(['password-classes'])
    expect((await changed(province, { profile: 'asvs' })).status).toBe(200)
    expect((await change(cookie, 'fenhe liujing taiyuan')).status).toBe(200)
    expect((await changed(province, { profile: 'dengbao-3' })).status).toBe(200)
  })
})

describe('G4 what ends, ends at once in every process', () => {
  const inBoth = async (cookie: string) => [(await me(cookie)).status, (await me(cookie, other)).status]

  it('sign-out, disabled account, changed password, ended session', async () => {
    const cookie = await stage.as('shi.education.fuze')
    expect(await inBoth(cookie)).toEqual([200, 200])
    await send('DELETE', '/session', undefined, cookie, { server: other })
    expect(await inBoth(cookie)).toEqual([401, 401])

    const [first, second] = [await stage.as('shi.education.fuze'), await stage.as('shi.education.fuze')]
    const password = { currentPassword: demonstrationPassword, newPassword: 'Xiaohe-27-Liu' }
    expect((await send('PUT', '/session/password', password, second, { server: other })).status).toBe(200)
    expect([await inBoth(first), await inBoth(second)]).toEqual([
      [401, 401],
      [200, 200],
    ])
    const account = (state: string, cookieOf: string) =>
      send('PUT', `/people/${personId('shi.education.fuze')}/account`, { state }, cookieOf, { server: other })
    const administrator = await stage.as('shi.xitong')
    expect((await account('disabled', administrator)).status).toBe(200)
    expect(await inBoth(second)).toEqual([401, 401])
    expect((await account('active', administrator)).status).toBe(200)
  })

  it('a role taken back is gone with the next request', async () => {
    const reviewer = await stage.as('shi.zichan')
    const roles = async (server?: FastifyInstance) => (await me(reviewer, server)).body.roles.toSorted() as string[]
    expect(await roles(other)).toEqual(['asset-reviewer', 'premises-reviewer'])
    const security = await stage.as('shi.anquan')
    const { body } = await send('GET', '/holdings?role=asset-reviewer', undefined, security)
    expect(body.items).toMatchObject([{ personName: '乔志强', role: 'asset-reviewer' }])
    expect((await send('DELETE', `/holdings/${body.items[0].id}`, undefined, security)).status).toBe(200)
    expect([await roles(), await roles(other)]).toEqual([['premises-reviewer'], ['premises-reviewer']])
  })
})

describe('sessions of a level', () => {
  it('are listed by pages and ended by its system administrator, after a step-up, never by others', async () => {
    const [clerk, again, stranger] = [
      await stage.as('shi.education.jingban'),
      await stage.as('shi.education.jingban'),
      await stage.as('xian.education.jingban'),
    ]
    const administrator = await stage.as('shi.xitong')
    for (const username of ['shi.anquan', 'shi.shenjiyuan', 'shi.juzhang'])
      expect((await send('GET', '/level-sessions', undefined, await stage.as(username))).status).toBe(403)
    const ids: string[] = []
    let after: string | null = ''
    while (after !== null) {
      const { body } = await send(
        'GET',
        `/level-sessions?limit=2${after ? `&after=${after}` : ''}`,
        undefined,
        administrator,
      )
      ids.push(...body.items.map(({ id }: { id: string }) => id))
      expect(body.items.every(({ username }: { username: string }) => username.startsWith('shi.'))).toBe(true)
      after = body.next
      if (after === null) expect(ids).toHaveLength(body.total)
    }
    expect(new Set(ids).size).toBe(ids.length)
    const list = (await send('GET', '/level-sessions?text=education.jingban', undefined, administrator)).body
    expect(list.items).toHaveLength(2)
    expect(JSON.stringify(list)).not.toContain('tokenHash')
    const end = (by: string, id: string) => send('DELETE', `/level-sessions/${id}`, undefined, by)
    expect((await end(clerk, list.items[0].id)).status).toBe(403)
    expect((await end(await stage.as('xian.xitong'), list.items[0].id)).status).toBe(404)
    expect((await end(administrator, list.items[0].id)).status).toBe(200)
    expect((await end(administrator, list.items[0].id)).status).toBe(404)
    expect([(await me(clerk)).status, (await me(again, other)).status]).toEqual([200, 401])
    const own = ids.length
    const whole = await send(
      'DELETE',
      `/people/${personId('shi.education.jingban')}/sessions`,
      undefined,
      administrator,
    )
    expect([whole.body, (await me(clerk, other)).status, (await me(stranger)).status]).toEqual([{ ended: 1 }, 401, 200])
    expect(own).toBeGreaterThan(2)
    stage.later(6)
    const late = await send('DELETE', `/people/${personId('shi.juzhang')}/sessions`, undefined, administrator)
    expect(late.body.code).toBe('step-up-required')
  })
})

describe('delegations', () => {
  it('are seen by both sides and ended early by who gave them', async () => {
    const giver = await stage.as('shi.education.jingban')
    const { body } = await send('GET', '/delegations', undefined, giver)
    const clerking = body.own.find(({ role }: { role: string }) => role === 'organ-clerk') as { id: string }
    const known = body.given.map(({ holding }: { holding: { id: string } }) => holding.id) as string[]
    expect(body).toMatchObject({ received: [], longestDays: 180 })
    // oxlint-disable-next-line typescript/no-explicit-any -- bodies of answers
    const made = (all: any[]) => all.filter(({ holding }: { holding: { id: string } }) => !known.includes(holding.id))
    const delegated = await send(
      'POST',
      `/holdings/${clerking.id}/delegations`,
      { personId: personId('shi.education.zhigong'), validFrom: '2026-11-23', validUntil: '2026-11-27' },
      giver,
    )
    expect(delegated.status, JSON.stringify(delegated.body)).toBe(200)
    const taker = await stage.as('shi.education.zhigong')
    expect((await me(taker)).body.roles).toContain('organ-clerk')
    const received = made((await send('GET', '/delegations', undefined, taker)).body.received)
    expect(received).toMatchObject([
      { from: { id: personId('shi.education.jingban') }, state: 'in-force', holding: { role: 'organ-clerk' } },
    ])
    expect(received[0].may.end).not.toBeNull()
    expect((await send('DELETE', `/holdings/${received[0].holding.id}`, undefined, taker)).status).toBe(403)
    const given = made((await send('GET', '/delegations', undefined, giver)).body.given)
    expect(given).toMatchObject([{ to: { id: personId('shi.education.zhigong') }, may: { end: null } }])
    expect((await send('DELETE', `/holdings/${given[0].holding.id}`, undefined, giver)).status).toBe(200)
    expect((await me(taker)).body.roles).toEqual(['staff'])
    expect(made((await send('GET', '/delegations', undefined, giver)).body.given)).toMatchObject([{ state: 'over' }])
  })

  it('the roles of an organ are listed to its head, of the level to the security administrator, to nobody else', async () => {
    const names = async (username: string, password?: string) => {
      const { status, body } = await send('GET', '/holdings?limit=200', undefined, await stage.as(username, password))
      return status === 200 ? [...new Set(body.items.map(({ organId }: { organId: string }) => organId))] : status
    }
    expect(await names('shi.education.fuze', 'Xiaohe-27-Liu')).toEqual([education])
    expect((await names('shi.anquan')) as string[]).toContain(education)
    expect(((await names('shi.anquan')) as string[]).length).toBeGreaterThan(5)
    for (const username of ['shi.xitong', 'shi.education.jingban']) expect(await names(username)).toBe(403)
  })
})

describe('accounts in the list', () => {
  it('are shown with their state to those who keep them, and narrowed by it', async () => {
    for (let turn = 0; turn < 4; turn++) await stage.signIn('shi.cheliang', 'wrong')
    const of = async (username: string, filter: string) =>
      (await send('GET', `/people?account=${filter}`, undefined, await stage.as(username))).body
    expect((await of('shi.xitong', 'locked')).items).toMatchObject([
      { name: '段海龙', account: { locked: true, username: 'shi.cheliang' } },
    ])
    expect((await of('shi.xitong', 'disabled')).items).toEqual([])
    // In a demonstration no role asks for a second factor.
    expect((await of('shi.anquan', 'without-second-factor')).total).toBe(0)
    expect((await of('shi.jihua', 'locked')).items.length).toBeGreaterThan(5)
  })
})
