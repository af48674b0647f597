import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { expect } from 'vitest'
import { openDatabase } from '#kernel/server/database.ts'
import { openFileStore } from '#kernel/server/file-store.ts'
import { createServer } from '#kernel/server/http/server.ts'
import { namedId } from '#kernel/server/identifier.ts'
import { systemScope } from '#kernel/server/scope.ts'
import { testKeyring } from '#kernel/testing/act.ts'
import type { FreshDatabase } from '#kernel/testing/database.ts'
import organs from '#modules/organs/module.ts'
import { demonstrationOrganId } from '#modules/organs/offers.ts'
import people from '../module.ts'
import { directory } from '../offers.ts'
import { demonstrationPassword } from '../reference/demonstration.ts'
import { seededDatabase } from './seeded-database.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
export type Sent = {
  status: number
  // oxlint-disable-next-line typescript/no-explicit-any -- bodies of all operations
  body: any
  /** The session's cookie as it was set by this answer; empty where none was. */
  cookie: string
  setCookie: string
}
export type Options = { from?: string; key?: string; ifMatch?: number; server?: FastifyInstance }

/** Organs and people of the demonstration behind HTTP, with a clock that the test moves. */
export type PeopleStage = {
  fresh: FreshDatabase
  now: () => Date
  /** Local time of Asia/Shanghai: `2026-11-23T09:00:00`. */
  at: (instant: string) => void
  later: (minutes: number) => void
  send: (method: Method, path: string, payload?: object, cookie?: string, options?: Options) => Promise<Sent>
  signIn: (username: string, password?: string, options?: Options) => Promise<Sent>
  /** Signs in. @returns the cookie */
  as: (username: string, password?: string) => Promise<string>
  /** One more process on the same database, with connections of its own. */
  anotherServer: () => Promise<FastifyInstance>
  close: () => Promise<void>
}

export async function openPeopleStage(start: string): Promise<PeopleStage> {
  const fresh = await seededDatabase(start.slice(0, 10), [organs, people])
  let now = new Date(`${start}+08:00`)
  const directoryOf = await mkdtemp(join(tmpdir(), 'yunbao-people-'))
  const serverOn = async (db: FreshDatabase['db']) =>
    createServer({
      db,
      modules: [organs, people],
      authenticate: people.authenticate as never,
      directory,
      caseKinds: new Map(),
      decisionKinds: new Map(),
      dutySources: [],
      queue: { send: async () => {} },
      files: await openFileStore(directoryOf),
      keyring: testKeyring,
      clock: () => now,
      webDirectory: null,
      incomingDirectory: directoryOf,
      version: 'test',
      secureCookies: true,
      publicRequestsPerMinute: 100_000,
      filesPerMinute: 100_000,
      scan: null,
      logger: false,
      sealing: () => ({ working: true, lagSeconds: 0, problem: null, sealed: 0 }),
    })
  const server = await serverOn(fresh.db)
  const closing: (() => Promise<unknown>)[] = [() => server.close()]
  const send: PeopleStage['send'] = async (method, path, payload, cookie = '', options = {}) => {
    const response = await (options.server ?? server).inject({
      method,
      url: `/api/v1/people${path}`,
      ...(payload ? { payload } : {}),
      headers: {
        cookie,
        ...(options.key ? { 'idempotency-key': options.key } : {}),
        ...(options.ifMatch === undefined ? {} : { 'if-match': `"${options.ifMatch}"` }),
      },
      remoteAddress: options.from ?? '10.0.0.1',
    })
    const setCookie = String(response.headers['set-cookie'] ?? '')
    return { status: response.statusCode, body: response.json(), setCookie, cookie: setCookie.split(';')[0] as string }
  }
  const signIn: PeopleStage['signIn'] = (username, password = demonstrationPassword, options = {}) =>
    send('POST', '/session', { username, password }, '', options)
  return {
    fresh,
    now: () => now,
    at: (instant) => void (now = new Date(`${instant}+08:00`)),
    later: (minutes) => void (now = new Date(now.getTime() + minutes * 60_000)),
    send,
    signIn,
    as: async (username, password) => {
      const { status, cookie, body } = await signIn(username, password)
      expect(status, JSON.stringify(body)).toBe(200)
      return cookie
    },
    anotherServer: async () => {
      const db = openDatabase(fresh.appUrl, { max: 4, scope: systemScope })
      const other = await serverOn(db)
      closing.push(async () => {
        await other.close()
        await db.close()
      })
      return other
    },
    close: async () => {
      for (const close of closing) await close()
      await fresh.drop()
      await rm(directoryOf, { recursive: true, force: true })
    },
  }
}

export type Newcomer = { id: string; username: string; initialPassword: string }

/** A person of the city's education bureau with the given role until a day; returns the initial password too. */
export async function newcomerAt({ send, as }: PeopleStage, role?: string, validUntil?: string): Promise<Newcomer> {
  const username = `newcomer-${randomUUID().slice(0, 8)}`
  const made = await send('POST', '/people', { name: '新来者', organId: education, username }, await as('shi.xitong'))
  expect(made.status).toBe(200)
  const id = made.body.person.id as string
  if (role) {
    const granted = await send(
      'POST',
      `/people/${id}/holdings`,
      { organId: education, role, validFrom: '2026-11-23', ...(validUntil ? { validUntil } : {}) },
      await as('shi.anquan'),
    )
    expect(granted.status).toBe(200)
  }
  return { id, username, initialPassword: made.body.initialPassword as string }
}

/** The newcomer changes the initial password. @returns the cookie */
export async function settleAt(
  { send, as }: PeopleStage,
  { username, initialPassword }: Newcomer,
  newPassword = 'Xiaohe-27-Liu',
): Promise<string> {
  const cookie = await as(username, initialPassword)
  expect(
    (await send('PUT', '/session/password', { currentPassword: initialPassword, newPassword }, cookie)).status,
  ).toBe(200)
  return cookie
}

export const codesOf = (body: { refusals?: { code: string }[] }) => body.refusals?.map(({ code }) => code)
export const personId = (username: string) => namedId(`person.${username}`)
export const education = demonstrationOrganId('taiyuan-education')
