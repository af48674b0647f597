import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCluster } from '#kernel/server/cluster.ts'
import { openDatabase } from '#kernel/server/database.ts'
import { migrate } from '#kernel/server/migrate.ts'
import { migrationOrder } from '#kernel/testing/global-database.ts'
import { caseMeasures } from './bench/cases.ts'
import { ledgerMeasures } from './bench/ledger.ts'
import { ruleMeasures } from './bench/rules.ts'
import type { Measure } from './bench/measure.ts'

/**
 * `npm run bench`: every measure pairs ours with the bare work in the same run, alternating. `-- --quick` runs under a
 * minute; `-- --json` prints one line of JSON a measure. Nothing is asserted: `met` says whether the target held.
 */
const quick = process.argv.includes('--quick')
const json = process.argv.includes('--json')
const scale = quick ? 0.1 : 1
const directory = await mkdtemp(join(tmpdir(), 'yunbao-bench-'))
const cluster = await openCluster({ directory, log: () => {} })
const db = openDatabase(cluster.appUrl, { max: 12, statementTimeoutMs: 0 })
try {
  await migrate(cluster.ownerUrl, await migrationOrder(), () => {})
  for (const measures of [ruleMeasures, ledgerMeasures, caseMeasures])
    for await (const measure of measures({ db, scale })) print(measure)
} finally {
  await db.close()
  await cluster.stop()
  await rm(directory, { recursive: true, force: true })
}

function print({ name, value, unit, rawValue, target, lowerIsBetter }: Measure): void {
  const ratio = rawValue === null ? null : Math.round((value / rawValue) * 100) / 100
  const met = target === null ? null : lowerIsBetter ? value <= target : value >= target
  if (json) return console.log(JSON.stringify({ name, value, unit, rawValue, ratio, target, met }))
  const figure = (n: number) => n.toLocaleString('en-US', { maximumFractionDigits: n < 10 ? 2 : 0 })
  console.log(
    `${name.padEnd(52)} ${figure(value).padStart(10)} ${unit.padEnd(12)}${rawValue === null ? '' : ` raw ${figure(rawValue)}, ratio ${ratio}`}${target === null ? '' : `  target ${figure(target)} ${met ? 'met' : 'MISSED'}`}`,
  )
}
