import { describe, expect, it } from 'vitest'
import { demonstrationPassword } from './reference/demonstration.ts'
import { peopleDay } from './testing/people-day.ts'
import { codesOf, education } from './testing/people-stage.ts'

const { stage, later, send, as, signIn, me, newcomer, settle } = peopleDay('2026-11-23T09:00:00')

describe('G2 sign-in', () => {
  it('gives a cookie that only HTTP sees and a session that only its digest is kept of', async () => {
    const { status, body, cookie, setCookie } = await signIn('SHI.jihua ')
    expect(status).toBe(200)
    expect(setCookie).toMatch(/^__Host-yunbao_session=[\w-]{43};.*HttpOnly; Secure; SameSite=Strict/)
    expect(body).toMatchObject({
      person: { name: '李晓燕' },
      organ: { name: '太原市机关事务管理局', parts: ['authority'] },
      roles: ['plan-reviewer'],
      demonstration: true,
      mustChangePassword: false,
    })
    const token = cookie.split('=')[1] ?? ''
    const { rows } = await stage().fresh.db.pool.query('select 1 from people.session where token_hash = $1', [token])
    expect(rows).toEqual([])
  })

  it('says the same of an unknown name, a wrong password and a disabled account, and checks a hash of the same cost for each', async () => {
    const left = await newcomer('staff')
    await settle(left)
    await send('PUT', `/people/${left.id}/account`, { state: 'disabled' }, await as('shi.xitong'))
    const answers = [
      await signIn('nobody.at.all', 'wrong'),
      await signIn('shi.jihua', 'wrong'),
      await signIn(left.username, 'Xiaohe-27-Liu'),
    ]
    for (const { status, body } of answers)
      expect([status, body.code, body.detail, body.refusals]).toEqual([
        401,
        answers[0]?.body.code,
        answers[0]?.body.detail,
        answers[0]?.body.refusals,
      ])
    // Taking turns, so that both meet the same machine; without the hash one would be twenty times quicker.
    const quickest = { 'nobody.else': Infinity, 'xian.jihua': Infinity }
    for (let turn = 0; turn < 4; turn++)
      for (const username of ['nobody.else', 'xian.jihua'] as const) {
        const start = performance.now()
        await signIn(username, 'wrong', `10.9.${turn}.${username.length}`)
        quickest[username] = Math.min(quickest[username], performance.now() - start)
      }
    const ratio = quickest['nobody.else'] / quickest['xian.jihua']
    expect(ratio).toBeGreaterThan(0.25)
    expect(ratio).toBeLessThan(4)
  })

  it('locks a name after five failures, known or not, for thirty minutes; an administrator’s reset opens it', async () => {
    for (const username of ['shi.zichan', 'no.such.name']) {
      for (let failure = 1; failure <= 5; failure++)
        expect(codesOf((await signIn(username, 'wrong')).body)).toEqual(['sign-in'])
      expect(codesOf((await signIn(username, 'wrong')).body)).toEqual(['locked'])
    }
    expect(codesOf((await signIn('shi.zichan')).body)).toEqual(['locked'])
    later(29)
    expect(codesOf((await signIn('shi.zichan')).body)).toEqual(['locked'])
    later(2)
    expect((await signIn('shi.zichan')).status).toBe(200)
    const slipping = await newcomer('staff')
    const signedIn = await settle(slipping)
    for (let failure = 1; failure <= 5; failure++) await signIn(slipping.username, 'wrong')
    const unlocked = await send('PUT', `/people/${slipping.id}/account`, { state: 'active' }, await as('shi.anquan'))
    expect(unlocked.body.account).toMatchObject({ state: 'active', locked: false })
    expect([(await me(signedIn)).status, (await signIn(slipping.username, 'Xiaohe-27-Liu')).status]).toEqual([200, 200])
    const forgetful = await newcomer('staff')
    for (let failure = 1; failure <= 5; failure++) await signIn(forgetful.username, 'wrong')
    const reset = await send('POST', `/people/${forgetful.id}/password-reset`, undefined, await as('shi.xitong'))
    expect((await signIn(forgetful.username, reset.body.initialPassword)).body.mustChangePassword).toBe(true)
  })

  it('of guesses sent side by side none beyond the fifth is answered', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => signIn('shi.cheliang', `wrong-${index}`, `10.1.0.${index}`)),
    )
    expect(answers.filter(({ body }) => codesOf(body)?.[0] === 'sign-in')).toHaveLength(5)
    expect(codesOf((await signIn('shi.cheliang')).body)).toEqual(['locked'])
  })

  it('locks a source that fails with twenty names in a short time, not one that slips over days', async () => {
    for (let name = 1; name <= 20; name++) await signIn(`guess-${name}`, 'wrong', '10.2.0.1')
    expect(codesOf((await signIn('shi.jihua', demonstrationPassword, '10.2.0.1')).body)).toEqual(['locked'])
    expect((await signIn('shi.jihua', demonstrationPassword, '10.2.0.2')).status).toBe(200)
    for (let name = 1; name <= 20; name++) {
      later(31)
      await signIn(`slip-${name}`, 'wrong', '10.2.0.3')
    }
    expect((await signIn('shi.jihua', demonstrationPassword, '10.2.0.3')).status).toBe(200)
  })
})

describe('G5 sessions', () => {
  it('end after thirty idle minutes, after twelve hours in any case, and at sign-out', async () => {
    const idle = await as('shi.jihua')
    later(29)
    expect((await me(idle)).status).toBe(200)
    later(29)
    expect((await me(idle)).status).toBe(200)
    later(31)
    expect((await me(idle)).status).toBe(401)
    const long = await as('shi.jihua')
    for (let quarter = 1; quarter < 36; quarter++) {
      later(20)
      expect((await me(long)).status).toBe(200)
    }
    later(20)
    expect((await me(long)).status).toBe(401)
    const left = await as('shi.jihua')
    expect((await send('DELETE', '/session', undefined, left)).status).toBe(200)
    expect((await me(left)).status).toBe(401)
  })

  it('are listed to their person alone, who ends them', async () => {
    const [here, there, other] = [await as('shi.juzhang'), await as('shi.juzhang'), await as('shi.jihua')]
    const { body } = await send('GET', '/sessions', undefined, here)
    const foreign = body.items.find(({ current }: { current: boolean }) => !current) as { id: string }
    expect(body.items.filter(({ current }: { current: boolean }) => current)).toHaveLength(1)
    expect((await send('DELETE', `/sessions/${foreign.id}`, undefined, other)).status).toBe(404)
    expect((await send('DELETE', `/sessions/${foreign.id}`, undefined, here)).status).toBe(200)
    expect([(await me(here)).status, (await me(there)).status]).toEqual([200, 401])
  })

  it('all end when the account is disabled; a forged token is nobody', async () => {
    const person = await newcomer('staff')
    const cookie = await settle(person)
    await send('PUT', `/people/${person.id}/account`, { state: 'disabled' }, await as('shi.anquan'))
    expect((await me(cookie)).status).toBe(401)
    expect((await me('yunbao_session=forged')).status).toBe(401)
    expect((await me('')).status).toBe(401)
  })

  it('begin with no role until the initial password is changed, which is worth nothing after seven days', async () => {
    const person = await newcomer('organ-clerk')
    const cookie = await as(person.username, person.initialPassword)
    expect((await me(cookie)).body).toMatchObject({ mustChangePassword: true, roles: [] })
    const changed = await send(
      'PUT',
      '/session/password',
      { currentPassword: person.initialPassword, newPassword: 'Xiaohe-27-Liu' },
      cookie,
    )
    expect(changed.body).toMatchObject({ mustChangePassword: false, roles: ['organ-clerk'] })
    expect((await me(cookie)).body.roles).toEqual(['organ-clerk'])
    const late = await newcomer('organ-clerk')
    later(7 * 1440 + 1)
    expect(codesOf((await signIn(late.username, late.initialPassword)).body)).toEqual(['initial-lapsed'])
  })
})

describe('passwords', () => {
  it('are refused when weak or used before, and the right old one is asked for', async () => {
    const person = await newcomer('staff')
    const cookie = await settle(person)
    const change = (currentPassword: string, newPassword: string) =>
      send('PUT', '/session/password', { currentPassword, newPassword }, cookie).then(({ body }) => codesOf(body))
    expect(await change('wrong', 'Xiaohe-28-Liu')).toEqual(['sign-in'])
    expect(await change('Xiaohe-27-Liu', 'short')).toContain('password-short')
    expect(await change('Xiaohe-27-Liu', 'Xiaohe-27-Liu')).toEqual(['password-reused'])
    expect(await change('Xiaohe-27-Liu', 'Xiaohe-28-Liu')).toBeUndefined()
    expect(await change('Xiaohe-28-Liu', 'Xiaohe-27-Liu')).toEqual(['password-reused'])
  })

  it('leave no trace in the record', async () => {
    const person = await newcomer('staff')
    await settle(person, 'Gaoliang-31-Hong')
    const { rows } = await stage().fresh.db.pool.query('select t::text as line from kernel.audit_entry t')
    expect(rows.length).toBeGreaterThan(0)
    expect(
      rows.filter(
        ({ line }) =>
          line.includes('Gaoliang-31-Hong') || line.includes(person.initialPassword) || line.includes('argon2id'),
      ),
    ).toEqual([])
  })
})

describe('a password in an answer', () => {
  it('is told once: a repeat under the same key does nothing, and no table keeps the secret or a digest of it', async () => {
    const administrator = await as('shi.xitong')
    const wanted = { name: '一次性', organId: education, username: 'once.only' }
    const make = () => send('POST', '/people', wanted, administrator, { key: `create-${wanted.username}` })
    const [first, again] = [await make(), await make()]
    expect(first.status).toBe(200)
    expect([again.status, codesOf(again.body)]).toEqual([422, ['already-done']])
    const kept = await stage().fresh.db.pool.query(
      `select t::text as line, request_digest from kernel.idempotency t where key = 'create-${wanted.username}'`,
    )
    expect(kept.rows).toHaveLength(1)
    expect(kept.rows[0].line).not.toContain(first.body.initialPassword)
    expect(kept.rows[0].request_digest).toBe('secret')
  })
})

describe('a password older than ninety days', () => {
  it('gives no role until it is changed; accounts of a demonstration are spared', async () => {
    const person = await newcomer('organ-clerk')
    await settle(person)
    // What a production system is: no account has a place on the sign-in page.
    const positions = await stage().fresh.db.pool.query(
      'select person_id, demonstration_position from people.account where demonstration_position is not null',
    )
    later(91 * 1440)
    const cookie = await as(person.username, 'Xiaohe-27-Liu')
    expect((await me(cookie)).body).toMatchObject({ mustChangePassword: false, roles: ['organ-clerk'] })
    await stage().fresh.db.pool.query('update people.account set demonstration_position = null')
    try {
      expect((await me(cookie)).body).toMatchObject({ mustChangePassword: true, roles: [] })
      const changed = await send(
        'PUT',
        '/session/password',
        { currentPassword: 'Xiaohe-27-Liu', newPassword: 'Xiaohe-28-Liu' },
        cookie,
      )
      expect(changed.body).toMatchObject({ mustChangePassword: false, roles: ['organ-clerk'] })
    } finally {
      for (const { person_id, demonstration_position } of positions.rows)
        await stage().fresh.db.pool.query(
          'update people.account set demonstration_position = $2 where person_id = $1',
          [person_id, demonstration_position],
        )
    }
  })
})
