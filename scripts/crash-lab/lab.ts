import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { freePort } from '#kernel/server/cluster/postmaster.ts'
import { databaseName, superuserRole } from '#kernel/server/cluster/roles.ts'
import { readSecrets } from '#kernel/server/cluster/secrets.ts'
import { check, effectsOf, type Fault } from './check.ts'
import { openClient, type Client, type Sent } from './client.ts'
import { planFaults, postmasterOf, strike, type FaultKind } from './faults.ts'
import { makeGround, openBusiness } from './ground.ts'
import type { OperationRecord } from './operation-log.ts'
import type { LabOptions } from './options.ts'
import { openProxy, type Proxy } from './proxy.ts'
import { randomFrom, type Random } from './random.ts'
import { supervise, type Supervised } from './supervisor.ts'
import { openVolume, type Volume } from './volume.ts'

export type LabReport = {
  passed: boolean
  seed: number
  /** Whatever was found wrong, each with what it concerns. */
  faults: Fault[]
  /** By kind: how often it struck. */
  struck: Record<FaultKind, number>
  operations: { all: number; ok: number; failed: number; unknown: number; unknownInEffect: number; requests: number }
  /** Of a kill or another fault: until something asked for afterwards was done, milliseconds. */
  recoveryMs: { longest: number; median: number }
  /** Of answers that said "not now" (503), milliseconds. */
  awayMs: { count: number; longest: number }
  /** Starts of each process, the first included. */
  starts: Record<string, number>
  folder: string
}

type Running = {
  applications: Supervised[]
  addresses: string[]
  database: Supervised | null
  proxy: Proxy | null
  superuserUrl: string
  dataDirectory: string
  environment: Record<string, string>
}

/** Runs the laboratory once. @param say progress, a line at a time */
export async function runLab(options: LabOptions, say: (line: string) => void): Promise<LabReport> {
  const folder = await mkdtemp(join(tmpdir(), 'yunbao-crash-lab-'))
  await chmod(folder, 0o711) // PostgreSQL runs as a user of its own where we are root
  const random = randomFrom(options.seed)
  const faults: Fault[] = []
  const fault = (what: string) => void faults.push({ rule: 'answers', what })
  const processes: Supervised[] = []
  let proxy: Proxy | null = null
  let volume: Volume | null = null
  try {
    if (options.volumeMib !== null) volume = await openVolume(join(folder, 'data'), options.volumeMib)
    const ground = await lay(options, folder, say, (one) => processes.push(one))
    proxy = ground.proxy
    const { applications, addresses } = ground
    const business = await openBusiness(addresses[0] as string, ground.lineIds)
    const times: { at: number; sent: Sent }[] = []
    let lastDone = 0
    const clients = await inBatches(
      Array.from({ length: options.clients }, (_, number) => number),
      8,
      (number) =>
        openClient({
          number,
          ground: business,
          random: random.fork(`client ${number}`),
          folder: join(folder, 'operations'),
          addresses,
          fault,
          answered: (sent, at) => {
            times.push({ at, sent })
            if (sent.outcome === 'ok') lastDone = Math.max(lastDone, at)
          },
        }),
    )
    say(`${clients.length} clients at work, seed ${options.seed}`)
    const { struck, moments } = await rage(
      options,
      { ...ground, folder, volume },
      clients,
      random.fork('faults'),
      () => lastDone,
      say,
    )
    proxy?.release()
    await allReady(applications, addresses)
    const records = clients.flatMap(({ log }) => log.records)
    const unknown = records.filter(({ outcome }) => outcome === 'unknown')
    const inEffect = await superuser(ground.superuserUrl, (client) => effectsOf(client, unknown))
    say(`${records.length} operations, ${unknown.length} without a certain answer (${inEffect.size} of them in effect)`)
    await settle(clients, unknown)
    for (const record of unknown)
      if (inEffect.has(record.key) && record.outcome !== 'ok')
        faults.push({
          rule: 'unknown',
          what: `${record.id} ${record.operation} was in effect, then answered ${record.status} ${record.code}`,
        })
    faults.push(
      ...(await superuser(ground.superuserUrl, (client) =>
        check({ client, records, ground: business, filesDirectory: join(ground.dataDirectory, 'files') }),
      )),
    )
    const starts = Object.fromEntries(
      [...applications, ...(ground.database ? [ground.database] : [])].map((one) => [one.name, one.starts()]),
    )
    await Promise.all(applications.map((one) => one.stop()))
    faults.push(...(await verified(ground.environment)))
    const recovery = recoveryOf(moments, times)
    const away = times.filter(({ sent }) => sent.status === 503).map(({ sent }) => sent.ms)
    const count = (outcome: OperationRecord['outcome']) => records.filter((one) => one.outcome === outcome).length
    return {
      passed: faults.length === 0,
      seed: options.seed,
      faults,
      struck,
      operations: {
        all: records.length,
        ok: count('ok'),
        failed: count('fail'),
        unknown: unknown.length,
        unknownInEffect: inEffect.size,
        requests: times.length,
      },
      recoveryMs: { longest: recovery.at(-1) ?? 0, median: recovery[Math.floor(recovery.length / 2)] ?? 0 },
      awayMs: { count: away.length, longest: Math.max(0, ...away) },
      starts,
      folder,
    }
  } finally {
    // The database was started first and is needed last.
    for (const one of processes.toReversed()) await one.stop()
    await proxy?.close()
    await volume?.close()
    if (faults.length === 0 && !options.keep) await rm(folder, { recursive: true, force: true })
  }
}

/** Database, proxy and applications, and the ground they stand on. */
async function lay(
  options: LabOptions,
  folder: string,
  say: (line: string) => void,
  started: (one: Supervised) => void,
): Promise<Running & { lineIds: Map<string, string[]> }> {
  const dataDirectory = join(folder, 'data')
  await mkdir(dataDirectory, { recursive: true })
  const shared = {
    YUNBAO_DATA_DIR: dataDirectory,
    YUNBAO_MODE: 'demo',
    YUNBAO_PUBLIC_REQUESTS_PER_MINUTE: '1000000',
    // In turn with room kept free and without: by seed.
    ...(options.volumeMib === null ? {} : { YUNBAO_DISK_RESERVE_MB: options.seed % 2 === 0 ? '96' : '0' }),
  }
  const startApplications = async (environment: Record<string, string>, count: number) => {
    const ports = await Promise.all(Array.from({ length: count }, freePort))
    const applications = ports.map((port, number) =>
      supervise(`app-${number + 1}`, 'application-host.ts', {
        folder,
        env: { ...environment, PORT: String(port), YUNBAO_LAB_CLOCK: clockFile(folder, number) },
      }),
    )
    applications.forEach(started)
    const addresses = ports.map((port) => `http://127.0.0.1:${port}`)
    await allReady(applications, addresses)
    return { applications, addresses }
  }
  if (options.topology === 'embedded') {
    const lineIds = await makeGround(shared, say)
    const running = await startApplications(shared, 1)
    const directory = join(dataDirectory, 'database')
    const secrets = await readSecrets(directory)
    const superuserUrl = `postgresql://${superuserRole}:${secrets?.superuserPassword}@127.0.0.1:${secrets?.port}/${databaseName}`
    return { ...running, lineIds, dataDirectory, superuserUrl, database: null, proxy: null, environment: shared }
  }
  const directory = join(folder, 'data', 'database')
  const database = supervise('database', 'cluster-host.ts', { folder, args: [directory] })
  started(database)
  const urls = JSON.parse(await database.ready(60_000)) as Record<
    'ownerUrl' | 'appUrl' | 'readerUrl' | 'superuserUrl',
    string
  > & { port: number }
  const proxy = await openProxy(() => urls.port)
  const through = (url: string) => Object.assign(new URL(url), { port: String(proxy.port) }).href
  const connected = (route: (url: string) => string) => ({
    ...shared,
    DATABASE_URL: route(urls.ownerUrl),
    DATABASE_APP_URL: route(urls.appUrl),
    DATABASE_READER_URL: route(urls.readerUrl),
  })
  const environment = connected((url) => url)
  const lineIds = await makeGround(environment, say)
  const running = await startApplications(connected(through), 2)
  return { ...running, lineIds, dataDirectory, superuserUrl: urls.superuserUrl, database, proxy, environment }
}

const clockFile = (folder: string, application: number) => join(folder, `clock-${application + 1}`)

/** Clients work while faults strike, until the time is over and every fault has struck. */
async function rage(
  options: LabOptions,
  running: Running & { folder: string; volume: Volume | null },
  clients: readonly Client[],
  random: Random,
  lastDone: () => number,
  say: (line: string) => void,
): Promise<{ struck: Record<FaultKind, number>; moments: number[] }> {
  const planned = planFaults(options, random)
  const struck = {} as Record<FaultKind, number>
  const moments: number[] = []
  const beganAt = Date.now()
  let over = false
  const working = Promise.all(clients.map((client) => client.work(() => over)))
  const place = {
    applications: running.applications,
    proxy: running.proxy,
    postmaster: () => postmasterOf(join(running.dataDirectory, 'database', 'pg')),
    superuser: <T>(work: (client: pg.Client) => Promise<T>) => superuser(running.superuserUrl, work),
    random,
    setClock: (application: number, offsetMs: number) =>
      writeFileSync(clockFile(running.folder, application), String(offsetMs)),
    volume: running.volume,
  }
  const workSince = async (moment: number) => {
    for (const until = Date.now() + 60_000; lastDone() <= moment && Date.now() < until;) await pause(50)
    await pause(random.below(1000))
  }
  try {
    for (const { kind, atMs } of planned) {
      await pause(Math.max(0, beganAt + atMs - Date.now()))
      // Mostly a fault hits people at work; some hit what is still coming back from the last.
      if (random.next() < 0.75) await workSince(moments.at(-1) ?? beganAt)
      const hit = await strike(kind, place)
      if (hit === null) continue
      struck[kind] = (struck[kind] ?? 0) + 1
      moments.push(Date.now())
      say(`${((Date.now() - beganAt) / 1000).toFixed(1)} s  ${kind}: ${hit}`)
    }
    await pause(Math.max(0, beganAt + options.seconds * 1000 - Date.now()))
  } finally {
    over = true
    running.proxy?.release()
    await working
  }
  return { struck, moments }
}

async function settle(clients: readonly Client[], unknown: readonly OperationRecord[]): Promise<void> {
  await inBatches(unknown, 8, (record) => {
    const client = clients.find(({ log }) => log.records.includes(record)) as Client
    return client.settle(record)
  })
}

/** From each fault's end to the end of the first act begun after it that was done, milliseconds, ascending. */
function recoveryOf(moments: readonly number[], times: readonly { at: number; sent: Sent }[]): number[] {
  const done = times.filter(({ sent }) => sent.outcome === 'ok').toSorted((a, b) => a.at - b.at)
  return moments
    .flatMap((moment) => {
      const ends = done
        .filter(({ at }) => at >= moment)
        .slice(0, 200)
        .map(({ at, sent }) => at + sent.ms - moment)
      return ends.length === 0 ? [] : [Math.min(...ends)]
    })
    .toSorted((a, b) => a - b)
}

async function allReady(applications: readonly Supervised[], addresses: readonly string[]): Promise<void> {
  await Promise.all(applications.map((one) => one.ready(120_000)))
  for (const address of addresses)
    for (const until = Date.now() + 60_000; ; await pause(100)) {
      const ready = await fetch(`${address}/health/ready`).then(
        (answer) => answer.ok,
        () => false,
      )
      if (ready) break
      if (Date.now() > until) throw new Error(`${address} did not get ready by itself`)
    }
}

async function superuser<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000, application_name: 'crash lab' })
  client.on('error', () => {}) // the query under way reports it
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

/** The product's own verification, as an operator would run it. */
async function verified(environment: Record<string, string>): Promise<Fault[]> {
  const cli = join(import.meta.dirname, '..', '..', 'src', 'apps', 'cli.ts')
  const said = await new Promise<string>((resolve) =>
    execFile(
      process.execPath,
      [cli, 'verify', '--json'],
      { env: { ...process.env, ...environment }, maxBuffer: 64 * 1024 * 1024 },
      (_, output, errors) => resolve(output || errors),
    ),
  )
  try {
    const { checks } = JSON.parse(said) as { checks: { name: string; faults: string[] }[] }
    return checks.flatMap(({ name, faults }) => faults.map((what) => ({ rule: `verify ${name}`, what })))
  } catch {
    return [{ rule: 'verify', what: said.slice(0, 500) }]
  }
}

async function inBatches<T, R>(all: readonly T[], size: number, work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (let from = 0; from < all.length; from += size)
    results.push(...(await Promise.all(all.slice(from, from + size).map(work))))
  return results
}
