import { spawn } from 'node:child_process'
import { join } from 'node:path'
import autocannon from 'autocannon'
import pg from 'pg'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import type { Bench, Measure } from './measure.ts'

const root = join(import.meta.dirname, '..', '..')
const users = 50

/** List pages as a reviewer of the province reads them, fifty at once, from a server that is a process of its own. */
export async function* pageMeasures({ environment, province, scale }: Bench): AsyncGenerator<Measure> {
  const server = await startServer(environment)
  const pool = new pg.Pool({ connectionString: environment['DATABASE_APP_URL'], max: 12 })
  try {
    const cookie = await signedIn(server.address, 'sheng.jihua')
    const seconds = Math.max(3, Math.round(10 * scale))
    const pages: readonly [name: string, path: string, bare: string][] = [
      [
        'inbox',
        '/cases/inbox?limit=50',
        `select * from kernel.case_item where jurisdiction_code = '140000' and waiting_party = 'authority' and closed_at is null order by due_on, id limit 51`,
      ],
      [
        'demands',
        '/plans/demands?year=2027&limit=50',
        `select * from plans.demand where jurisdiction_code = '140000' and year = 2027 order by id desc limit 51`,
      ],
      [
        'review queue',
        `/plans/cycles/${province.cycleId}/review?limit=50`,
        `select * from plans.demand where cycle_id = '${province.cycleId}' and state = 'submitted' order by id limit 51`,
      ],
      [
        'ledger lines',
        '/ledger/lines?year=2026&limit=50',
        `select * from ledger.line where jurisdiction_code = '140000' and year = 2026 order by id limit 51`,
      ],
      [
        'organs',
        '/organs/organs?limit=50',
        `select * from organs.organ where jurisdiction_code = '140000' order by name, id limit 51`,
      ],
    ]
    for (const [name, path, bare] of pages) {
      const result = await autocannon({
        url: `${server.address}/api/v1${path}`,
        connections: users,
        duration: seconds,
        headers: { cookie },
      })
      if (result.non2xx > 0) throw new Error(`${path} answered ${result.non2xx} times with an error`)
      yield {
        name: `${name}: p99 of a page, ${users} at once (${Math.round(result.requests.average)}/s)`,
        value: result.latency.p99,
        unit: 'ms',
        rawValue: await bareP99(pool, bare, seconds),
        target: 100,
        lowerIsBetter: true,
      }
    }
  } finally {
    await pool.end()
    await server.stop()
  }
}

/** The 99th percentile of one SELECT asked for by as many at once. */
async function bareP99(pool: pg.Pool, query: string, seconds: number): Promise<number> {
  const took: number[] = []
  const until = performance.now() + seconds * 1000
  await Promise.all(
    Array.from({ length: users }, async () => {
      while (performance.now() < until) {
        const from = performance.now()
        await pool.query(query)
        took.push(performance.now() - from)
      }
    }),
  )
  took.sort((a, b) => a - b)
  return took[Math.floor(took.length * 0.99)] ?? 0
}

async function startServer(environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'server.ts')], {
    cwd: root,
    env: { ...process.env, ...environment, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const address = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const found = /http:\/\/[\d.:]+/.exec(said)?.[0]
      if (found) resolve(found)
    })
    child.on('exit', () => reject(new Error(`the server ended: ${said}`)))
  })
  return {
    address,
    stop: () =>
      new Promise<void>((resolve) => {
        child.on('exit', () => resolve())
        child.kill('SIGTERM')
      }),
  }
}

async function signedIn(address: string, username: string): Promise<string> {
  const answer = await fetch(`${address}/api/v1/people/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: address },
    body: JSON.stringify({ username, password: demonstrationPassword }),
  })
  if (!answer.ok) throw new Error(`sign-in answered ${answer.status}`)
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}
