import { parseArgs } from 'node:util'

export type LabOptions = {
  /** How long clients work and faults strike, at least; what follows (settling, checking) comes on top. */
  seconds: number
  seed: number
  clients: number
  killsOfApp: number
  killsOfDatabase: number
  /** Faults of every other kind: frozen processes, ended sessions, a slow, silent or cut wire. */
  otherFaults: number
  /** `apart`: two applications and a proxy before the database; `embedded`: one application that runs its own database. */
  topology: 'apart' | 'embedded'
  /** MiB of a volume of its own that data and database lie on, so that it can be filled; null for none. */
  volumeMib: number | null
  /** Keeps logs and data afterwards; they are kept in any case when a check fails. */
  keep: boolean
}

const usage = `npm run crash-lab -- [--seconds 60] [--seed 1] [--clients 32] [--kills-app 5] [--kills-database 5]
    [--other-faults 8] [--topology apart|embedded] [--volume 600] [--keep]`

/** @throws Error with the usage when an option cannot be understood */
export function readOptions(given: readonly string[]): LabOptions {
  const { values } = parseArgs({
    args: [...given],
    options: {
      seconds: { type: 'string', default: '60' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      clients: { type: 'string', default: '32' },
      'kills-app': { type: 'string', default: '5' },
      'kills-database': { type: 'string', default: '5' },
      'other-faults': { type: 'string', default: '8' },
      topology: { type: 'string', default: 'apart' },
      volume: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  })
  const whole = (
    name: 'seconds' | 'seed' | 'volume' | 'clients' | 'kills-app' | 'kills-database' | 'other-faults',
    least = 0,
  ) => {
    const value = Number(values[name])
    if (!Number.isInteger(value) || value < least)
      throw new Error(`--${name} is a whole number of at least ${least}\n${usage}`)
    return value
  }
  const { topology } = values
  if (topology !== 'apart' && topology !== 'embedded') throw new Error(usage)
  return {
    seconds: whole('seconds', 1),
    seed: whole('seed'),
    clients: whole('clients', 2),
    killsOfApp: whole('kills-app'),
    killsOfDatabase: whole('kills-database'),
    otherFaults: whole('other-faults'),
    topology,
    volumeMib: values.volume === undefined ? null : whole('volume', 300),
    keep: values.keep,
  }
}
