import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import autocannon from 'autocannon'
import pg from 'pg'
import { sessionAt } from '../../journeys/visit.ts'
import type { Bench, Measure } from './measure.ts'

const root = join(import.meta.dirname, '..', '..')
const users = 50

/** List pages as a reviewer of the province reads them, fifty at once, from a server that is a process of its own. */
export async function* pageMeasures({ environment, province, scale, bareUrl }: Bench): AsyncGenerator<Measure> {
  const server = await startServer(environment)
  const pool = new pg.Pool({ connectionString: bareUrl, max: 12 })
  try {
    const cookie = await sessionAt(server.address, 'sheng.jihua')
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
      const address = `${server.address}/api/v1${path}`
      const read = await times(() => page(address, cookie), seconds, 1000)
      yield {
        name: `${name}: p99 of a page, ${users} users, a page a second`,
        value: p99(read),
        unit: 'ms',
        rawValue: p99(await times(() => pool.query(bare), seconds, 1000)),
        target: 100,
        lowerIsBetter: true,
      }
      // Programs do not: as much as goes through.
      const pressed = await autocannon({ url: address, connections: users, headers: { cookie }, duration: seconds })
      if (pressed.non2xx > 0) throw new Error(`${path} answered ${pressed.non2xx} times with an error`)
      yield {
        name: `${name}: p99 when ${users} never wait`,
        value: pressed.latency.p99,
        unit: 'ms',
        rawValue: p99(await times(() => pool.query(bare), seconds, 0)),
        target: null,
        lowerIsBetter: true,
      }
      yield {
        name: `${name}: pages answered to ${users} that never wait`,
        value: pressed.requests.average,
        unit: 'pages/s',
        rawValue: (await times(() => pool.query(bare), seconds, 0)).length / seconds,
        target: null,
        lowerIsBetter: false,
      }
    }
  } finally {
    await pool.end()
    await server.stop()
  }
}

/** The same asked for by fifty at once, each with a pause between, not all in the same moment. @returns milliseconds of each */
async function times(ask: () => Promise<unknown>, seconds: number, pauseMs: number): Promise<number[]> {
  const took: number[] = []
  const until = performance.now() + seconds * 1000
  await Promise.all(
    Array.from({ length: users }, async (_, user) => {
      if (pauseMs > 0) await pause((user * pauseMs) / users)
      while (performance.now() < until) {
        const from = performance.now()
        await ask()
        took.push(performance.now() - from)
        if (pauseMs > 0) await pause(pauseMs)
      }
    }),
  )
  return took
}

function p99(took: readonly number[]): number {
  return took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.99)] ?? 0
}

async function page(address: string, cookie: string): Promise<void> {
  const answer = await fetch(address, { headers: { cookie } })
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`)
  await answer.text()
}

/** The application on the data of the bench, a process of its own. */
export async function startServer(environment: Readonly<Record<string, string>>) {
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
    pid: child.pid as number,
    stop: () =>
      new Promise<void>((resolve) => {
        child.on('exit', () => resolve())
        child.kill('SIGTERM')
      }),
  }
}
