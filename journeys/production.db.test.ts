import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommandLine } from '#apps/commands/program.ts'
import { demonstrationPassword, demonstrationPeople } from '#modules/people/reference/demonstration.ts'
import { demonstrationOrgans } from '#modules/organs/reference/demonstration.ts'
import { openStage, type StageForTest } from './stage.ts'

/** A system in production from its first minute: nobody is in it whom the operator did not make. */
let stage: StageForTest
beforeAll(async () => {
  stage = await openStage({ demonstration: 'none' })
})
afterAll(() => stage.close())

async function ask(method: string, path: string, body?: object, cookie = '') {
  const response = await fetch(`${stage.address}/api/v1/people${path}`, {
    method,
    headers: { cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const set = (response.headers.get('set-cookie') ?? '').split(';')[0] as string
  // oxlint-disable-next-line typescript/no-explicit-any -- bodies of several operations
  return { status: response.status, body: (await response.json()) as any, cookie: set || cookie }
}
const signIn = (username: string, password: string) => ask('POST', '/session', { username, password })

/** The operator's command line beside the running server. */
async function command(...argv: string[]) {
  const { exitCode, out, err } = await run({}, ...argv)
  expect(exitCode, err).toBe(0)
  return JSON.parse(out) as { initialPassword: string }
}

async function run(more: Record<string, string>, ...argv: string[]) {
  const out: string[] = []
  const err: string[] = []
  const { ownerUrl, appUrl } = stage.application.ground
  const exitCode = await runCommandLine([...argv, '--json'], {
    env: {
      DATABASE_URL: ownerUrl,
      DATABASE_APP_URL: appUrl,
      YUNBAO_DATA_DIR: stage.dataDirectory,
      YUNBAO_MODE: 'production',
      YUNBAO_FORGETFUL_DATABASE: 'true',
      ...more,
    },
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    bars: null,
  })
  return { exitCode, out: out.join('\n'), err: err.join('\n') }
}

describe('G32 a production start', () => {
  test('has no account at all; those of the demonstration answer 401', async () => {
    const { rows } = await stage.application.ground.db.pool.query(
      'select (select count(*)::int from people.account) as accounts, (select count(*)::int from people.person) as people',
    )
    expect(rows).toEqual([{ accounts: 0, people: 0 }])
    expect((await ask('GET', '/demonstration-accounts')).body).toEqual({ items: [] })
    const names = demonstrationPeople(demonstrationOrgans.map(({ key }) => key)).filter(({ listed }) => listed)
    for (const { username } of names.slice(0, 12))
      expect([username, (await signIn(username, demonstrationPassword)).status]).toEqual([username, 401])
  })

  test('gets its first administrator by the command line alone, who works only after password and second factor', async () => {
    const { initialPassword } = await command(
      'user',
      'create-administrator',
      '--jurisdiction',
      '140100',
      '--authority',
      '太原市机关事务管理局',
      '--name',
      '苗伟',
      '--username',
      'miaowei',
      '--role',
      'system-administrator',
    )
    const first = await signIn('miaowei', initialPassword)
    expect(first.body).toMatchObject({ mustChangePassword: true, demonstration: false, roles: [] })
    const people = (cookie: string) => ask('GET', '/people', undefined, cookie)
    expect((await people(first.cookie)).body.refusals).toMatchObject([{ code: 'password-first' }])
    const password = { currentPassword: initialPassword, newPassword: 'Fenshui-27-Liu' }
    const changed = await ask('PUT', '/session/password', password, first.cookie)
    expect(changed.body).toMatchObject({ mustChangePassword: false, mustEnrolSecondFactor: true, roles: [] })
    expect((await people(first.cookie)).body.refusals).toMatchObject([{ code: 'second-factor-first' }])
    const { secret } = (await ask('POST', '/second-factor/enrolment', {}, first.cookie)).body as { secret: string }
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate()
    const confirmed = await ask('PUT', '/second-factor', { code }, first.cookie)
    expect(confirmed.body.recoveryCodes).toHaveLength(10)
    expect((await people(confirmed.cookie)).body).toMatchObject({ total: 1, may: { create: null } })
    expect((await signIn('miaowei', 'Fenshui-27-Liu')).body).toMatchObject({ pending: 'second-factor' })
    await command('user', 'reset-second-factor', '--username', 'miaowei')
    expect((await people(confirmed.cookie)).status).toBe(401)
    expect((await signIn('miaowei', 'Fenshui-27-Liu')).body).toMatchObject({ mustEnrolSecondFactor: true })
  })

  test('a command acts as an account only for its person: password from a file of their own, and the second factor, once', async () => {
    const passwordFile = join(stage.dataDirectory, 'password')
    const put = async (password: string, mode = 0o600) => {
      await writeFile(passwordFile, `${password}\n`)
      await chmod(passwordFile, mode)
    }
    const told = async (username: string, more: Record<string, string> = { YUNBAO_PASSWORD_FILE: passwordFile }) => {
      const { exitCode, out } = await run(more, 'machines', 'list', '--as', username)
      const { code, message } = JSON.parse(out) as { code?: string; message?: string }
      return { exitCode, code, message }
    }
    expect(await told('miaowei', {})).toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('须由本人证明身份'),
    })
    await put('Fenshui-27-Liu', 0o644)
    expect(await told('miaowei')).toMatchObject({ exitCode: 2, message: expect.stringContaining('chmod 600') })
    await put('Fenshui-28-Liu')
    const wrong = await told('miaowei')
    expect(wrong).toMatchObject({ exitCode: 1, message: '用户名或密码不正确。' })
    expect(await told('nobody')).toEqual(wrong)
    await put('Fenshui-27-Liu')
    expect(await told('miaowei')).toMatchObject({ exitCode: 1, message: expect.stringContaining('须先启用第二因素') })
    const { cookie } = await signIn('miaowei', 'Fenshui-27-Liu')
    const { secret } = (await ask('POST', '/second-factor/enrolment', {}, cookie)).body as { secret: string }
    const enrolled = await ask(
      'PUT',
      '/second-factor',
      { code: new TOTP({ secret: Secret.fromBase32(secret) }).generate() },
      cookie,
    )
    const [code = ''] = enrolled.body.recoveryCodes as string[]
    const proved = { YUNBAO_PASSWORD_FILE: passwordFile, YUNBAO_CODE: code }
    // A system administrator issues no tokens: proved, and told what is not theirs.
    expect(await told('miaowei', proved)).toMatchObject({ exitCode: 1, code: 'forbidden' })
    expect(await told('miaowei', proved)).toMatchObject({ exitCode: 1, message: expect.stringContaining('动态口令') })
    const { rows } = await stage.application.ground.db.pool.query(
      `select fact, result, source from kernel.audit_entry where source like '命令行%' and fact like 'people.signed-in' or fact = 'people.sign-in-failed' and source like '命令行%' order by id`,
    )
    expect(rows.map(({ fact }) => fact)).toEqual([
      'people.sign-in-failed',
      'people.sign-in-failed',
      'people.signed-in',
      'people.sign-in-failed',
    ])
  })
})
