import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import autocannon from 'autocannon'
import pg from 'pg'
import { digestOfSecret } from '#kernel/server/identifier.ts'
import type { Bench, Measure } from './measure.ts'
import { startServer } from './pages.ts'

/** G28: so many people signed in at once, each of them a few seconds between two acts. */
const people = 300
const thinkMs = 3000
/** And then five times as much, without a pause. */
const overload = 5 * people

/** What people do: mostly look, now and then mark something as read. */
const steps: readonly [method: 'GET' | 'POST', path: string, body?: object][] = [
  ['GET', '/people/session'],
  ['GET', '/cases/inbox?limit=50'],
  ['GET', '/plans/demands?year=2027&limit=50'],
  ['GET', '/cases/notifications?limit=20'],
  ['GET', '/ledger/lines?year=2026&limit=50'],
  ['GET', '/organs/organs?limit=50'],
  ['POST', '/cases/notifications/read', { ids: [1] }],
]

/** A crowd at work, then an onslaught: errors, times, memory, and how soon all is well again. */
export async function* crowdMeasures({ environment, bareUrl, scale }: Bench): AsyncGenerator<Measure> {
  const pool = new pg.Pool({ connectionString: bareUrl, max: 12 })
  const server = await startServer(environment)
  try {
    const cookies = await signedIn(pool, new Date(environment['YUNBAO_CLOCK'] as string))
    const seconds = Math.max(20, Math.round(600 * scale))
    const rss: { at: number; mib: number }[] = []
    const begun = performance.now()
    const watch = setInterval(() => rss.push({ at: performance.now() - begun, mib: memoryOf(server.pid) }), 1000)
    const crowd = await worked(server.address, cookies, seconds)
    clearInterval(watch)
    const raw: number[] = []
    for (let turn = 0; turn < 200; turn++) {
      const from = performance.now()
      await pool.query('select * from ledger.line where year = 2026 order by id limit 51')
      raw.push(performance.now() - from)
    }
    const figure = (name: string, value: number, unit: string, target: number | null, rawValue: number | null = null) =>
      ({ name: `${people} people: ${name}`, value, unit, rawValue, target, lowerIsBetter: true }) satisfies Measure
    yield figure('not answered, or with an error', crowd.errors, 'answers', 0)
    yield figure('put off (429, 503)', crowd.putOff, 'answers', 0)
    yield figure('p50 of an act', at(crowd.took, 0.5), 'ms', null, at(raw, 0.5))
    yield figure('p95 of an act', at(crowd.took, 0.95), 'ms', null, at(raw, 0.95))
    yield figure('p99 of an act', at(crowd.took, 0.99), 'ms', null, at(raw, 0.99))
    yield { ...figure('acts done', crowd.took.length / seconds, 'acts/s', null), lowerIsBetter: false }
    // The first fifth is warming up.
    yield figure(`memory, growth over ${seconds} s`, slope(rss.filter((one) => one.at > seconds * 200)), 'MiB/min', 1)

    const pressed = await autocannon({
      url: `${server.address}/api/v1/cases/inbox?limit=50`,
      connections: overload,
      duration: 15,
      timeout: 30,
      setupClient: (client) =>
        client.setHeaders({ cookie: cookies[Math.floor(Math.random() * cookies.length)] as string }),
    })
    const statuses = (pressed as unknown as { statusCodeStats: Record<string, { count: number }> }).statusCodeStats
    const of = (wanted: (status: number) => boolean) =>
      Object.entries(statuses).reduce((sum, [status, { count }]) => sum + (wanted(Number(status)) ? count : 0), 0)
    yield {
      ...figure(
        `${overload} at once: answered`,
        of((one) => one === 200),
        'answers',
        null,
      ),
      lowerIsBetter: false,
    }
    yield figure(
      `${overload} at once: put off (429, 503)`,
      of((one) => one === 429 || one === 503),
      'answers',
      null,
    )
    yield figure(
      `${overload} at once: other answers`,
      of((one) => ![200, 429, 503].includes(one)),
      'answers',
      0,
    )
    yield figure(
      'after it, until an act takes what it took before',
      await calm(server.address, cookies, crowd.took),
      's',
      10,
    )
  } finally {
    await pool.end()
    await server.stop()
  }
}

/** Sessions as signing in makes them, three to an account: hashing 300 passwords is another measure. */
async function signedIn(pool: pg.Pool, now: Date): Promise<string[]> {
  const { rows } = await pool.query<{ personId: string; version: number; organId: string }>(
    `select a.person_id as "personId", a.credential_version as version, p.organ_id as "organId" from people.account a
      join people.person p on p.id = a.person_id where a.state = 'active' order by a.username`,
  )
  const cookies: string[] = []
  for (let turn = 0; turn < people; turn++) {
    const { personId, version, organId } = rows[turn % rows.length] as (typeof rows)[number]
    const token = randomBytes(32).toString('base64url')
    await pool.query(
      `insert into people.session (id, token_hash, person_id, credential_version, organ_id, created_at, last_seen_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $6, $6::timestamptz + interval '12 hours')`,
      [randomUUID(), digestOfSecret(token), personId, version, organId, now],
    )
    cookies.push(`yunbao_session=${token}`)
  }
  return cookies
}

async function act(address: string, cookie: string, turn: number): Promise<number> {
  const [method, path, body] = steps[turn % steps.length] as (typeof steps)[number]
  const answer = await fetch(`${address}/api/v1${path}`, {
    method,
    headers: { cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  await answer.arrayBuffer()
  return answer.status
}

async function worked(
  address: string,
  cookies: readonly string[],
  seconds: number,
): Promise<{ took: number[]; errors: number; putOff: number }> {
  const took: number[] = []
  let [errors, putOff] = [0, 0]
  const until = performance.now() + seconds * 1000
  await Promise.all(
    cookies.map(async (cookie, place) => {
      await pause((place * thinkMs) / cookies.length)
      for (let turn = place; performance.now() < until; turn++) {
        const from = performance.now()
        // What the roles of a person do not reach is refused, as it must be.
        const status = await act(address, cookie, turn).catch(() => 0)
        if (status === 429 || status === 503) putOff++
        else if (status !== 200 && status !== 403) errors++
        took.push(performance.now() - from)
        await pause(thinkMs * (0.5 + Math.random()))
      }
    }),
  )
  return { took, errors, putOff }
}

/** Seconds until ten acts in a row are done within what 99 of 100 took before. */
async function calm(address: string, cookies: readonly string[], before: readonly number[]): Promise<number> {
  const from = performance.now()
  const bound = Math.max(50, at(before, 0.99))
  for (let row = 0, turn = 0; row < 10 && performance.now() - from < 60_000; turn++) {
    const began = performance.now()
    const status = await act(address, cookies[turn % cookies.length] as string, turn).catch(() => 0)
    row = [200, 403].includes(status) && performance.now() - began <= bound ? row + 1 : 0
  }
  return (performance.now() - from) / 1000
}

function at(took: readonly number[], share: number): number {
  return took.toSorted((a, b) => a - b)[Math.floor(took.length * share)] ?? 0
}

/** MiB a minute, by least squares. */
function slope(points: readonly { at: number; mib: number }[]): number {
  const n = Math.max(1, points.length)
  const mean = (of: (one: { at: number; mib: number }) => number) => points.reduce((sum, one) => sum + of(one), 0) / n
  const [x, y] = [mean((one) => one.at), mean((one) => one.mib)]
  const spread = points.reduce((sum, one) => sum + (one.at - x) ** 2, 0)
  const rise = points.reduce((sum, one) => sum + (one.at - x) * (one.mib - y), 0)
  return spread === 0 ? 0 : (rise / spread) * 60_000
}

/** Resident memory of a process, MiB; 0 where the system does not tell. */
function memoryOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}
