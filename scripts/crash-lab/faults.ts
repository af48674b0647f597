import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import type { LabOptions } from './options.ts'
import type { Proxy } from './proxy.ts'
import type { Random } from './random.ts'
import type { Supervised } from './supervisor.ts'
import type { Volume } from './volume.ts'

export const faultKinds = [
  'kill-app',
  'kill-database',
  'freeze-app',
  'freeze-database',
  'end-sessions',
  'slow-wire',
  'silent-wire',
  'cut-wire',
  'clock-jump',
  'full-disk',
] as const
export type FaultKind = (typeof faultKinds)[number]

/** When what strikes, milliseconds from the beginning. */
export type PlannedFault = { atMs: number; kind: FaultKind }

/** Which faults strike when: follows from the seed alone. */
export function planFaults(options: LabOptions, random: Random): PlannedFault[] {
  const others = faultKinds.filter(
    (kind) =>
      !kind.startsWith('kill') &&
      (options.topology === 'apart' || !kind.endsWith('-wire')) &&
      (kind !== 'full-disk' || options.volumeMib !== null),
  )
  const kinds: FaultKind[] = [
    ...Array.from({ length: options.killsOfApp }, () => 'kill-app' as const),
    ...Array.from({ length: options.killsOfDatabase }, () => 'kill-database' as const),
    // In turn, so that a short run has some of each.
    ...Array.from({ length: options.otherFaults }, (_, turn) => others[turn % others.length] as FaultKind),
  ]
  const span = options.seconds * 1000
  return kinds
    .map((kind) => ({ kind, order: random.next() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ kind }, place) => ({ kind, atMs: Math.round((span * (place + 0.3 + random.next() * 0.6)) / kinds.length) }))
}

export type Place = {
  applications: readonly Supervised[]
  proxy: Proxy | null
  /** Of the postmaster; null while there is none. */
  postmaster: () => number | null
  superuser: <T>(work: (client: pg.Client) => Promise<T>) => Promise<T>
  random: Random
  /** Sets the clock of an application wrong, milliseconds. */
  setClock: (application: number, offsetMs: number) => void
  /** A volume of its own that the data lie on; null where they lie where everything lies. */
  volume: Volume | null
}

/** Makes a fault happen and, where it lasts, ends it. @returns what was hit, in words; null when nothing was there */
export async function strike(kind: FaultKind, place: Place): Promise<string | null> {
  const { random, proxy } = place
  switch (kind) {
    case 'kill-app': {
      const victim = await until(
        () => random.pick(place.applications),
        (one) => one.isReady(),
      )
      return victim && signal(victim.pid(), 'SIGKILL', victim.name)
    }
    case 'kill-database': {
      const pid = await until(place.postmaster, (one) => one !== null)
      return signal(pid, 'SIGKILL', 'postmaster')
    }
    case 'freeze-app': {
      const { name, pid } = random.pick(place.applications)
      return frozen([pid()], name)
    }
    case 'freeze-database': {
      const postmaster = place.postmaster()
      return postmaster === null ? null : frozen([postmaster, ...childrenOf(postmaster)], 'database')
    }
    case 'end-sessions':
      return place
        .superuser(async (client) => {
          const { rows } = await client.query<{ n: number }>(
            `select count(pg_terminate_backend(pid))::int as n from pg_stat_activity where usename = 'yunbao_app'`,
          )
          return `${rows[0]?.n ?? 0} sessions`
        })
        .catch(() => null)
    case 'slow-wire':
      proxy?.delay(20 + random.below(180))
      await pause(2000)
      proxy?.release()
      return 'up to 200 ms for 2 s'
    case 'silent-wire':
      proxy?.stall()
      await pause(5000)
      proxy?.release()
      return 'for 5 s'
    case 'cut-wire':
      proxy?.refuse()
      await pause(1500)
      proxy?.release()
      return 'for 1.5 s'
    case 'clock-jump': {
      // One process alone: what others rely on must not rest on its clock.
      const application = random.below(place.applications.length)
      const hours = random.pick([-1, 1, 2])
      place.setClock(application, hours * 3_600_000)
      await pause(4000)
      place.setClock(application, 0)
      return `${place.applications[application]?.name} ${hours > 0 ? '+' : ''}${hours} h for 4 s`
    }
    case 'full-disk': {
      if (place.volume === null) return null
      await place.volume.fill()
      await pause(6000)
      await place.volume.free()
      return 'no byte left for 6 s'
    }
  }
}

/** A kill must hit something alive: it waits for a victim that has come back from the last one. */
async function until<T>(choose: () => T, fits: (one: T) => boolean): Promise<T | null> {
  for (const end = Date.now() + 60_000; Date.now() < end; await pause(50)) {
    const one = choose()
    if (fits(one)) return one
  }
  return null
}

function signal(pid: number | null, name: NodeJS.Signals, victim: string): string | null {
  try {
    if (pid === null || !process.kill(pid, name)) return null
    return victim
  } catch {
    return null // it ended by itself in this very moment
  }
}

async function frozen(pids: readonly (number | null)[], victim: string): Promise<string | null> {
  const hit = pids.filter((pid) => signal(pid, 'SIGSTOP', victim) !== null)
  await pause(5000)
  for (const pid of hit) signal(pid, 'SIGCONT', victim)
  return hit.length > 0 ? `${victim} for 5 s` : null
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent)
}

function parentOf(pid: number): number | null {
  try {
    // The name in parentheses may hold anything, spaces too.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1])
  } catch {
    return null
  }
}

/** The number in `postmaster.pid` where it is that of a live server of this directory. */
export function postmasterOf(dataDirectory: string): number | null {
  try {
    const pid = Number(readFileSync(join(dataDirectory, 'postmaster.pid'), 'utf8').split('\n')[0])
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dataDirectory) ? pid : null
  } catch {
    return null
  }
}
