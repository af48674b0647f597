import { sql } from 'kysely'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { transaction } from '#kernel/server/database.ts'
import { demonstrationPassword } from '../reference/demonstration.ts'
import { codesOf, education, openPeopleStage, personId, type PeopleStage, type Sent } from '../testing/people-stage.ts'

let stage: PeopleStage
beforeAll(async () => {
  stage = await openPeopleStage('2026-11-23T09:00:00')
})
afterAll(() => stage.close())
beforeEach(async () => {
  stage.later(10) // further than a code, a proof or a pending sign-in lives
  await transaction(stage.fresh.db, (tx) => sql`delete from people.sign_in_guard`.execute(tx))
})

const send: PeopleStage['send'] = (...sent) => stage.send(...sent)
const me = (cookie: string) => send('GET', '/session', undefined, cookie)
const codeOf = (secret: string, ahead = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: stage.now().getTime() + ahead * 30_000 })
const prove = (code: string, cookie: string) => send('POST', '/session/second-factor', { code }, cookie)

/** Enrols the account's second factor in a session of its own. */
async function enrol(username: string): Promise<{ secret: string; recoveryCodes: string[]; cookie: string }> {
  const first = await stage.as(username)
  const shown = await send('POST', '/second-factor/enrolment', {}, first)
  expect(shown.status, JSON.stringify(shown.body)).toBe(200)
  const { secret } = shown.body as { secret: string }
  const confirmed = await send('PUT', '/second-factor', { code: codeOf(secret) }, first)
  expect(confirmed.status, JSON.stringify(confirmed.body)).toBe(200)
  stage.later(2)
  return { secret, recoveryCodes: confirmed.body.recoveryCodes, cookie: confirmed.cookie }
}
/** Signs in with both steps. */
async function asProved(username: string, secret: string): Promise<string> {
  const { cookie, body } = await stage.signIn(username)
  expect(body.pending).toBe('second-factor')
  const proved = await prove(codeOf(secret), cookie)
  expect(proved.status, JSON.stringify(proved.body)).toBe(200)
  return proved.cookie
}
const facts = async (fact: string) =>
  Number(
    (await stage.fresh.db.pool.query('select count(*) from kernel.audit_entry where fact = $1', [fact])).rows[0].count,
  )

describe('G3 the second factor', () => {
  it('is enrolled by a first code; the secret lies sealed, and other sessions end', async () => {
    const other = await stage.as('shi.zichan')
    const { secret, cookie, recoveryCodes } = await enrol('shi.zichan')
    expect(recoveryCodes).toHaveLength(10)
    expect([(await me(other)).status, (await me(cookie)).body]).toMatchObject([401, { hasSecondFactor: true }])
    const { rows } = await stage.fresh.db.pool.query(
      `select (select string_agg(t::text, ' ') from people.second_factor t) || (select string_agg(t::text, ' ') from people.recovery_code t)
        || (select string_agg(t::text, ' ') from kernel.audit_entry t) as kept`,
    )
    expect(rows[0].kept).toContain('y1.')
    for (const hidden of [secret, ...recoveryCodes]) expect(rows[0].kept).not.toContain(hidden)
  })

  it('makes sign-in two steps; what waits for the code opens nothing, and not for longer than five minutes', async () => {
    const { secret } = await enrol('shi.cheliang')
    const first = await stage.signIn('shi.cheliang')
    expect(first.body).toMatchObject({ pending: 'second-factor' })
    expect(first.setCookie).toMatch(/Max-Age=300;.*HttpOnly/)
    expect((await me(first.cookie)).status).toBe(401)
    expect((await send('GET', '/people', undefined, first.cookie)).status).toBe(401)
    expect(codesOf((await prove('000000', first.cookie)).body)).toEqual(['second-factor'])
    const second = await prove(codeOf(secret), first.cookie)
    expect([second.status, second.body.roles.includes('vehicle-reviewer')]).toEqual([200, true])
    expect(second.cookie).not.toBe(first.cookie)
    expect((await prove(codeOf(secret, 1), first.cookie)).status).toBe(422)
    stage.later(1)
    const late = await stage.signIn('shi.cheliang')
    stage.later(6)
    expect(codesOf((await prove(codeOf(secret), late.cookie)).body)).toEqual(['sign-in-lapsed'])
    expect(codesOf((await prove(codeOf(secret), '')).body)).toEqual(['sign-in-lapsed'])
  })

  it('of twenty tries of one code sent side by side exactly one is accepted, and none later', async () => {
    const { secret } = await enrol('shi.shenhe')
    const waiting: Sent[] = []
    for (let turn = 0; turn < 20; turn++) waiting.push(await stage.signIn('shi.shenhe'))
    expect(waiting.map(({ body }) => body.pending)).toEqual(Array(20).fill('second-factor'))
    const code = codeOf(secret)
    const answers = await Promise.all(waiting.map(({ cookie }) => prove(code, cookie)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    await transaction(stage.fresh.db, (tx) => sql`delete from people.sign_in_guard`.execute(tx))
    const again = await stage.signIn('shi.shenhe')
    expect(codesOf((await prove(code, again.cookie)).body)).toEqual(['second-factor'])
    // The code of the step before is older than the one spent.
    expect((await prove(codeOf(secret, -1), again.cookie)).status).toBe(401)
    expect((await prove(codeOf(secret, 1), again.cookie)).status).toBe(200)
  })

  it('wrong codes count with wrong passwords: after five the account is locked, right code or not', async () => {
    const { secret } = await enrol('shi.caizheng')
    const { cookie } = await stage.signIn('shi.caizheng')
    for (let turn = 0; turn < 5; turn++) expect((await prove('111111', cookie)).status).toBe(401)
    expect(codesOf((await prove(codeOf(secret), cookie)).body)).toEqual(['locked'])
    expect(codesOf((await stage.signIn('shi.caizheng')).body)).toEqual(['locked'])
    const administrator = await stage.as('shi.xitong')
    const unlock = (by: string) => send('DELETE', `/people/${personId('shi.caizheng')}/lock`, undefined, by)
    expect((await unlock(await stage.as('shi.anquan'))).status).toBe(403)
    expect((await unlock(administrator)).body.account).toMatchObject({ locked: false })
    expect((await prove(codeOf(secret), cookie)).status).toBe(200)
  })

  it('a recovery code signs in once; new ones make the old worthless', async () => {
    const { recoveryCodes, secret } = await enrol('shi.jingban')
    const [code = '', other = ''] = recoveryCodes
    const first = await stage.signIn('shi.jingban')
    const proved = await prove(code.toUpperCase(), first.cookie)
    expect(proved.status).toBe(200)
    expect((await send('GET', '/second-factor', undefined, proved.cookie)).body).toMatchObject({ recoveryCodesLeft: 9 })
    const second = await stage.signIn('shi.jingban')
    expect((await prove(code, second.cookie)).status).toBe(401)
    const renewed = await send('POST', '/second-factor/recovery-codes', {}, proved.cookie)
    expect(renewed.body).toMatchObject({ recoveryCodesLeft: 10 })
    expect((await prove(other, second.cookie)).status).toBe(401)
    expect((await prove(renewed.body.recoveryCodes[0], second.cookie)).status).toBe(200)
    stage.later(1)
    const gone = await send('DELETE', '/second-factor', undefined, await asProved('shi.jingban', secret))
    expect(gone.body).toMatchObject({ confirmedAt: null, recoveryCodesLeft: 0 })
    expect((await stage.signIn('shi.jingban')).body).toMatchObject({ hasSecondFactor: false })
  })

  it('is reset by the security administrator alone; the person’s sessions end and the password then suffices', async () => {
    const { secret, cookie } = await enrol('shi.education.jingban')
    const reset = (by: string) =>
      send('DELETE', `/people/${personId('shi.education.jingban')}/second-factor`, undefined, by)
    expect((await reset(await stage.as('shi.xitong'))).status).toBe(403)
    expect((await reset(await stage.as('xian.anquan'))).status).toBe(404)
    const security = await stage.as('shi.anquan')
    expect((await reset(security)).body.account).toMatchObject({ secondFactorSince: null })
    expect((await reset(security)).status).toBe(404)
    expect((await me(cookie)).status).toBe(401)
    expect(secret).toHaveLength(32)
    expect((await stage.signIn('shi.education.jingban')).status).toBe(200)
  })
})

describe('G3 whoever must have a second factor and has none', () => {
  it('does nothing but enrol, in production; then works, and cannot give it up', async () => {
    const clerk = await stage.as('shi.caizheng-jingban')
    const reviewer = await stage.as('shi.jihua')
    const { rows } = await stage.fresh.db.pool.query(
      'select person_id, demonstration_position from people.account where demonstration_position is not null',
    )
    await stage.fresh.db.pool.query('update people.account set demonstration_position = null')
    try {
      expect((await me(clerk)).body).toMatchObject({ mustEnrolSecondFactor: false })
      expect((await me(reviewer)).body).toMatchObject({ mustEnrolSecondFactor: true, roles: [] })
      const refused = await send('GET', '/people', undefined, reviewer)
      expect([refused.status, codesOf(refused.body)]).toEqual([403, ['second-factor-first']])
      expect((await send('GET', '/second-factor', undefined, reviewer)).body).toMatchObject({
        requiredBy: ['plan-reviewer'],
        demonstration: false,
      })
      const { body } = await send('POST', '/second-factor/enrolment', {}, reviewer)
      expect(codesOf((await send('PUT', '/second-factor', { code: '123456' }, reviewer)).body)).toEqual([
        'second-factor',
      ])
      const { cookie } = await send('PUT', '/second-factor', { code: codeOf(body.secret) }, reviewer)
      expect((await me(cookie)).body).toMatchObject({ mustEnrolSecondFactor: false, roles: ['plan-reviewer'] })
      expect((await send('GET', '/people', undefined, cookie)).status).toBe(200)
      expect(codesOf((await send('DELETE', '/second-factor', undefined, cookie)).body)).toEqual([
        'second-factor-required',
      ])
    } finally {
      for (const { person_id, demonstration_position } of rows)
        await stage.fresh.db.pool.query('update people.account set demonstration_position = $2 where person_id = $1', [
          person_id,
          demonstration_position,
        ])
    }
  })
})

describe('G3 step-up', () => {
  const grant = (cookie: string, role = 'driver') =>
    send(
      'POST',
      `/people/${personId('shi.education.zhigong')}/holdings`,
      { organId: education, role, validFrom: '2026-11-23' },
      cookie,
    )

  it('asks for a fresh code after five minutes, refuses a used one, and gives the session another id', async () => {
    const { secret } = await enrol('shi.anquan')
    const cookie = await asProved('shi.anquan', secret)
    stage.later(6)
    const refused = await grant(cookie)
    expect([refused.status, refused.body.code]).toEqual([403, 'step-up-required'])
    const byPassword = await send('PUT', '/session/proof', { password: demonstrationPassword }, cookie)
    expect([byPassword.status, byPassword.body.errors[0].code]).toEqual([400, 'code-required'])
    const wrong = await send('PUT', '/session/proof', { code: '000000' }, cookie)
    expect([wrong.status, codesOf(wrong.body)]).toEqual([422, ['second-factor']])
    const code = codeOf(secret)
    const proved = await send('PUT', '/session/proof', { code }, cookie)
    expect(proved.status).toBe(200)
    expect([(await me(cookie)).status, (await me(proved.cookie)).status]).toEqual([401, 200])
    expect(codesOf((await send('PUT', '/session/proof', { code }, proved.cookie)).body)).toEqual(['second-factor'])
    expect((await grant(proved.cookie)).status).toBe(200)
    stage.later(6)
    expect((await grant(proved.cookie)).status).toBe(403)
    expect(await facts('people.stepped-up')).toBe(1)
  })

  it('asks for the password where there is no second factor, and G22 no clock set back lengthens it', async () => {
    const cookie = await stage.as('xian.anquan')
    stage.later(6)
    const path = `/people/${personId('xian.education.zhigong')}/holdings`
    const given = {
      organId: (await send('GET', `/people/${personId('xian.education.zhigong')}`, undefined, cookie)).body.person
        .organId as string,
      role: 'driver',
      validFrom: '2026-11-23',
    }
    const again = (by: string) => send('POST', path, given, by)
    expect((await again(cookie)).body.code).toBe('step-up-required')
    expect(codesOf((await send('PUT', '/session/proof', { password: 'wrong' }, cookie)).body)).toEqual(['sign-in'])
    const proved = await send('PUT', '/session/proof', { password: demonstrationPassword }, cookie)
    stage.later(-3)
    expect((await again(proved.cookie)).body.code).toBe('step-up-required')
    stage.later(3)
    expect((await again(proved.cookie)).status).toBe(200)
    stage.later(-60)
    expect((await me(proved.cookie)).status).toBe(401)
    stage.later(60)
  })
})

describe('G22 the clock', () => {
  it.each([
    ['an hour ahead', 60],
    ['an hour back', -60],
    ['400 days ahead', 400 * 1440],
    ['400 days back', -400 * 1440],
  ])('that jumps %s keeps no session open meanwhile; set right, the session goes on', async (_, minutes) => {
    const cookie = await stage.as('xian.jihua')
    stage.later(minutes)
    expect((await me(cookie)).status).toBe(401)
    stage.later(-minutes)
    expect((await me(cookie)).status).toBe(200)
  })

  it.each(['2027-12-31T23:50:00', '2028-02-28T23:50:00', '2028-02-29T23:50:00'])(
    'a session lives over the midnight after %s, and idles away like any other',
    async (instant) => {
      stage.at(instant)
      const cookie = await stage.as('xian.jihua')
      stage.later(20)
      expect((await me(cookie)).status).toBe(200)
      stage.later(31)
      expect((await me(cookie)).status).toBe(401)
    },
  )
})
